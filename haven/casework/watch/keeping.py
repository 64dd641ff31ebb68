"""Restricting and sealing a case, its keepers and named people, and lifting it again (TR-03, R-353)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import rules
from django.utils.translation import gettext_lazy as _

from haven.casework.access import wall
from haven.casework.access.models import CaseRelationship, User
from haven.casework.access.predicates import is_named, role_is
from haven.casework.access.restrictions import Restriction
from haven.casework.access.roles import CASE_READERS, DECIDES
from haven.casework.access.ties import BY_NAME
from haven.casework.cases.codes import KEPT_BECAUSE
from haven.casework.cases.keeping import Keeping
from haven.casework.cases.models import Allocation, Case
from haven.casework.events.kinds import declare
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change
from haven.casework.tasks.models import Task
from haven.casework.watch.kinds import declare_alert
from haven.casework.watch.raising import raise_alert
from haven.casework.watch.ties import LONGEST, candidates_for, give, keeps_or_manages, take_away
from haven.lib.calendar import day_of

_WORDS = "The reasons and their salt go; that it was done, when and by whom stays."
KEPT = declare("watch.case_kept", "{actor} kept the case to named people: {restriction}, {because}", erasure=_WORDS)
LIFTED = declare("watch.case_lifted", "{actor} opened the case to colleagues again", erasure=_WORDS)

_AGREED = {
    "right": _("Rightly so"),
    "review": _("To be looked at again with its keeper"),
    "lift": _("Should be lifted: its keeper was told"),
}
CASE_KEPT = declare_alert(
    "case_kept", _("A case was kept to named people"), _("{reader} restricted or sealed {reference}"),
    source="TR-03", outcomes=_AGREED,
)  # fmt: skip
CASE_LIFTED = declare_alert(
    "case_lifted", _("A case is open to colleagues again"), _("{reader} lifted what kept {reference} to named people"),
    source="TR-03", outcomes=_AGREED,
)  # fmt: skip


class WhyRequired(Refusal):
    """Keeping a case, and lifting it, is done with a reason."""


class KeeperRequired(Refusal):
    """A restricted or sealed case has a keeper who may hold cases and is free of conflict."""


class ReviewRequired(Refusal):
    """Nothing is kept for ever unseen: a day to look at it again, within a year."""


class NotKept(Refusal):
    """The case is open already."""


rules.add_perm("watch.keep_case", role_is(*DECIDES) & keeps_or_manages)
rules.add_perm("watch.name_on_case", role_is(*DECIDES) & keeps_or_manages)
rules.add_perm("watch.lift_case", role_is(*DECIDES) & keeps_or_manages)


@operation(may="watch.keep_case")
def keep_case(
    case: Case, *, restriction: str, because: str, words: str, keepers: Iterable[User], named: Iterable[User] = (),
    review_on: date, by: Actor, at: datetime,
) -> Case:  # fmt: skip
    """Restrict or seal a case to its keepers and named people. Everybody else loses it at once; the guardian is told.

    A worker or manager who is not named loses it too. The one who does this keeps access only by naming themselves.
    """
    keepers, named = list(dict.fromkeys(keepers)), list(dict.fromkeys(named))
    if restriction not in (Restriction.RESTRICTED, Restriction.SEALED) or because not in KEPT_BECAUSE:
        raise WhyRequired("Choose whether to restrict or seal it, and why.")
    if not words.strip():
        raise WhyRequired("Write why, in a sentence that can be read in a year.")
    if not day_of(at) < review_on <= day_of(at + LONGEST):
        raise ReviewRequired("Give a day to look at this again, within a year.")
    may_hold = set(candidates_for(case, CASE_READERS, at).values_list("pk", flat=True))
    if not keepers or any(user.pk not in may_hold for user in (*keepers, *named)):
        raise KeeperRequired("Name at least one keeper, and only people who may hold this case.")
    keep(case, restriction, because, words.strip(), keepers, named, review_on, by=by, at=at)
    return case


def keep(
    case: Case, restriction: str, because: str, words: str, keepers: list[User], named: list[User], review_on: date,
    *, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Keep the case to these people. A plain verb, for the operation above and for a sealed report's new case."""
    by_name = [user.pk for user in (*keepers, *named)]
    wall.hold(case.pk)
    for held in CaseRelationship.objects.live(at).filter(case=case).exclude(kind__in=BY_NAME, user__in=by_name):
        take_away(held, by=by, at=at)
    _supersede(case, by, at)
    row = Keeping(case=case, restriction=restriction, because=because, words=words, review_on=review_on)
    row.kept_at, row.kept_by_id = at, by.user_id
    row.save(force_insert=True)
    name_all(case, "keeper", keepers, by=by, at=at)
    name_all(case, "named", named, by=by, at=at)
    take_from_others(case, by_name, keepers[0], at)
    change(case, restriction=restriction)
    codes = {"restriction": restriction, "because": because}
    record(KEPT, subject=case, by=by, at=at, codes=codes, digest=row.seal(words))
    about: Any = {"reader_id": by.user_id, "case_id": case.pk}
    raise_alert(CASE_KEPT, authority_id=case.authority_id, key=f"kept:{row.pk}", by=by, at=at, codes=codes, **about)


def _supersede(case: Case, by: Actor, at: datetime) -> None:
    earlier = Keeping.objects.filter(case=case, lifted_at=None)
    earlier.update(lifted_at=at, lifted_by_id=by.user_id, lifted_reasons="Kept in another way from then on.")


def name_all(case: Case, kind: str, users: Iterable[User], *, by: Actor, at: datetime) -> None:
    """Name these people on the case, those who are not yet."""
    held = CaseRelationship.objects.live(at).filter(case=case, kind=kind).values_list("user_id", flat=True)
    there = set(held)
    for user in users:
        if user.pk not in there:
            give(case, user, kind, until_at=None, by=by, at=at)


def take_from_others(case: Case, by_name: list[UUID], keeper: User, at: datetime) -> None:
    """A worker or manager who is not named has the case no more; their open tasks are the keeper's."""
    gone = {pk for pk in (case.worker_id, case.manager_id) if pk and pk not in by_name}
    if case.worker_id in gone:
        Allocation.objects.filter(case=case, until_at=None).update(until_at=at)
    facts = {name: None for name in ("worker_id", "manager_id") if getattr(case, name) in gone}
    if facts:
        change(case, **facts)
    Task.objects.open().filter(case=case).exclude(owner_id__in=by_name).exclude(owner=None).update(owner=keeper)
    Task.objects.open().filter(case=case, owner=None).update(owner=keeper)


@operation(may="watch.name_on_case")
def name_on_case(case: Case, *, user: User, kind: str, by: Actor, at: datetime) -> CaseRelationship:
    """Name one more person, or another keeper, on a restricted or sealed case."""
    if case.restriction == Restriction.OPEN:
        raise NotKept("This case is open. Restrict or seal it first.")
    if kind not in BY_NAME or not candidates_for(case, CASE_READERS, at).filter(pk=user.pk).exists():
        raise KeeperRequired("Choose somebody who may hold this case.")
    return give(case, user, kind, until_at=None, by=by, at=at)


@operation(may="watch.lift_case")
def lift_case(case: Case, *, reasons: str, by: Actor, at: datetime) -> Case:
    """Open a restricted or sealed case to colleagues again, with reasons; the guardian is told."""
    row = Keeping.objects.filter(case=case, lifted_at=None).first()
    if case.restriction == Restriction.OPEN:
        raise NotKept("This case is open already.")
    if not reasons.strip():
        raise WhyRequired("Write why it need no longer be kept to named people.")
    if row is not None:
        row.lifted_at, row.lifted_by_id, row.lifted_reasons = at, by.user_id, reasons.strip()
        row.save(update_fields=["lifted_at", "lifted_by", "lifted_reasons"])
    for held in CaseRelationship.objects.live(at).filter(case=case, kind__in=BY_NAME):
        take_away(held, by=by, at=at)
    change(case, restriction=Restriction.OPEN)
    record(LIFTED, subject=case, by=by, at=at, digest=row.seal(reasons.strip()) if row else None)
    about: Any = {"reader_id": by.user_id, "case_id": case.pk}
    key = f"lifted:{row.pk if row else case.pk}"
    raise_alert(CASE_LIFTED, authority_id=case.authority_id, key=key, by=by, at=at, **about)
    return case


def standing_of(case: Case) -> Keeping | None:
    """How the case is kept now, with who did it."""
    return Keeping.objects.filter(case=case, lifted_at=None).select_related("kept_by").first()


def keeps(actor: Actor, case: Case) -> bool:
    """The actor is a keeper of the case."""
    return is_named(actor, case) and actor.tied(case.pk, "keeper") is not None
