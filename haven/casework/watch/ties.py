"""Tying somebody to one case: by a manager, by triage of a report, or by a tap with a reason (TR-02, PR-24, R-097)."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import rules
from django.utils.translation import gettext_lazy as _

from haven.casework.access.models import CaseRelationship, Conflict, Membership, User
from haven.casework.access.predicates import in_conflict, is_named, role_is, works_on_case
from haven.casework.access.restrictions import Restriction
from haven.casework.access.roles import CASE_READERS, DECIDES, DUTY
from haven.casework.access.ties import BY_NAME
from haven.casework.cases.models import Case
from haven.casework.clocks.policies import rules_of
from haven.casework.contacts.models import Contact
from haven.casework.events.kinds import declare
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.people.finding import Asked, find_many
from haven.lib.calendar import day_of, end_of

FOR_A_DAY = timedelta(hours=24)
LONGEST = timedelta(days=366)
SAME_PERSON = 75.0
"""From this score (0–100) a person may be the one a report or a search means. A name alone that is another's is 64."""

GIVEN: dict[str, tuple[Any, tuple[str, ...]]] = {
    "supervising": (_("Supervises its worker"), ("practitioner", *DECIDES)),
    "advocate": (_("Advocate for the adult: sees the plan, adds wishes"), ("advocate",)),
    "referral_recipient": (_("Received it as a referral"), (*CASE_READERS, "designated_safeguarding_officer")),
    "auditing": (_("Audits this case"), ("auditor",)),
}
"""What a manager may give, and the roles it may be given to."""

TAPS = {
    "covering_colleague": _("I am covering for a colleague"),
    "call_came_in": _("A call came in about the adult"),
    "seeing_them": _("I am to see or speak with the adult"),
    "manager_asked": _("A manager asked me to look"),
}
"""The closed list behind one tap: no words are asked (PR-24)."""

TIED = declare("watch.tied", "{actor} tied {user} to the case: {kind}", erasure="Codes only.")
UNTIED = declare("watch.untied", "{actor} ended what tied {user} to the case: {kind}", erasure="Codes only.")
TRIAGED = declare("watch.triaged", "{actor} opened the case in triage of {report}", erasure="Codes only.")
READ_WITH_REASON = declare("watch.read_with_reason", "{actor} opened the case: {tap}", erasure="Codes only.")


class NotForThem(Refusal):
    """Somebody is tied to a case in a way their role allows, and never to one they must not reach."""


class DayRequired(Refusal):
    """Whatever ties somebody to a case ends or is looked at again on a day."""


class NotTheirs(Refusal):
    """The last keeper of a case stays until there is another."""


class CouldNotOpen(Refusal):
    """The same answer for a case that is not there and for one that is not for them (TR-03, TR-05)."""


@rules.predicate
def open_to_colleagues(actor: Actor, case: Case) -> bool:
    """Open, of one's own authority, and about nobody one must not reach."""
    ours = case.authority_id in actor.authority_ids and case.restriction == Restriction.OPEN
    return ours and not in_conflict(actor, case)


@rules.predicate
def keeps_or_manages(actor: Actor, subject: Any) -> bool:
    """Of an open case, a manager who may take steps in it; of a kept one, those it is kept by: never who only reads it,
    by a tap, in triage or to audit."""
    case = subject.case
    if case.restriction == Restriction.OPEN:
        return bool(works_on_case(actor, case))
    works = actor.id in (case.worker_id, case.manager_id) or actor.tied(case.pk, *BY_NAME) is not None
    return works and is_named(actor, case)


rules.add_perm("watch.tie", role_is(*DECIDES) & keeps_or_manages)
rules.add_perm("watch.untie", role_is(*DECIDES) & keeps_or_manages)
rules.add_perm("watch.triage", role_is(*DUTY) & open_to_colleagues)
rules.add_perm("watch.read_with_reason", role_is(*CASE_READERS) & open_to_colleagues)


@operation(may="watch.tie")
def tie(case: Case, *, user: User, kind: str, until_on: date, by: Actor, at: datetime) -> CaseRelationship:
    """Name a supervising colleague, an advocate, somebody who received a referral or an auditor, until a day.

    Refused: a role the person does not hold, a day that is past or more than a year away, a restricted or sealed case
    (there its keepers name people), and anybody who must not reach the case.
    """
    if kind not in GIVEN or case.restriction != Restriction.OPEN:
        raise NotForThem("On a restricted or sealed case, name people on the page of who keeps it.")
    if not _holds(user, case, GIVEN[kind][1], at) or is_kept_from(user, case):
        raise NotForThem("Choose somebody who may hold this. If it must be them, ask your administrator.")
    if not day_of(at) <= until_on <= day_of(at + LONGEST):
        raise DayRequired("Say until which day, at most a year from now. It can be given again.")
    return give(case, user, kind, until_at=end_of(until_on), by=by, at=at)


@operation(may="watch.untie")
def untie(held: CaseRelationship, *, by: Actor, at: datetime) -> CaseRelationship:
    """End what ties somebody to the case. The last keeper of a restricted or sealed case stays."""
    if held.kind == "keeper" and not keepers_of(held.case, at).exclude(pk=held.user_id).exists():
        raise NotTheirs("Name another keeper first: a case that is kept is never without one.")
    take_away(held, by=by, at=at)
    return held


@operation(may="watch.triage")
def open_in_triage(case: Case, *, contact: Contact, by: Actor, at: datetime) -> CaseRelationship:
    """Open an earlier case of somebody a waiting report may be about; until the duty day ends (PR-24)."""
    seen = Contact.objects.visible_to(by).waiting().filter(pk=contact.pk).exists()
    if not seen or not _may_be_about(contact, case):
        raise CouldNotOpen("We could not find that page.")
    until = end_of_duty(case.authority_id, at)
    held = _again(case, by, "triage", contact.reference, until, at)
    held = held or give(case, by, "triage", reason=contact.reference, about_id=contact.pk, until_at=until, at=at)
    record(TRIAGED, subject=held, authority_id=case.authority_id, by=by, at=at, codes={"report": contact.reference})
    return held


@operation(may="watch.read_with_reason")
def read_with_reason(case: Case, *, reason: str, by: Actor, at: datetime) -> CaseRelationship:
    """Read an open case of one's own authority for a reason from a closed list, for 24 hours (TR-02, PR-24)."""
    if reason not in TAPS:
        raise CouldNotOpen("Choose why you need to read it.")
    held = _again(case, by, "covering", reason, at + FOR_A_DAY, at)
    held = held or give(case, by, "covering", reason=reason, until_at=at + FOR_A_DAY, at=at)
    record(READ_WITH_REASON, subject=held, authority_id=case.authority_id, by=by, at=at, codes={"tap": reason})
    return held


def give(
    case: Case, user: User | Actor, kind: str, *, until_at: datetime | None, at: datetime, by: Actor | None = None,
    reason: str = "", about_id: UUID | None = None,
) -> CaseRelationship:  # fmt: skip
    """Write a relationship; `by` is who gave it, where it was not taken. A plain verb with its event."""
    user_id = user.user_id if isinstance(user, Actor) else user.pk
    held = CaseRelationship(case=case, user_id=user_id, authority_id=case.authority_id, kind=kind, reason=reason)
    held.given_by_id = by.id if by is not None else None
    held.about_id, held.from_at, held.until_at = about_id, at, until_at
    held.save(force_insert=True)
    if by is not None:
        codes = {"user": str(user_id), "kind": kind}
        record(TIED, subject=held, authority_id=case.authority_id, by=by, at=at, codes=codes)
    return held


def take_away(held: CaseRelationship, *, by: Actor, at: datetime) -> None:
    """End a relationship now, with its event."""
    CaseRelationship.objects.filter(pk=held.pk).update(until_at=max(at, held.from_at))
    codes = {"user": str(held.user_id), "kind": held.kind}
    record(UNTIED, subject=held, authority_id=held.authority_id, case_id=held.case_id, by=by, at=at, codes=codes)


def keepers_of(case: Case, at: datetime) -> Any:
    """The accounts that keep the case at this moment, longest first."""
    held = CaseRelationship.objects.live(at).filter(case=case, kind="keeper", user__is_active=True).order_by("from_at")
    return User.objects.filter(pk__in=held.values("user_id")).order_by("pk")


def is_kept_from(user: User, case: Case) -> bool:
    """The account must not reach the case: it is about, or names, somebody they have a conflict with (TR-05)."""
    people = {case.person_id, *case.involvements.exclude(person=None).values_list("person_id", flat=True)}
    return Conflict.objects.live().filter(user=user, person_id__in=people).exists()


def candidates_for(case: Case, roles: tuple[str, ...], at: datetime) -> Any:
    """Active accounts that hold one of these roles for the case's authority and may reach the case."""
    held = Membership.objects.on(day_of(at)).filter(authority_id=case.authority_id, role__in=roles)
    people = [case.person_id, *case.involvements.exclude(person=None).values_list("person_id", flat=True)]
    kept = Conflict.objects.live().filter(person_id__in=people)
    found = User.objects.filter(is_active=True, pk__in=held.values("user_id"))
    return found.exclude(pk__in=kept.values("user_id")).order_by("name")


def end_of_duty(authority_id: UUID, at: datetime) -> datetime:
    """When the duty day ends: as the desk next closes, with an hour at least and 24 at most."""
    desk = rules_of(authority_id).desk
    closings = (desk.closes_at(day_of(at + timedelta(days=days))) for days in (0, 1))
    return min(next((each for each in closings if each >= at + timedelta(hours=1)), at + FOR_A_DAY), at + FOR_A_DAY)


def _again(
    case: Case, by: Actor, kind: str, reason: str, until: datetime, at: datetime
) -> CaseRelationship | None:  # fmt: skip
    """The same relationship, where it is running already: its end moves."""
    held = CaseRelationship.objects.live(at).filter(case=case, user=by.user_id, kind=kind, reason=reason).first()
    if held is not None:
        held.until_at = until
        held.save(update_fields=["until_at"])
    return held


def _may_be_about(contact: Contact, case: Case) -> bool:
    """An adult of the report is, or may be, the person of the case."""
    adults = list(contact.adults.all())
    if any(adult.person_id == case.person_id for adult in adults):
        return True
    asked = [Asked(f"{a.given_name} {a.family_name}".strip(), a.date_of_birth, a.postcode) for a in adults]
    return any(match.person.pk == case.person_id for found in find_many(asked, limit=60) for match in found)


def _holds(user: User, case: Case, roles: tuple[str, ...], at: datetime) -> bool:
    held = Membership.objects.on(day_of(at)).filter(user=user, authority_id=case.authority_id, role__in=roles)
    return user.is_active and held.exists()


def reason_of(actor: Actor, case: Case) -> str:
    """Why the actor reads the case, where it is by a relationship of their own: for the read record."""
    held = actor.tied(case.pk, "break_glass") or actor.tied(case.pk)
    if held is None:
        return ""
    if held.kind == "triage":
        return f"triage of {held.reason}"
    return f"{held.kind}: {held.reason}" if held.reason else held.kind
