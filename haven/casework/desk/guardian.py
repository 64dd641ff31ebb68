"""The guardian's queue in words: what was seen, of whom, about which record (TR-04)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.watch.kinds import AlertKind, alert_kind
from haven.casework.watch.models import Alert


@dataclass(frozen=True)
class Told:
    """One alert as its page and the queue say it."""

    alert: Alert
    kind: AlertKind
    sentence: str
    reference: str
    overdue: bool


def queue_of(actor: Actor, at: datetime) -> list[Told]:
    """What waits for this reader, oldest first; three statements."""
    waiting = Alert.objects.visible_to(actor).waiting().select_related("reader", "also_for").order_by("raised_at")
    return told_of(list(waiting[:200]), at)


def told_of(alerts: list[Alert], at: datetime) -> list[Told]:
    """Alerts in words, with the references of what they are about."""
    cases: dict[Any, str] = dict(
        Case.objects.filter(pk__in=[a.case_id for a in alerts if a.case_id]).values_list("pk", "reference")
    )
    ids = [alert.contact_id for alert in alerts if alert.contact_id]
    contacts = dict(Contact.objects.filter(pk__in=ids).values_list("pk", "reference"))
    references = {**cases, **contacts}
    return [_told(alert, references.get(alert.case_id or alert.contact_id, ""), at) for alert in alerts]


def _told(alert: Alert, reference: str, at: datetime) -> Told:
    kind = alert_kind(alert.kind)
    said: dict[str, Any] = {**alert.codes, "reader": alert.reader.name if alert.reader else "Somebody"}
    sentence = str(kind.sentence).format_map(_Known(said | {"reference": reference or "a record"}))
    return Told(alert, kind, sentence, reference, alert.decided_at is None and alert.due_at < at)


class _Known(dict[str, Any]):
    """A code that an older alert does not carry is left out of its sentence."""

    def __missing__(self, name: str) -> str:
        return ""
