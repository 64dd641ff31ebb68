"""A report at the desk: first look, who else must know, and what becomes of it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from haven.casework.contacts.models import Contact
from haven.casework.contacts.operations import first_look
from haven.casework.desk.loading import actor_of
from haven.casework.desk.saving import save_or_ask
from haven.casework.documents.models import Document
from haven.casework.documents.opening import is_openable, open_document
from haven.casework.operations.refusals import NotAllowed
from haven.pathways.adults import operations
from haven.pathways.adults.codes import ALSO_TELL, find, label
from haven.pathways.adults.forms import reports as forms
from haven.pathways.adults.models.told import told_already
from haven.pathways.adults.views.report_page import known_to, load_report, page_of, posted, receipt_of, text_of

ASKS = require_http_methods(["GET", "POST"])


def report_url(contact: Contact) -> str:
    """The page of a report."""
    return reverse("report", args=[contact.reference])


@ASKS
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """The report as typed, who its adults may be, and the first look in three answers."""
    contact = load_report(request, reference)
    form = forms.FirstLook(posted(request))
    done = _("First look saved. The clock has stopped.")
    page = {**page_of(request, contact), "now": timezone.now(), "version": contact.version}
    return save_or_ask(
        request, form, partial(first_look, contact), report_url(contact), "adults/report.html", page, done=done
    )


@ASKS
def tell_report(request: HttpRequest, reference: str, line: str) -> HttpResponse:
    """Say when somebody else was told, or why they need not be (PR-04)."""
    contact, entry = load_report(request, reference), find(ALSO_TELL, line)
    if entry is None:
        raise NotAllowed("We could not find that page.")
    form = forms.TellAlso(posted(request), initial=told_as_reported(contact, line))
    run = partial(operations.tell_also, contact, line=line)
    page = {
        "contact": contact,
        "line": entry,
        "title": f"{_('Who else must know')}: {label(ALSO_TELL, line)}",
        "submit": _("Save"),
    }
    return save_or_ask(request, form, run, report_url(contact) + "#who-else", "adults/report_tell.html", page)


def told_as_reported(contact: Contact, line: str) -> dict[str, Any]:
    """That they were told, where the report says so: when it reached us and in its words, for confirming (PR-16)."""
    said = told_already(contact)
    if line not in said:
        return {"told_at": timezone.now()}
    return {"answer": "told", "told_at": contact.received_at, "reference": said[line][:80]}


@ASKS
def accept_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the report on as a concern for each adult."""
    contact = load_report(request, reference)
    known = known_to(request, contact)
    form = forms.AcceptReport(contact, known, posted(request))
    page = {"contact": contact, "title": _("Take on as a concern"), "submit": _("Take on as a concern")}
    run = partial(operations.accept_report, contact)
    return save_or_ask(request, form, run, after_accepting, "adults/report_accept.html", page)


def after_accepting(concerns: list[Any]) -> str:
    """To the one case; to the report, which lists them, where there are several."""
    if len(concerns) == 1:
        return reverse("case", args=[concerns[0].case.reference])
    return report_url(concerns[0].contact)


@ASKS
def join_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Join a second report of the same incident to its concern."""
    contact = load_report(request, reference)
    known = known_to(request, contact)
    form = forms.JoinReport(known, actor_of(request), posted(request))
    run = partial(operations.join_report, contact)
    page = {"contact": contact, "title": _("Join to a concern"), "submit": _("Join to a concern")}
    return save_or_ask(
        request,
        form,
        run,
        report_url(contact),
        "adults/report_join.html",
        page,
        done=_("Joined. Both people who told us are kept."),
    )


@ASKS
def refuse_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide that it is not a safeguarding concern, with reasons and advice."""
    contact = load_report(request, reference)
    form = forms.RefuseReport(posted(request))
    run = partial(operations.refuse_report, contact)
    page = {"contact": contact, "title": _("Decline the report"), "submit": _("Decline the report")}
    return save_or_ask(request, form, run, report_url(contact), "adults/report_refuse.html", page)


@ASKS
def report_file(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """A warning first, or why it is not to be opened; then the file, to be saved and run by nothing."""
    contact = load_report(request, reference)
    document = get_object_or_404(Document.objects.about(contact_id=contact.pk), pk=pk)
    openable = is_openable(document)
    if not openable or (request.method != "POST" and asks_first(document)):
        page = {"contact": contact, "document": document, "openable": openable}
        return render(request, "adults/report_file.html", page)
    opened = open_document(document, warned=True, by=actor_of(request), at=timezone.now())
    return HttpResponse(opened.content, headers=opened.headers)


def asks_first(document: Document) -> bool:
    """There is something to know before it is opened: not scanned, made anew, or it may say where it was taken."""
    plain = document.scan == Document.Scan.CLEAN and document.state == Document.State.KEPT
    return not plain or document.keeps_its_place


@require_GET
def report_copy(request: HttpRequest, reference: str) -> HttpResponse:
    """The report as clean text for the main record, and on paper; that it was taken is in the read record (PR-20)."""
    contact = load_report(request, reference)
    page = {"contact": contact, "receipt": receipt_of(contact), "text": text_of(contact)}
    return render(request, "adults/report_copy.html", page)
