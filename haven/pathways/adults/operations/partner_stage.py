"""How far a report of a partner's system is, as far as whoever sent it may be told (PR-21)."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.partners.models import Submission
from haven.pathways.adults.operations.feedback import adult_was_first
from haven.pathways.adults.operations.levels import level_allowed

TOLD = {
    "concern": "being_looked_at",
    "enquiry": "making_enquiries",
    "plan": "making_enquiries",
    "closing": "decided",
    "closed": "finished",
}
"""Stage → what a partner is told of it."""

BEFORE = ("received", "being_looked_at", "making_enquiries", "decided", "finished")


def may_have_moved(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Those whose report or case stands further than their sender was told."""
    seen = Q(contact__claimed_at__isnull=False) | ~Q(contact__state=Contact.State.RECEIVED)
    declined = Q(contact__state=Contact.State.REFUSED)
    return submissions.filter(
        Q(stage="received") & seen
        | Q(stage="being_looked_at") & (declined | _beyond("enquiry", "plan", "closing", "closed"))
        | Q(stage="making_enquiries") & _beyond("closing", "closed")
        | Q(stage="decided") & _beyond("closed")
    )


def _beyond(*stages: str) -> Exists:
    theirs = Q(contact_id=OuterRef("contact_id")) | Q(contact_id=OuterRef("contact__merged_into_id"))
    return Exists(Case.objects.filter(theirs, pathway="adults", stage__in=stages))


def stage_now(contact: Contact) -> str:
    """The stage of the report, or of whichever of its cases has come least far; no further than is safe to tell."""
    if contact.state == Contact.State.RECEIVED:
        return "being_looked_at" if contact.claimed_at else "received"
    if contact.state == Contact.State.REFUSED:
        return "finished"
    report = contact.merged_into_id or contact.pk
    cases = Case.objects.filter(contact_id=report, pathway="adults").select_related("person")
    return min((_told_of(case, contact) for case in cases), key=BEFORE.index, default="being_looked_at")


def _told_of(case: Case, contact: Contact) -> str:
    """What anybody is told, where a case is kept, its sender may know no more, or the adult has not been told first."""
    kept = case.restriction != Restriction.OPEN
    if kept or not level_allowed(case, contact).covers("stage") or not adult_was_first(case):
        return "being_looked_at"
    return TOLD.get(case.stage, "being_looked_at")
