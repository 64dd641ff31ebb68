"""Challenging, and deciding, what keeps somebody from a report that nobody has matched to a person yet (PR-26)."""

from datetime import datetime

import rules
from django.db.models import F, QuerySet

from haven.casework.access.roles import DECIDES, GUARDIANS
from haven.casework.contacts.kept import ContactConflict
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.watch.conflicts import challenged, ended


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
    return challenged(conflict, words, by, at)


@operation(may="watch.end_report_conflict")
def end_report_conflict(conflict: ContactConflict, *, reasons: str, by: Actor, at: datetime) -> ContactConflict:
    """End what keeps a colleague from a report, with reasons; never what keeps oneself."""
    return ended(conflict, reasons, by, at)
