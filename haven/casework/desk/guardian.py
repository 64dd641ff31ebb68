"""The guardian's queue in words: what was seen, of whom, about which record (TR-04)."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from haven.casework.access.models import User
from haven.casework.access.reading import show, show_ids
from haven.casework.desk.following import following, references_of
from haven.casework.operations.actor import Actor
from haven.casework.watch.kinds import ALERT_KINDS, AlertKind, alert_kind
from haven.casework.watch.models import Alert
from haven.casework.watch.rules import WHAT
from haven.casework.watch.sealed import REPORT_MET
from haven.design.moments import moment_in_words
from haven.lib.calendar import day_of
from haven.lib.period import Period
from haven.lib.text import cited

SHOWN = 200
"""Alerts on one page, the oldest first; the count above says how many there are."""


@dataclass(frozen=True)
class Told:
    """One alert as its page and the queue say it."""

    alert: Alert
    kind: AlertKind
    sentence: str
    reference: str
    overdue: bool

    @property
    def outcome(self) -> str:
        """What it was decided to be, in words."""
        return str(self.kind.outcomes.get(self.alert.outcome, self.alert.outcome))

    @property
    def address(self) -> str:
        """The page on which it is answered: a report that met a kept case is taken over on a page of its own."""
        waits = self.alert.kind == REPORT_MET.code and self.alert.decided_at is None and self.alert.contact_id
        return reverse("take-over" if waits else "decide-alert", args=[self.alert.pk])

    @property
    def source(self) -> str:
        """Where the kind comes from, as a reader is shown it."""
        return cited(self.kind.source)


@dataclass
class Queue:
    """Everything that waits for one reader: how much, since when, how much of it too long, of which kinds."""

    told: list[Told] = field(default_factory=list)
    count: int = 0
    overdue: int = 0
    oldest: datetime | None = None
    kinds: list[tuple[str, str, int]] = field(default_factory=list)
    kind: str = ""


def queue_of(actor: Actor, at: datetime, kind: str = "") -> Queue:
    """What waits for this reader, oldest first; of one kind only where asked for. Four statements."""
    waiting = Alert.objects.visible_to(actor).waiting()
    facts = list(waiting.values_list("kind", "raised_at", "due_at"))
    counts = Counter(code for code, _raised, _due in facts)
    wanted = waiting.filter(kind=kind) if kind in counts else waiting
    alerts = list(wanted.select_related("reader", "also_for").order_by("raised_at")[:SHOWN])
    return Queue(
        told=told_of(alerts, actor, at),
        count=len(facts),
        overdue=sum(1 for _code, _raised, due in facts if due < at),
        oldest=min((raised for _code, raised, _due in facts), default=None),
        kinds=[(code, str(alert_kind(code).title), n) for code, n in counts.most_common()],
        kind=kind if kind in counts else "",
    )


def told_of(alerts: list[Alert], actor: Actor, at: datetime) -> list[Told]:
    """Alerts in words, with the references of what they are about."""
    with following(actor):
        found = references_of(actor, [each.case_id for each in alerts], [each.contact_id for each in alerts])
    references: dict[Any, str] = {**found["case"], **found["contact"]}
    accounts = accounts_in(alerts)
    return [_told(alert, references.get(alert.case_id or alert.contact_id, ""), accounts, at) for alert in alerts]


def accounts_in(alerts: list[Alert]) -> dict[str, str]:
    """The names of the accounts that these alerts say were let in; no statement where none does."""
    ids = {alert.codes["account"] for alert in alerts if "account" in alert.codes}
    return {str(pk): name for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "name")} if ids else {}


def _told(alert: Alert, reference: str, accounts: dict[str, str], at: datetime) -> Told:
    kind = alert_kind(alert.kind)
    reader = alert.reader.name if alert.reader else _("Somebody")
    account = accounts.get(alert.codes.get("account", ""), _("somebody"))
    names = {"reader": reader, "reference": reference or _("a record"), "account": account}
    said = in_words(kind.sentence, alert.codes, **names)
    return Told(alert, kind, said, reference, alert.decided_at is None and alert.due_at < at)


def in_words(sentence: Any, codes: dict[str, Any], **names: str) -> str:
    """A sentence filled with an alert's codes, each in words where it has some."""
    said = {name: _said(value) for name, value in codes.items()}
    return str(sentence).format_map(_Known(said | names))


def _said(value: Any) -> Any:
    """A code in words; one that has none is at least readable."""
    return str(WHAT.get(value, value.replace("_", " "))) if isinstance(value, str) else value


def show_told(request: HttpRequest, told: list[Told]) -> None:
    """Say that this answer shows these alerts and names the cases and reports they are about."""
    show(request, *(each.alert for each in told))
    for kind in ("case", "contact"):
        ids: list[UUID] = [pk for each in told if (pk := getattr(each.alert, f"{kind}_id")) and each.reference]
        show_ids(request, kind, ids)


def silence(since: datetime | None) -> str:
    """What the pages say while the watch stands still since a moment; nothing while it looks (TR-18)."""
    if since is None:
        return ""
    if since.year == 1:
        return _("The watch over who looks at what has not started. No look raises an alert until it does.")
    when = moment_in_words(since)
    return _("The watch over who looks at what has stood still since %(when)s. No look raises an alert until it "
             "runs again; then every look since is gone through.") % {"when": when}  # fmt: skip


@dataclass
class Decided:
    """What was decided in one month."""

    month: date
    told: list[Told]
    earlier: str
    later: str
    kinds: list[tuple[str, str]]
    kind: str


def decided_in(actor: Actor, at: datetime, month: str, kind: str) -> Decided:
    """The alerts decided in the month (“2026-11”; this one, where nonsense is asked), newest first."""
    first = _month_of(month) or day_of(at).replace(day=1)
    nearby = (_shift(first, -1), _shift(first, 1))
    period = Period(first, date.fromordinal(nearby[1].toordinal() - 1))
    found = Alert.objects.visible_to(actor).filter(**period.within("decided_at"))
    kinds = sorted((code, str(alert_kind(code).title)) for code in set(found.values_list("kind", flat=True)))
    wanted = found.filter(kind=kind) if kind in ALERT_KINDS else found
    alerts = list(wanted.select_related("reader", "also_for", "decided_by").order_by("-decided_at"))
    earlier, later = (f"{each:%Y-%m}" for each in nearby)
    return Decided(first, told_of(alerts, actor, at), earlier, later if nearby[1] <= day_of(at) else "", kinds, kind)


def _month_of(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def _shift(first: date, months: int) -> date:
    """The first day of a month so many later."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


class _Known(dict[str, Any]):
    """A code that an older alert does not carry is left out of its sentence."""

    def __missing__(self, name: str) -> str:
        return ""
