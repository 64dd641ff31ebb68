"""What the engine records of any case."""

from haven.casework.events.kinds import declare

NOTE_ADDED = declare(
    "cases.note_added",
    "{actor} added a case note: {how}",
    erasure="The words and their salt go; that a note was added stays.",
)
ATTEMPT_ADDED = declare("cases.attempt_added", "{actor} tried to make contact: {how}, no answer", erasure="Codes only.")
NOTE_SUPERSEDED = declare(
    "cases.note_superseded",
    "{actor} corrected a case note",
    erasure="Both texts and their salts go; that it happened stays.",
)
