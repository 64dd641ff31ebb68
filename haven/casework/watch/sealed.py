"""Never deadly: when a report or a search meets a kept case nothing shows, and its keeper is told at once (PR-05).

Every arrival and every search writes one row and one job, whether it meets anything or not; the job's argument is the
row's id. What it compares, and how long that takes, is nothing a page waits for.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import rules
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haven.casework.access import wall
from haven.casework.access.models import CaseRelationship, Membership, User
from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.clocks.policies import rules_of
from haven.casework.clocks.timescales import Counting, Timescale
from haven.casework.contacts.models import Contact, ContactPerson
from haven.casework.contacts.operations import must_wait
from haven.casework.deliveries.models import Delivery
from haven.casework.deliveries.sending import send
from haven.casework.events.kinds import declare
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.people.finding import Asked, find_many
from haven.casework.people.models import Person
from haven.casework.tasks.doing import add_task
from haven.casework.tasks.models import Task
from haven.casework.watch import operations
from haven.casework.watch.keeping import KeeperRequired
from haven.casework.watch.kept_reports import hold
from haven.casework.watch.kinds import declare_alert
from haven.casework.watch.models import Alert
from haven.casework.watch.permissions import is_for_them
from haven.casework.watch.raising import raise_alert
from haven.casework.watch.searched import SearchedFor
from haven.casework.watch.ties import SAME_PERSON, keepers_of
from haven.lib.calendar import day_of

ACT_NOW = Timescale(
    "act_now", "Act now: somebody answers an alert", amount=1, counting=Counting.HOURS,
    source="Local procedure (PR-05)", starts="The keeper and the guardian are alerted",
    stops="One of them takes the report over, or says it is not theirs",
)  # fmt: skip

MANY = 60
"""Candidates looked at for each adult: more than a page shows, since missing one may cost a life."""

ANSWERS = {
    "taken_over": gettext_lazy("Taken over from the desk"),
    "not_them": gettext_lazy("Not about them: the desk goes on with it"),
    "left_to_desk": gettext_lazy("About them, and the desk goes on with it"),
}
REPORT_MET = declare_alert(
    "sealed_report", gettext_lazy("A report may be about a kept case"),
    gettext_lazy("Report {report} may be about somebody of {reference}. The desk is shown nothing of it."),
    source="PR-05", outcomes=ANSWERS,
)  # fmt: skip
SEARCH_MET = declare_alert(
    "sealed_search", gettext_lazy("A search met a kept case"),
    gettext_lazy("{reader} looked for somebody of {reference} and was shown nothing of it: {how}"), source="PR-05",
)  # fmt: skip

TAKEN_OVER = declare("watch.report_taken_over", "{actor} took the report on", erasure="Codes only.")
RING = "ring_guardian"
NOTHING = UUID(int=0)


@rules.predicate
def is_of_a_report(actor: Actor, alert: Alert) -> bool:
    """The alert is about a report that may be about a kept case."""
    return alert.kind == REPORT_MET.code and alert.contact_id is not None


rules.add_perm("watch.take_over_report", is_for_them & is_of_a_report)


def asked_row(*, how: str, at: datetime, by: Actor | None = None, contact_id: UUID | None = None, **words: Any) -> UUID:
    """Keep what was looked for until the job has read it; the id is all that the job is given."""
    row = SearchedFor(how=how, asked_by_id=by.id if by else None, contact_id=contact_id, asked_at=at, **words)
    row.save(force_insert=True)
    return row.pk


def compare_with_kept(row_id: UUID, at: datetime) -> int:
    """Compare one row with the kept cases of its authorities, alert their keepers and guardians, and delete it.

    How many kept cases it met. Safe to run twice: each cause is alerted once.
    """
    row = SearchedFor.objects.select_for_update(skip_locked=True).filter(pk=row_id).first()
    if row is None:
        return 0
    contact = Contact.objects.filter(pk=row.contact_id).first() if row.contact_id else None
    authorities = [contact.authority_id] if contact else authorities_of(row.asked_by_id, at)
    met = kept_among(_asked(row, contact), authorities, nhs_number=row.nhs_number, reference=row.reference)
    met = _not_its_own(met, contact) if contact else [c for c in met if not _is_named(row.asked_by_id, c, at)]
    for case in met:
        _alert(case, row, contact, at)
    row.delete()
    return len(met)


def _not_its_own(cases: list[Case], contact: Contact) -> list[Case]:
    """Without the cases that the report itself became: their keepers have it."""
    became = set(contact.adults.values_list("case_id", flat=True))
    return [case for case in cases if case.pk not in became]


def authorities_of(user_id: UUID | None, at: datetime) -> list[UUID]:
    """The authorities where the account holds a role that day."""
    return list(
        Membership.objects.on(day_of(at)).filter(user=user_id).values_list("authority_id", flat=True).distinct()
    )


def _asked(row: SearchedFor, contact: Contact | None) -> list[Asked]:
    if contact is not None:
        return [asked_of(adult) for adult in contact.adults.all()]
    return [Asked(row.name, row.date_of_birth, row.postcode)]


def asked_of(adult: ContactPerson) -> Asked:
    """What a report gives to look for."""
    born: date | None = adult.date_of_birth
    return Asked(f"{adult.given_name} {adult.family_name}".strip(), born, adult.postcode)


def kept_among(
    asked: Sequence[Asked], authorities: Iterable[UUID], *, nhs_number: str = "", reference: str = ""
) -> list[Case]:
    """The restricted and sealed cases of these authorities about, or naming, anybody who may be meant."""
    people = {match.person.pk for found in find_many(asked, MANY) for match in found if match.score >= SAME_PERSON}
    if nhs_number:
        people |= set(Person.objects.filter(nhs_number=nhs_number).values_list("pk", flat=True))
    meant = Q(person__in=people) | Q(involvements__person__in=people) | Q(reference=reference or "-")
    kept = Case.objects.filter(meant, authority_id__in=list(authorities)).exclude(restriction=Restriction.OPEN)
    return list(kept.distinct())


def _is_named(user_id: UUID | None, case: Case, at: datetime) -> bool:
    if user_id in (case.worker_id, case.manager_id):
        return True
    return CaseRelationship.objects.live(at).filter(case=case, user=user_id).exists()


def keepers_to_tell(case: Case, at: datetime) -> list[User]:
    """The case’s keepers; where it has none, its manager or else its worker."""
    found = list(keepers_of(case, at))
    return found or [user for user in (case.manager, case.worker) if user is not None and user.is_active][:1]


def _alert(case: Case, row: SearchedFor, contact: Contact | None, at: datetime) -> None:
    """One alert for the guardian and the first keeper, one more for each other keeper: all see it in their queue."""
    who = contact.reference if contact else f"{row.asked_by_id}:{day_of(at)}:{row.how}"
    codes = {"report": contact.reference if contact else "", "how": row.how}
    for place, keeper in enumerate(keepers_to_tell(case, at) or [None]):
        raise_alert(
            REPORT_MET if contact else SEARCH_MET, authority_id=case.authority_id, key=f"met:{case.pk}:{who}:{place}",
            also_for=keeper, by=Actor.job("compare with kept cases"), at=at, codes=codes, case_id=case.pk,
            contact_id=contact.pk if contact else None, reader_id=row.asked_by_id,
        )  # fmt: skip


@operation(may="watch.take_over_report")
def take_over_report(alert: Alert, *, by: Actor, at: datetime) -> Contact:
    """Take a report over from the desk: it is the keeper's from now on, and the desk is told it was taken on.

    Whoever keeps the case at this moment has it: themselves, where they are one of these. Refused where nobody does.
    """
    contact = Contact.objects.select_for_update().get(pk=alert.contact_id or NOTHING)
    must_wait(contact)
    with wall.lifted("who keeps the case that a report is taken over for"):
        case = Case.objects.select_related("worker", "manager").get(pk=alert.case_id or NOTHING)
        keepers = keepers_to_tell(case, at)
    if not keepers:
        raise KeeperRequired(
            "Nobody keeps that case now. Leave the report with the desk, and ring the head of service."
        )
    first = (by.id, alert.also_for_id)
    keeper = min(keepers, key=lambda user: first.index(user.pk) if user.pk in first else len(first))
    hold(contact, keeper, because="other", taken_over=True, by=by, at=at)
    record(TAKEN_OVER, subject=contact, by=by, at=at)
    operations.decide_alert(alert, outcome="taken_over", reasons="Taken over from the desk.", by=by, at=at)
    _settle_others(alert, by, at)
    return contact


def _settle_others(alert: Alert, by: Actor, at: datetime) -> None:
    """The same cause stands in the queue of each keeper: it is answered once."""
    same = Alert.objects.waiting().filter(kind=alert.kind, case_id=alert.case_id, contact_id=alert.contact_id)
    same.update(decided_at=at, decided_by_id=by.user_id, outcome="taken_over", reasons="Taken over from the desk.")
    done = {"done_at": at, "done_by_id": by.user_id}
    Task.objects.open().filter(contact_id=alert.contact_id, kind=RING).update(**done)


def tell_duty_managers(at: datetime) -> int:
    """Where nobody has answered within the Act now time, the duty manager is told to ring the guardian; how many."""
    told = 0
    for alert in Alert.objects.waiting().filter(kind=REPORT_MET.code, raised_at__lte=at - timedelta(hours=1)):
        contact = Contact.objects.waiting().filter(pk=alert.contact_id or NOTHING).first()
        if contact is not None and _is_late(alert, at) and not _is_answered(alert):
            told += _tell_manager(contact, at)
    return told


def _is_late(alert: Alert, at: datetime) -> bool:
    amount = rules_of(alert.authority_id).amount(ACT_NOW, day_of(alert.raised_at))
    return at >= alert.raised_at + timedelta(hours=amount)


def _is_answered(alert: Alert) -> bool:
    """Somebody, the guardian or another keeper, has answered the same cause."""
    same = Alert.objects.filter(kind=alert.kind, case_id=alert.case_id, contact_id=alert.contact_id)
    return same.exclude(decided_at=None).exists()


def _tell_manager(contact: Contact, at: datetime) -> int:
    """The reference of the report and whom to ring, and nothing else; once for each report."""
    if Task.objects.filter(contact_id=contact.pk, kind=RING).exists():
        return 0
    words = _("Ring the guardian about %(reference)s.") % {"reference": contact.reference}
    job = Actor.job("ring the guardian")
    for manager in duty_managers(contact, at):
        add_task(
            authority_id=contact.authority_id, kind=RING, words=words, due_on=day_of(at), at=at, by=job,
            contact_id=contact.pk, owner=manager,
        )  # fmt: skip
        send(
            channel=Delivery.Channel.ALERT, to_address=manager.email, subject=_("Something waits for you in Haven"),
            body=words, purpose=RING, authority_id=contact.authority_id, at=at,
        )  # fmt: skip
    return 1


def duty_managers(contact: Contact, at: datetime) -> list[User]:
    """The managers of the duty team; else every manager, else heads of service. Never one who must not reach it."""
    held = Membership.objects.on(day_of(at)).filter(authority_id=contact.authority_id, user__is_active=True)
    managers = held.filter(role="manager")
    for group in (managers.filter(team__kind="duty"), managers, held.filter(role="head_of_service")):
        kept = Q(contact_conflicts__contact=contact, contact_conflicts__ended_at=None)
        found = list(User.objects.filter(pk__in=group.values("user_id")).exclude(kept))
        if found:
            return found
    return []
