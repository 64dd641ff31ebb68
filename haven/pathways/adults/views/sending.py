"""What the public's and the workers' professional form have in common: sending the report and holding its files."""

from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.contacts.arriving import receive
from haven.casework.contacts.models import Contact
from haven.casework.desk.loading import actor_of
from haven.casework.documents.keeping import keep_document
from haven.casework.documents.models import Document
from haven.casework.operations.refusals import NotAllowed, Refusal
from haven.design.forms import as_key, posted_key
from haven.pathways.adults.forms.dropped_email import read_email
from haven.pathways.adults.forms.whole_report import WholeReport


def sent(request: HttpRequest, report: WholeReport, place: Authority, *, channel: str = "") -> Contact | None:
    """The contact this report became; None where the page is to be shown again."""
    now = timezone.now()
    if not (report.is_valid() and _has_happened(report, now)):
        return None
    facts, by = _facts(report, channel, now), actor_of(request)
    try:
        return receive(place, idempotency_key=key_of(request, report), by=by, at=now, **facts)
    except NotAllowed:
        raise
    except Refusal as refusal:
        report.form.add_error(None, str(refusal))
        return None


def key_of(request: HttpRequest, report: WholeReport) -> str:
    """What makes sending it twice count once: the key a program gives; the report's own id, which stays with it in
    every window and on every device where it is given back; the form's key, where there is neither."""
    by_program = as_key(request.headers.get("Idempotency-Key", ""))
    own = report.contact_id if report.is_held else posted_key(request)
    return str(by_program or own or report.contact_id)


def _has_happened(report: WholeReport, now: datetime) -> bool:
    """Whether we first had it at a moment that has come; a later one is said to be wrong."""
    if (report.form.cleaned_data.get("received_at") or now) <= now:
        return True
    report.form.add_error("received_at", _("This moment has not come yet. Say when we first had it."))
    return False


def _facts(report: WholeReport, channel: str, now: datetime) -> dict[str, Any]:
    given = report.form.cleaned_data
    return {
        "pathway": "adults",
        "channel": channel or given["channel"],
        "form": "professional",
        "answers": report.answers(),
        "adults": report.people(),
        "referrer": report.referrer(),
        "received_at": given.get("received_at") or now,
        **report.facts(),
    }


def keep_files(request: HttpRequest, report: WholeReport, place: Authority) -> list[Document]:
    """Keep what was chosen at once, so that no later answer loses it; every file held for this report."""
    if report.data is None:
        return []
    wall.hold(report.contact_id)
    held = list(Document.objects.about(contact_id=report.contact_id).order_by("added_at"))
    already = {(document.name, document.size) for document in held}
    for upload in report.files.getlist("evidence"):
        if (upload.name, upload.size) not in already:
            held += _keep(request, report, place, upload, "")
    return held


def _keep(request: HttpRequest, report: WholeReport, place: Authority, upload: Any, source: str) -> list[Document]:
    by, now = actor_of(request), timezone.now()
    where: dict[str, Any] = {"authority_id": place.pk, "contact_id": report.contact_id}
    try:
        return [keep_document(upload, by=by, at=now, source_label=source, quarantine=True, **where)]
    except Refusal as refusal:
        report.form.add_error("evidence", f"{upload.name}: {refusal}")
        return []


def fill_from_email(request: HttpRequest, report: WholeReport, place: Authority) -> dict[str, Any]:
    """What a dropped e-mail says, for the boxes still empty; the e-mail and its files are kept as evidence."""
    upload = report.files.get("eml")
    if upload is None:
        return {}
    email = read_email(upload.name or "e-mail.eml", upload.read())
    for part in email.files:
        _keep(request, report, place, ContentFile(part.read(), name=part.name), f"E-mail from {email.address}")
    return {
        "told": email.words,
        "name": email.name,
        "email": email.address,
        "channel": "email",
        "received_at": email.sent_at.isoformat() if email.sent_at else "",
    }


def context_of(report: WholeReport, held: list[Document]) -> dict[str, Any]:
    """What the page of the form is drawn from."""
    return {"report": report, "form": report.form, "forms": report.forms, "faults": report.faults(), "files_held": held}
