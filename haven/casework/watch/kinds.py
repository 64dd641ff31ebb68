"""The kinds of alert: each says what was seen, why it is looked at, and what may be decided of it."""

from dataclasses import dataclass, field
from typing import Any

LOOKS = {
    "explained": "Explained: the look was part of their work",
    "advice": "Not needed for their work: advice or training given",
    "investigate": "Passed on for investigation",
}
"""What may be decided of a look at a record: local; UK GDPR Article 33 begins with the last."""

ALERT_KINDS: dict[str, "AlertKind"] = {}


@dataclass(frozen=True)
class AlertKind:
    """One kind of thing the guardian is alerted to.

    `sentence` says it with `{reader}`, `{reference}` and the alert's codes filled in; `source` is the requirement, law
    or guidance it comes from; `outcomes` are what may be decided, code to words.
    """

    code: str
    title: Any
    sentence: Any
    source: str
    outcomes: dict[str, Any] = field(default_factory=lambda: dict(LOOKS))


def declare_alert(code: str, title: Any, sentence: Any, *, source: str, outcomes: Any = None) -> AlertKind:
    """Register a kind of alert; refuses a code declared twice."""
    if code in ALERT_KINDS:
        raise ValueError(f"alert kind {code} is declared twice")
    ALERT_KINDS[code] = AlertKind(code, title, sentence, source, dict(outcomes or LOOKS))
    return ALERT_KINDS[code]


def alert_kind(code: str) -> AlertKind:
    """The kind with this code; an older release's still has words."""
    return ALERT_KINDS.get(code) or AlertKind(code, code.replace("_", " ").capitalize(), "{reader}: " + code, "")
