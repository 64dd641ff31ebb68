"""What is recorded about what is protected of a person."""

from haven.casework.events.kinds import declare

ADDRESS_RECORDED = declare(
    "people.address_recorded", "{actor} recorded an address of the adult", erasure="Ids and codes only."
)
NUMBER_RECORDED = declare(
    "people.number_recorded", "{actor} recorded a way to reach the adult", erasure="Ids and codes only."
)
HOME_ENTRY_RECORDED = declare(
    "people.home_entry_recorded", "{actor} recorded how to get in", erasure="Ids and codes only."
)
PROTECTED = declare("people.protected", "{actor} protected something of the adult’s", erasure="Ids and codes only.")
REVEALED = declare("people.revealed", "{actor} was shown something protected: {reason}", erasure="Ids and codes only.")
PROTECTION_ENDED = declare(
    "people.protection_ended",
    "{actor} ended the protection of something of the adult’s, with reasons",
    erasure="The reasons go with the value; that it happened stays.",
)
FORMER_NAMES_SHOWN = declare(
    "people.former_names_shown", "{actor} was shown former names: {reason}", erasure="Ids and codes only."
)
