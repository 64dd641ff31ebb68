"""Break-glass: opening a case in an emergency, for a few hours; the guardian is told as it happens (TR-04)."""

from datetime import datetime, timedelta

import rules
from django.db.models import Q
from django.utils.translation import gettext as _

from haven.casework.access import wall
from haven.casework.access.models import Authority, CaseRelationship
from haven.casework.access.predicates import role_is
from haven.casework.access.restrictions import Restriction
from haven.casework.access.roles import CASE_READERS
from haven.casework.cases.models import Case, CaseQuerySet
from haven.casework.events.kinds import declare
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.watch.declared import BREAK_GLASS
from haven.casework.watch.openings import EMERGENCIES, LONGEST, EmergencyOpening
from haven.casework.watch.raising import guardians_of, raise_alert
from haven.casework.watch.ties import give

HOURS = (1, 2, 4, 8)
USUAL = 4

OPENED = declare(
    "watch.emergency_opened", "{actor} opened the case in an emergency: {emergency}, {hours} h",
    erasure="The words and their salt go; that it was opened, when, by whom and for what code stays.",
)  # fmt: skip
ENDED = declare("watch.emergency_ended", "{actor} ended the emergency opening", erasure="Codes only.")


class WordsNeeded(Refusal):
    """An emergency has a reason from the list, and words."""


class NotOpened(Refusal):
    """The one answer to a reference that is not there, is sealed, or is about somebody they must not reach."""


class TooLong(Refusal):
    """Eight hours at most."""


@rules.predicate
def opens_in_emergency(actor: Actor, case: Case) -> bool:
    """Open or restricted, of one's own authority, and about nobody one must not reach; sealed ones never."""
    with wall.lifted("whether it is open, restricted or sealed, for an emergency"):
        return openable(actor).filter(pk=case.pk).exists()


@rules.predicate
def opened_it(actor: Actor, opening: EmergencyOpening) -> bool:
    """Their own."""
    return actor.is_user and opening.user_id == actor.id


rules.add_perm("watch.open_in_emergency", role_is(*CASE_READERS) & opens_in_emergency)
rules.add_perm("watch.end_emergency", opened_it)


def openable(actor: Actor) -> CaseQuerySet:
    """The cases that an emergency opens to this actor."""
    ours = actor.authorities_as(*CASE_READERS)
    here = Case.objects.filter(authority_id__in=ours).exclude(restriction=Restriction.SEALED)
    people = Q(person__in=actor.conflict_ids) | Q(involvements__person__in=actor.conflict_ids)
    return here.exclude(pk__in=Case.objects.filter(people).values("pk")) if actor.conflict_ids else here


def case_in_emergency(reference: str, actor: Actor, at: datetime) -> Case:
    """The case with this reference, where an emergency opens it; otherwise one answer for every reason why not."""
    with wall.lifted("an emergency opens restricted cases too, and says nothing of any other"):
        case = openable(actor).filter(reference=reference).select_related("person").first()
    if case is None:
        raise NotOpened(not_opened(actor, at))
    wall.hold(case.pk)
    return case


def not_opened(actor: Actor, at: datetime) -> str:
    """What to do instead, with the number to ring."""
    words = _("We could not open that. If somebody is at risk, ring the guardian on %(number)s. In danger now: 999.")
    return words % {"number": number_to_ring(actor, at)}


def number_to_ring(actor: Actor, at: datetime) -> str:
    """The guardian's telephone number, else the authority's out of hours."""
    for authority in Authority.objects.filter(pk__in=actor.authority_ids).order_by("name"):
        numbers = [user.telephone for user in guardians_of(authority.pk, at) if user.pk != actor.id]
        found = next((each for each in (*numbers, authority.out_of_hours_telephone, authority.telephone) if each), "")
        if found:
            return found
    return "999"


@operation(may="watch.open_in_emergency")
def open_in_emergency(
    case: Case, *, reason: str, words: str, hours: int = USUAL, by: Actor, at: datetime
) -> EmergencyOpening:
    """Open a case in an emergency, for eight hours at most; the guardian is told in the same transaction.

    Refused: no reason from the list or no words, more than eight hours, and any case that is sealed or about somebody
    the actor must not reach (as one that is not there).
    """
    if reason not in EMERGENCIES or not words.strip():
        raise WordsNeeded("Choose what the emergency is, and write it in a few words.")
    if not 0 < hours <= LONGEST.total_seconds() / 3600:
        raise TooLong("A case is opened for eight hours at most. It can be opened again.")
    until = at + timedelta(hours=hours)
    held = give(case, by, "break_glass", reason=reason, until_at=until, at=at)
    opening = EmergencyOpening(case=case, user_id=by.user_id, relationship=held, reason=reason, words=words.strip())
    opening.opened_at, opening.until_at = at, until
    opening.save(force_insert=True)
    codes = {"emergency": reason, "hours": hours}
    record(
        OPENED, subject=opening, authority_id=case.authority_id, by=by, at=at, codes=codes,
        digest=opening.seal(opening.words),
    )  # fmt: skip
    raise_alert(
        BREAK_GLASS, authority_id=case.authority_id, key=f"break_glass:{opening.pk}", by=by, at=at,
        reader_id=by.user_id, case_id=case.pk, person_id=case.person_id, codes={"reason": reason},
    )  # fmt: skip
    return opening


@operation(may="watch.end_emergency")
def end_emergency(opening: EmergencyOpening, *, by: Actor, at: datetime) -> EmergencyOpening:
    """End an emergency opening before its time."""
    if opening.ended_at is None:
        opening.ended_at = at
        opening.save(update_fields=["ended_at"])
        CaseRelationship.objects.live(at).filter(pk=opening.relationship_id).update(until_at=at)
    record(ENDED, subject=opening, authority_id=opening.case.authority_id, by=by, at=at)
    return opening
