"""Who sees which of what waits, where the page of a state and its count must agree."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from haven.casework.access.roles import GUARDIANS
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.deliveries.permissions import OUTBOX
from haven.casework.documents.models import Document, DocumentQuerySet
from haven.casework.operations.actor import Actor


def files_seen_by(actor: Actor) -> DocumentQuerySet:
    """Files of the cases and reports that the actor may read; a guardian's whole authority, as far as the wall lets."""
    guarded = [authority for authority, role in actor.roles_at if role in GUARDIANS]
    reports = Contact.objects.readable_by(actor).values("pk")
    theirs = Q(case__in=Case.objects.visible_to(actor)) | Q(case=None, contact_id__in=reports)
    return Document.objects.filter(theirs | Q(authority_id__in=guarded))


def deliveries_seen_by(actor: Actor) -> QuerySet[Delivery]:
    """Those of the authorities where the reader sees to what leaves, of nothing that is kept from them."""
    where = [authority for authority, role in actor.roles_at if role in OUTBOX]
    shows = Exists(Contact.objects.showing(actor).filter(pk=OuterRef("contact_id")))
    own = Delivery.objects.filter(authority_id__in=where).exclude(case__in=Case.objects.kept_from(actor))
    return own.filter(Q(contact_id=None) | Q(case__isnull=False) | shows)
