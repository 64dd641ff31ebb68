"""Conflict of interest: said by oneself, recorded by a manager, or found; and how it is challenged (TR-05, PR-26)."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import rules
from django.utils.translation import gettext_lazy as _

from haven.casework.access import wall
from haven.casework.access.models import Conflict, Membership, User
from haven.casework.access.models.relationships import GROUNDS
from haven.casework.access.predicates import authority_of, reads_case, role_is
from haven.casework.access.roles import CASE_READERS, DECIDES, DUTY, GUARDIANS
from haven.casework.cases.models import Case
from haven.casework.contacts.kept import ContactConflict
from haven.casework.contacts.models import Contact
from haven.casework.contacts.permissions import shows
from haven.casework.events.kinds import declare
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change
from haven.casework.watch.kinds import declare_alert
from haven.casework.watch.leaving import let_go
from haven.casework.watch.raising import raise_alert
from haven.casework.watch.ties import keeps_or_manages
from haven.lib.calendar import day_of

C = TypeVar("C", Conflict, ContactConflict)

SAID = {
    "related": _("We are related"),
    "same_address": _("We live together"),
    "other": _("I know them in another way"),
}
"""What one tap may say: no details are asked (PR-26)."""

RECORDED = {
    "alleged": _("It is alleged of them"),
    "related": _("They are related to the adult or to somebody in the case"),
    "other": _("They have another interest"),
}

_WORDS = "The words and their salt go; that it was said, when and by whom stays."
FOUND = declare("watch.conflict_found", "{actor} found a conflict of interest: {ground}", erasure="Codes only.")
DECLARED = declare("watch.conflict_declared", "{actor} said they know somebody here: {ground}", erasure="Codes only.")
NAMED = declare("watch.conflict_recorded", "{actor} recorded a conflict of interest: {ground}", erasure="Codes only.")
CHALLENGED = declare("watch.conflict_challenged", "{actor} challenged a conflict of interest", erasure=_WORDS)
ENDED = declare("watch.conflict_ended", "{actor} ended a conflict of interest", erasure=_WORDS)

CONFLICT_FOUND = declare_alert(
    "conflict_found", _("A conflict of interest was found"),
    _("{reader} shares something with somebody in a record, and is kept from it: {ground}"), source="TR-05",
    outcomes={"stands": _("It stands"), "ended": _("It was ended, with reasons"), "advice": _("Advice was given")},
)  # fmt: skip
CONFLICT_ALLEGED = declare_alert(
    "conflict_alleged", _("Somebody with an account is alleged in a case"),
    _("{reader} is recorded as having an interest in {reference}, and is kept from it: {ground}"), source="TR-05",
    outcomes={"stands": _("It stands"), "ended": _("It was ended, with reasons"), "advice": _("Advice was given")},
)  # fmt: skip


class GroundRequired(Refusal):
    """A conflict rests on a ground from the list."""


class AlreadyEnded(Refusal):
    """The conflict does not stand any more."""


class ReasonsNeeded(Refusal):
    """Challenging and ending are done with words."""


@rules.predicate
def is_of_them(actor: Actor, conflict: Conflict) -> bool:
    """The conflict is the actor's own."""
    return actor.is_user and conflict.user_id == actor.id


@rules.predicate
def is_unconcerned(actor: Actor, conflict: Conflict) -> bool:
    """Decides it for its authority, is not whom it keeps away, and has no conflict with the same person."""
    decides = actor.has_role_at(authority_of(conflict), *DECIDES, *GUARDIANS)
    return decides and conflict.user_id != actor.id and conflict.person_id not in actor.conflict_ids


rules.add_perm("watch.know_person", role_is(*CASE_READERS) & reads_case)
rules.add_perm("watch.know_reported", role_is(*DUTY, "business_support", "practitioner") & shows)
rules.add_perm("watch.record_conflict", role_is(*DECIDES) & keeps_or_manages)
rules.add_perm("watch.record_report_conflict", role_is(*DUTY) & shows)
rules.add_perm("watch.challenge_conflict", is_of_them)
rules.add_perm("watch.end_conflict", is_unconcerned)


@operation(may="watch.know_person")
def know_person(case: Case, *, ground: str, by: Actor, at: datetime) -> Conflict:
    """Say "I know this person": the case is let go at once, and somebody else is told to hold it."""
    if ground not in SAID:
        raise GroundRequired("Choose how you know them.")
    user = User.objects.get(pk=by.user_id)
    conflict = keep_away(user, case.person_id, ground, case.authority_id, at)
    record(DECLARED, subject=conflict, case_id=case.pk, by=by, at=at, codes={"ground": ground})
    let_go(user, [case.person_id], by=by, at=at)
    return conflict


@operation(may="watch.know_reported")
def know_reported(contact: Contact, *, ground: str, by: Actor, at: datetime) -> ContactConflict:
    """Say "I know this person" of a report: it goes back to the desk for a colleague at once."""
    if ground not in SAID:
        raise GroundRequired("Choose how you know them.")
    conflict = keep_from_report(contact, by.user_id, ground, at)
    record(DECLARED, subject=contact, by=by, at=at, codes={"ground": ground})
    return conflict


@operation(may="watch.record_conflict")
def record_conflict(case: Case, *, user: User, ground: str, by: Actor, at: datetime) -> Conflict:
    """Record that somebody with an account is alleged in a case, or related to it; they lose it at once."""
    if ground not in RECORDED:
        raise GroundRequired("Choose how they are concerned.")
    return note_conflict(case, user, ground, by=by, at=at)


def note_conflict(case: Case, user: User, ground: str, *, by: Actor, at: datetime) -> Conflict:
    """The same as a plain verb, for a process that names a member of staff as alleged. The guardian is told."""
    conflict = keep_away(user, case.person_id, ground, case.authority_id, at)
    record(NAMED, subject=conflict, case_id=case.pk, by=by, at=at, codes={"ground": ground, "user": str(user.pk)})
    let_go(user, [case.person_id], by=by, at=at)
    about: Any = {"reader_id": user.pk, "case_id": case.pk, "person_id": case.person_id}
    key = f"conflict:{conflict.pk}"
    raise_alert(
        CONFLICT_ALLEGED, authority_id=case.authority_id, key=key, by=by, at=at, codes={"ground": ground}, **about
    )  # fmt: skip
    return conflict


@operation(may="watch.record_report_conflict")
def record_report_conflict(contact: Contact, *, user: User, ground: str, by: Actor, at: datetime) -> ContactConflict:
    """Record that somebody with an account is alleged in a report, or related to it."""
    if ground not in RECORDED:
        raise GroundRequired("Choose how they are concerned.")
    conflict = keep_from_report(contact, user.pk, ground, at)
    record(NAMED, subject=contact, by=by, at=at, codes={"ground": ground, "user": str(user.pk)})
    return conflict


@operation(may="watch.challenge_conflict")
def challenge_conflict(conflict: Conflict, *, words: str, by: Actor, at: datetime) -> Conflict:
    """Challenge what keeps oneself from a record, in words; somebody who is not concerned decides the same day."""
    return challenged(conflict, words, by, at)


@operation(may="watch.end_conflict")
def end_conflict(conflict: Conflict, *, reasons: str, by: Actor, at: datetime) -> Conflict:
    """End a conflict of interest with reasons; never one's own, nor with a conflict of one's own there."""
    return ended(conflict, reasons, by, at)


def challenged(conflict: C, words: str, by: Actor, at: datetime) -> C:
    """What keeps somebody from a person or a report, challenged in their words. A plain verb, for both."""
    if conflict.ended_at is not None:
        raise AlreadyEnded("This does not keep you from anything any more.")
    if not words.strip():
        raise ReasonsNeeded("Write why it is wrong.")
    conflict.challenged_at, conflict.challenged_words = at, words.strip()
    conflict.save(update_fields=["challenged_at", "challenged_words"])
    record(CHALLENGED, subject=conflict, by=by, at=at)
    return conflict


def ended(conflict: C, reasons: str, by: Actor, at: datetime) -> C:
    """The same, ended with reasons by somebody who is not concerned."""
    if conflict.ended_at is not None:
        raise AlreadyEnded("Somebody has ended this already.")
    if not reasons.strip():
        raise ReasonsNeeded("Write why it need no longer keep them away.")
    conflict.ended_at, conflict.ended_by_id, conflict.ended_reasons = at, by.user_id, reasons.strip()
    conflict.save(update_fields=["ended_at", "ended_by", "ended_reasons"])
    record(ENDED, subject=conflict, by=by, at=at)
    return conflict


def keep_away(
    user: User, person_id: UUID, ground: str, authority_id: UUID, at: datetime, *, detected: bool = False
) -> Conflict:
    """The standing conflict of this ground, made where there is none. A plain verb."""
    facts: dict[str, Any] = {"authority_id": authority_id, "from_at": at, "detected": detected}
    return Conflict.objects.get_or_create(
        user=user, person_id=person_id, ground=ground, ended_at=None, defaults=facts
    )[0]  # fmt: skip


def keep_from_report(
    contact: Contact, user_id: UUID, ground: str, at: datetime, *, detected: bool = False
) -> ContactConflict:
    """Keep an account from a report, and from the people its adults are already known to be. A plain verb."""
    wall.hold(contact.pk)
    facts: dict[str, Any] = {"ground": ground, "from_at": at, "detected": detected}
    found, _made = ContactConflict.objects.get_or_create(
        contact=contact, user_id=user_id, ended_at=None, defaults=facts
    )
    user = User.objects.get(pk=user_id)
    for person_id in contact.adults.exclude(person=None).values_list("person_id", flat=True):
        keep_away(user, person_id, ground, contact.authority_id, at, detected=detected)
        let_go(user, [person_id], by=Actor.job("conflict of interest"), at=at)
    if contact.claimed_by_id == user_id:
        change(contact, claimed_by_id=None, claimed_at=None)
    return found


def carry_conflicts(contact: Contact, person_ids: list[UUID], *, by: Actor, at: datetime) -> None:
    """What kept somebody from the report keeps them from the people it turned out to be about."""
    for held in ContactConflict.objects.filter(contact=contact, ended_at=None).select_related("user"):
        for person_id in person_ids:
            kept = keep_away(held.user, person_id, held.ground, contact.authority_id, at, detected=held.detected)
            _carry_challenge(held, kept)
        let_go(held.user, person_ids, by=by, at=at)


def _carry_challenge(held: ContactConflict, kept: Conflict) -> None:
    """What was challenged of the report waits to be decided of the person."""
    if held.challenged_at and not kept.challenged_at:
        kept.challenged_at, kept.challenged_words = held.challenged_at, held.challenged_words
        kept.save(update_fields=["challenged_at", "challenged_words"])


def detect(user: User, person_id: UUID, ground: str, at: datetime) -> Conflict | None:
    """Block and alert on what was found, once: what somebody has ended is not found again (PR-26)."""
    if ground not in GROUNDS or Conflict.objects.filter(user=user, person_id=person_id, ground=ground).exists():
        return None
    held = Membership.objects.on(day_of(at)).filter(user=user).order_by("authority__name")
    authority_id = held.values_list("authority_id", flat=True).first()
    if authority_id is None:
        return None
    job = Actor.job("conflicts of interest")
    conflict = keep_away(user, person_id, ground, authority_id, at, detected=True)
    record(FOUND, subject=conflict, by=job, at=at, codes={"ground": ground})
    let_go(user, [person_id], by=job, at=at)
    key = f"conflict:{conflict.pk}"
    about: Any = {"reader_id": user.pk, "person_id": person_id}
    raise_alert(
        CONFLICT_FOUND, authority_id=authority_id, key=key, by=job, at=at, codes={"ground": ground}, **about
    )  # fmt: skip
    return conflict
