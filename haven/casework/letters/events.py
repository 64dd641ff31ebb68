"""What is recorded of letters written for several people, and of their approval."""

from haven.casework.events.kinds import declare

ASKED = declare(
    "letters.approval_asked",
    "{actor} asked for a second person's approval: {why}",
    erasure="Codes only; the fingerprint of the bytes says nothing without them.",
)
DECIDED = declare(
    "letters.approval_decided",
    "{actor} answered what was to be approved: {outcome}",
    erasure="The words and their salt go; that it was decided, when and by whom stays.",
)
VOIDED = declare("letters.approval_voided", "{actor} made an approval void: {because}", erasure="Codes only.")
