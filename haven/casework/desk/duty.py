"""The duty desk: every report and new case that waits for somebody, in the order to take them (PR-01, PR-24, PR-27).

Nothing is hidden by default and nothing is counted that the reader may not see. Order: not looked at, those in danger
first; then Act now; then the rest; each by its due moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from haven.casework.access import wall
from haven.casework.access.roles import DUTY
from haven.casework.cases.models import Case
from haven.casework.clocks.due import due_moment
from haven.casework.clocks.models import Clock
from haven.casework.clocks.policies import LocalRules, rules_of
from haven.casework.contacts.codes import CHANNELS
from haven.casework.contacts.kept import KeptReport
from haven.casework.contacts.models import Contact, ContactPerson
from haven.casework.operations.actor import Actor
from haven.casework.stages.pathway import PATHWAYS, Pathway, Wait
from haven.lib.calendar import day_of, england

ONE_DAY = timedelta(days=1)
A_PAGE = 25
"""Rows on a page."""

IN_DANGER, UNSEEN, ACT_NOW, OTHERS = range(4)


@dataclass
class Row:
    """One line of the duty desk."""

    record: Any
    rank: int
    due_at: datetime | None
    waiting_since: datetime
    urgency: str
    name: str
    age: str
    first_line: str
    where: str
    told_by: str
    what: str
    holder: Any = None
    held_since: datetime | None = None
    signals: list[str] = field(default_factory=list)

    @property
    def allocate_href(self) -> str:
        """Where this case is given to a worker, while it has none."""
        name = PATHWAYS[self.record.pathway].allocate_page
        return reverse(name, args=[self.record.reference]) if name and not self.is_report and not self.holder else ""

    @property
    def is_unseen(self) -> bool:
        """A report at which nobody has looked."""
        return self.rank <= UNSEEN

    @property
    def is_report(self) -> bool:
        """A report that nobody has taken on yet, rather than a case."""
        return isinstance(self.record, Contact)


@dataclass
class Queue:
    """One page of the duty desk; `newer` and `older` are page numbers where there is such a page."""

    rows: list[Row]
    newer: int | None
    older: int | None


def queue(actor: Actor, now: datetime, page: int = 0) -> Queue:
    """What waits at the desk, one page of it; the same few statements whatever waits."""
    first, last = page * A_PAGE, (page + 1) * A_PAGE
    contacts = _contacts(actor)[: last + 1]
    cases = list(_cases(actor)[: last + 1])
    rows = [*_report_rows(list(contacts)), *_case_rows(cases)]
    rows.sort(key=lambda row: (row.rank, row.due_at is None, row.due_at or row.waiting_since, row.record.pk))
    shown = rows[first:last]
    said = _signals(shown, actor)
    for row in shown:
        row.signals = said.get(row.record.pk, [])
    return Queue(shown, page - 1 if page else None, page + 1 if len(rows) > last else None)


def taken_on(actor: Actor, now: datetime) -> list[str]:
    """References of reports that their keeper took from this desk in the last day: that, and nothing else (PR-05)."""
    desks = [pk for pk, role in actor.roles_at if role in DUTY]
    kept = KeptReport.objects.filter(authority_id__in=desks, taken_over=True, lifted_at=None, kept_at__gt=now - ONE_DAY)
    concerned = Q(contact__conflicts__user=actor.id, contact__conflicts__ended_at=None)
    found = kept.exclude(concerned).order_by("-kept_at").values_list("contact__reference", flat=True)
    with wall.lifted("the desk is told that its keeper took a report on, by its reference alone"):
        return list(found[:A_PAGE])


def waits(actor: Actor, now: datetime) -> list[Wait]:
    """The line above the list, from every process that has one; and the messages by a number."""
    return [wait for pathway in PATHWAYS.values() if pathway.waits for wait in pathway.waits(actor, now)]


def _contacts(actor: Actor) -> QuerySet[Contact]:
    """Reports nobody has decided: unseen and in danger, unseen, Act now, others; each oldest first."""
    unseen = Contact.State.RECEIVED
    rank = Choose(
        When(state=unseen, immediate_danger="yes", then=Value(IN_DANGER)),
        When(state=unseen, then=Value(UNSEEN)),
        When(urgency="act_now", then=Value(ACT_NOW)),
        default=Value(OTHERS),
    )
    adults = Prefetch("adults", ContactPerson.objects.select_related("person"))
    waiting = Contact.objects.visible_to(actor).waiting().select_related("referrer", "claimed_by")
    return waiting.annotate(rank=rank).prefetch_related(adults).order_by("rank", "received_at", "pk")


def _cases(actor: Actor) -> QuerySet[Case]:
    """Cases still at the desk, waiting for a worker or a decision: Act now first, then by next due moment."""
    stages = [stage.code for pathway in PATHWAYS.values() for stage in pathway.stages if stage.awaits_duty]
    rank = Choose(When(urgency="act_now", then=Value(ACT_NOW)), default=Value(OTHERS))
    running = Clock.objects.filter(case=OuterRef("pk"), stopped_at=None).order_by("due_at")
    waiting = Case.objects.visible_to(actor).open().in_stage(*stages).filter(awaits_duty=True)
    return (
        waiting.select_related("person", "worker")
        .annotate(rank=rank, due_at=Subquery(running.values("due_at")[:1]))
        .order_by("rank", F("due_at").asc(nulls_last=True), "opened_at", "pk")
    )


def _signals(rows: Iterable[Row], actor: Actor) -> dict[UUID, list[str]]:
    said: dict[UUID, list[str]] = {}
    for code, pathway in PATHWAYS.items():
        own = [row.record for row in rows if row.record.pathway == code]
        if own and pathway.signals is not None:
            said.update(pathway.signals(own, actor))
    return said


def _report_rows(contacts: list[Contact]) -> list[Row]:
    rules = {pk: rules_of(pk) for pk in {contact.authority_id for contact in contacts}}
    return [_report_row(contact, rules[contact.authority_id]) for contact in contacts]


def _report_row(contact: Any, rules: LocalRules) -> Row:
    adults = list(contact.adults.all())
    pathway = PATHWAYS[contact.pathway]
    unseen = contact.state == Contact.State.RECEIVED
    return Row(
        record=contact,
        rank=contact.rank,
        due_at=_due(pathway.first_look if unseen else pathway.decides, contact, rules),
        waiting_since=contact.received_at,
        urgency=contact.urgency,
        name=", ".join(adult.named for adult in adults) or _("Not named"),
        age=", ".join(filter(None, (age_in_words(adult, contact.received_at) for adult in adults))),
        first_line=contact.first_line,
        where=_where(contact, adults, pathway),
        told_by=_told_by(contact),
        what=_("Look first") if unseen else _("Take on or decline"),
        holder=contact.claimed_by,
        held_since=contact.claimed_at,
    )


def _case_rows(cases: list[Any]) -> list[Row]:
    ids = [case.contact_id for case in cases if case.contact_id]
    contacts = Contact.objects.filter(pk__in=ids).select_related("referrer").in_bulk() if ids else {}
    return [_case_row(case, contacts.get(case.contact_id)) for case in cases]


def _case_row(case: Any, contact: Contact | None) -> Row:
    since = contact.received_at if contact else case.opened_at
    age = case.person.age_on(day_of(since))
    return Row(
        record=case,
        rank=case.rank,
        due_at=case.due_at,
        waiting_since=since,
        urgency=case.urgency,
        name=case.person.display_name,
        age="" if age is None else str(age),
        first_line=contact.first_line if contact else "",
        where=_where(contact, [], PATHWAYS[case.pathway]) if contact else "",
        told_by=_told_by(contact) if contact else "",
        what=_("Decide") if case.worker_id else _("Allocate"),
        holder=case.worker,
    )


def _due(timescale: Any, contact: Contact, rules: LocalRules) -> datetime | None:
    if timescale is None:
        return None
    amount = rules.amount(timescale, day_of(contact.received_at))
    return due_moment(timescale, contact.received_at, amount, england(), rules.desk)


def age_in_words(adult: ContactPerson, at: datetime) -> str:
    """Whole years, "about" where it was estimated; nothing where it is not known."""
    born, day = adult.date_of_birth, day_of(at)
    if born:
        return str(day.year - born.year - ((day.month, day.day) < (born.month, born.day)))
    return _("about %(n)s") % {"n": adult.age_estimate} if adult.age_estimate is not None else ""


def _where(contact: Contact, adults: list[ContactPerson], pathway: Pathway) -> str:
    setting = pathway.labels.get("location", {}).get(contact.setting_code, "")
    places = dict.fromkeys(adult.whereabouts or adult.postcode for adult in adults)
    nowhere = [_("no fixed address")] if any(adult.no_fixed_address for adult in adults) else []
    return ", ".join(part for part in (setting, *places, *nowhere) if part)


def _told_by(contact: Contact) -> str:
    return f"{contact.referrer.called()} ({CHANNELS.get(contact.channel, contact.channel).lower()})"
