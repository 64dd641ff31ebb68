"""Deciding an alert."""

from datetime import datetime

from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.watch import events
from haven.casework.watch.kinds import alert_kind
from haven.casework.watch.models import Alert


class AlertAlreadyDecided(Refusal):
    """An alert is decided once; the first reasons stay."""


class DecisionRequired(Refusal):
    """An alert is decided with one of its outcomes and with reasons."""


@operation(may="watch.decide_alert")
def decide_alert(alert: Alert, *, outcome: str, reasons: str, by: Actor, at: datetime) -> Alert:
    """Decide what an alert was, with reasons; never one about oneself (TR-04)."""
    if alert.decided_at is not None:
        raise AlertAlreadyDecided("Somebody has already decided this one. Their reasons stand on its page.")
    if outcome not in alert_kind(alert.kind).outcomes or not reasons.strip():
        raise DecisionRequired("Choose what it was and write your reasons.")
    alert.decided_at, alert.decided_by_id, alert.outcome, alert.reasons = at, by.user_id, outcome, reasons.strip()
    alert.save(update_fields=["decided_at", "decided_by", "outcome", "reasons"])
    codes = {"kind": alert.kind, "outcome": outcome}
    record(events.DECIDED, subject=alert, by=by, at=at, codes=codes, digest=alert.seal(alert.reasons))
    return alert
