"""Challenging, and deciding, what keeps somebody from a report that nobody has matched to a person yet (PR-26)."""

from datetime import datetime

import rules
from django.db.models import F, QuerySet

from haven.casework.access.roles import DECIDES, GUARDIANS
from haven.casework.contacts.kept import ContactConflict
from haven.casework.contacts.models import Contact
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.watch.conflicts import CHALLENGED, ENDED, AlreadyEnded, ReasonsNeeded


@rules.predicate
def is_of_them(actor: Actor, conflict: ContactConflict) -> bool:
    """What keeps the actor themselves away."""
    return actor.is_user and conflict.user_id == actor.id


@rules.predicate
def is_unconcerned(actor: Actor, conflict: ContactConflict) -> bool:
    """Decides it for the report's authority, is not whom it keeps away, and is not kept from the report themselves."""
    return report_conflicts_for(actor).filter(pk=conflict.pk).exists()


rules.add_perm("watch.challenge_report_conflict", is_of_them)
rules.add_perm("watch.end_report_conflict", is_unconcerned)


def report_conflicts_for(actor: Actor) -> QuerySet[ContactConflict]:
    """Those that stand and the actor may decide, the challenged first."""
    at = [pk for pk, role in actor.roles_at if role in (*DECIDES, *GUARDIANS)]
    theirs = Contact.objects.filter(authority_id__in=at).showing(actor)
    found = ContactConflict.objects.filter(ended_at=None, contact__in=theirs).exclude(user=actor.user_id)
    return found.select_related("user", "contact").order_by(F("challenged_at").asc(nulls_last=True), "-from_at")


@operation(may="watch.challenge_report_conflict")
def challenge_report_conflict(conflict: ContactConflict, *, words: str, by: Actor, at: datetime) -> ContactConflict:
    """Challenge what keeps oneself from a report, in words; somebody who is not concerned decides the same day."""
    if conflict.ended_at is not None:
        raise AlreadyEnded("This does not keep you from anything any more.")
    if not words.strip():
        raise ReasonsNeeded("Write why it is wrong.")
    conflict.challenged_at, conflict.challenged_words = at, words.strip()
    conflict.save(update_fields=["challenged_at", "challenged_words"])
    record(CHALLENGED, subject=conflict, by=by, at=at)
    return conflict


@operation(may="watch.end_report_conflict")
def end_report_conflict(conflict: ContactConflict, *, reasons: str, by: Actor, at: datetime) -> ContactConflict:
    """End what keeps a colleague from a report, with reasons; never what keeps oneself."""
    if conflict.ended_at is not None:
        raise AlreadyEnded("Somebody has ended this already.")
    if not reasons.strip():
        raise ReasonsNeeded("Write why it need no longer keep them away.")
    conflict.ended_at, conflict.ended_by_id, conflict.ended_reasons = at, by.user_id, reasons.strip()
    conflict.save(update_fields=["ended_at", "ended_by", "ended_reasons"])
    record(ENDED, subject=conflict, by=by, at=at)
    return conflict
