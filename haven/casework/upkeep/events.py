"""What is recorded of packs. Counting and looking after jobs change nothing that belongs to anybody."""

from haven.casework.events.kinds import declare

PACK_MADE = declare("upkeep.pack_made", "{actor} made a continuity pack of {cases} cases", erasure="Codes only.")
PACK_FETCHED = declare(
    "upkeep.pack_fetched", "{actor} fetched a continuity pack of {cases} cases", erasure="Codes only."
)
WORDS_SHOWN = declare(
    "upkeep.pack_words_shown", "{actor} was shown the words that open a continuity pack", erasure="Codes only."
)
