"""Sealing a report at the desk, giving it back, and taking one over that may be about a kept case."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from haven.casework.access.may import may
from haven.casework.access.reading import show, show_ids
from haven.casework.contacts.models import Contact
from haven.casework.desk.keeping_forms import SealReport, UnsealReport
from haven.casework.desk.loading import actor_of
from haven.casework.desk.saving import ask, run_or_say, save_or_ask
from haven.casework.operations.refusals import NotAllowed
from haven.casework.watch import kept_reports
from haven.casework.watch.models import Alert
from haven.casework.watch.sealed import REPORT_MET, take_over_report

FORM = "desk/keeping_form.html"


def seal_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Seal a report: it leaves the desk for its keeper."""
    contact = _waiting(request, reference, "watch.seal_report")
    form = SealReport(kept_reports.keepers_for(contact, timezone.now()), request.POST or None)
    page = {"contact": contact, "title": _("Seal this report"), "submit": _("Seal it"), "warns": True}
    done = _("Sealed. Its keeper and the guardian have been told.")
    run = partial(kept_reports.seal_report, contact)
    return save_or_ask(request, form, run, reverse("duty"), FORM, page, done=done)


def unseal_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Give it back to the desk."""
    contact = _waiting(request, reference, "watch.unseal_report")
    if kept_reports.standing_on(contact) is None:
        raise NotAllowed("We could not find that page.")
    page = {"contact": contact, "title": _("Give this report back to the desk"), "submit": _("Give it back")}
    run, onward = partial(kept_reports.unseal_report, contact), reverse("report", args=[contact.reference])
    return save_or_ask(
        request, UnsealReport(request.POST or None), run, onward, FORM, page, done=_("On the desk again.")
    )


def take_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A report that may be about somebody of a kept case: one button takes it from the desk."""
    seen = Alert.objects.visible_to(actor_of(request)).filter(pk=pk, kind=REPORT_MET.code)
    alert = seen.first()
    about = alert.contact_id if alert else None
    contact = Contact.objects.prefetch_related("adults").filter(pk=about).first() if about else None
    if alert is None or contact is None:
        raise NotAllowed("We could not find that page.")
    show(request, alert, contact)
    show_ids(request, "case", [alert.case_id] if alert.case_id else [])
    if request.method == "POST":
        done = _("Taken over. It is not on the desk any more.")
        return run_or_say(request, partial(take_over_report, alert), reverse("kept"), done=done)
    return ask(request, UnsealReport(), "desk/take_over.html", {"alert": alert, "contact": contact})


def _waiting(request: HttpRequest, reference: str, permission: str) -> Contact:
    seen = Contact.objects.visible_to(actor_of(request)).waiting().filter(reference=reference.upper())
    contact = seen.select_related("authority").first()
    if contact is None or not may(actor_of(request), permission, contact):
        raise NotAllowed("We could not find that page.")
    show(request, contact)
    return contact
