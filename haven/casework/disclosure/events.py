"""What is recorded of what is given to people outside."""

from haven.casework.events.kinds import declare

WRITING_STARTED = declare(
    "disclosure.writing_started", "{actor} began a {kind} for several people", erasure="Codes only."
)
WRITING_CHANGED = declare(
    "disclosure.writing_changed",
    "{actor} changed what several people are to get: {what}",
    erasure="The words and their salt go; that it was changed stays.",
)
RENDITIONS_MADE = declare(
    "disclosure.renditions_made",
    "{actor} made a letter of its own for each of {count}",
    erasure="Ids, fingerprints and codes only.",
)
SENT = declare(
    "disclosure.sent",
    "{actor} gave {to_kind} a letter of their own",
    erasure="Ids, fingerprints and codes only; the letter goes with its case.",
)
COPIED = declare(
    "disclosure.copied",
    "{actor} took a PDF of the case for the main record",
    erasure="The fingerprint only, which says nothing without the bytes.",
)
COPY_STARTED = declare("disclosure.copy_started", "{actor} began a redacted copy of a document", erasure="Codes only.")
MARKED = declare("disclosure.marked", "{actor} marked something to be taken out: {reason}", erasure="Codes only.")
UNMARKED = declare("disclosure.unmarked", "{actor} took a mark away", erasure="Codes only.")
COPY_ASKED = declare("disclosure.copy_asked", "{actor} had a redacted copy made", erasure="Codes only.")
COPY_MADE = declare(
    "disclosure.copy_made",
    "{actor} made and checked a redacted copy: {state}",
    erasure="The fingerprint and the kinds of what the check found; the bytes go with the case.",
)
COPY_OPENED = declare("disclosure.copy_opened", "{actor} opened a redacted copy", erasure="Codes only.")
PACK_STARTED = declare(
    "disclosure.pack_started", "{actor} began a pack of what is held: {purpose}",
    erasure="The recipient and the reasons go; that a pack was begun stays.",
)  # fmt: skip
ITEM_ANSWERED = declare(
    "disclosure.item_answered", "{actor} answered for one item of a pack: {answer}", erasure="Codes only."
)
PACK_MADE = declare("disclosure.pack_made", "{actor} made a pack", erasure="The fingerprint only.")
PACK_GIVEN = declare(
    "disclosure.pack_given", "{actor} gave a pack to its recipient", erasure="Ids and fingerprints only."
)
