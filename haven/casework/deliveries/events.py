"""What is recorded about what leaves, and what two people let leave."""

from haven.casework.events.kinds import declare

RELEASE_ASKED = declare(
    "deliveries.release_asked",
    "{actor} asked for something protected to be released",
    erasure="The words and reasons go with the release; that it was asked stays.",
)
RELEASE_OPENED = declare(
    "deliveries.release_opened", "{actor} read what waits to be released", erasure="Ids and codes only."
)
RELEASED = declare(
    "deliveries.released",
    "{actor} released something protected, with reasons, as person {place} of two",
    erasure="The words and reasons go with the release; that it was released stays.",
)
RELEASE_DECLINED = declare(
    "deliveries.release_declined",
    "{actor} declined to release something protected, with reasons",
    erasure="The words and reasons go with the release; that it was declined stays.",
)
RETRIED = declare("deliveries.retried", "{actor} had a message tried again", erasure="Codes only.")
READDRESSED = declare("deliveries.readdressed", "{actor} had a message sent to another address", erasure="Codes only.")
SETTLED = declare("deliveries.settled", "{actor} settled a message that was not sent: {reason}", erasure="Codes only.")
