"""What the engine records of an arrival."""

from haven.casework.events.kinds import declare

_CODES = "Codes only."
_WORDS = "The words and their salt go; that it happened, when and by whom stays."

RECEIVED = declare("contacts.received", "A report arrived by {channel}", erasure=_WORDS)
CLAIMED = declare("contacts.claimed", "{actor} took the report to look at", erasure=_CODES)
LOOKED_AT = declare("contacts.looked_at", "{actor} took a first look: {safe_tonight}, {urgency}", erasure=_WORDS)
ACCEPTED = declare("contacts.accepted", "{actor} took the report on as a concern", erasure=_CODES)
MERGED = declare("contacts.merged", "{actor} joined the report to another about the same incident", erasure=_WORDS)
REFUSED = declare("contacts.refused", "{actor} decided the report is not a safeguarding concern", erasure=_WORDS)
ALERTED = declare("contacts.alerted", "{actor} alerted {whom} that something waits", erasure=_CODES)
"""No personal data in the alert (PR-01)."""
NUMBER_GIVEN = declare(
    "contacts.number_given", "{actor} was given the number that opens the messages of the report", erasure=_CODES
)
MESSAGE_CAME = declare("contacts.message_came", "{actor} wrote by their number", erasure=_WORDS)
MESSAGE_ANSWERED = declare("contacts.message_answered", "{actor} wrote to the person who told us", erasure=_WORDS)
MESSAGE_PUT_BY = declare("contacts.message_put_by", "{actor} said why a message needs no answer", erasure=_WORDS)
MESSAGE_LATE = declare(
    "contacts.message_late", "{actor} told the managers that a message has waited too long", erasure=_CODES
)
