"""The kinds of event: each says its sentence and what erasing the record leaves of it."""

from dataclasses import dataclass

EVENT_TYPES: dict[str, "EventType"] = {}


@dataclass(frozen=True)
class EventType:
    """One kind of thing that can happen.

    `sentence` is shown in timelines with `{actor}` and the event's codes filled in; `erasure` says what is left when
    the record it speaks of is erased (UK GDPR Article 17: the event stays, the words it sealed cannot be proved).
    """

    code: str
    sentence: str
    erasure: str


def declare(code: str, sentence: str, *, erasure: str) -> EventType:
    """Register a kind of event; refuses a code declared twice or an empty sentence or erasure."""
    if code in EVENT_TYPES:
        raise ValueError(f"event type {code} is declared twice")
    if not sentence or not erasure:
        raise ValueError(f"event type {code} must say its sentence and its erasure")
    EVENT_TYPES[code] = EventType(code, sentence, erasure)
    return EVENT_TYPES[code]


def event_type(code: str) -> EventType:
    """The kind with this code; an unknown one (an older release's) still has a sentence."""
    return EVENT_TYPES.get(code) or EventType(code, "{actor} recorded " + code, "Codes only.")
