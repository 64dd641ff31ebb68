"""Checking what was typed and sending it, once however often the button is pressed (TR-20)."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.contacts.arriving import receive
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.sending import send
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import Refusal
from haven.design.forms import KEY, posted_key
from haven.pathways.adults.forms.public.report import facts, missing, read_back, receipt
from haven.pathways.adults.forms.public.sending import SendReport
from haven.pathways.adults.forms.public.steps import steps_for
from haven.pathways.adults.views.public.hours import desk_now
from haven.pathways.adults.views.public.kept import Kept, forget, kept_in, let_go
from haven.pathways.adults.views.public.pages import NOT_TAKEN, council_of, sent, shown
from haven.pathways.adults.views.public.receipts import receipt_of
from haven.pathways.adults.views.public.steps import step_url
from haven.pathways.adults.views.public.taking import take_files


def public_check(request: HttpRequest, authority: str) -> HttpResponse:
    """Check what was typed, add photographs, and send it."""
    at = timezone.now()
    council = council_of(request, authority)
    kept = kept_in(request, council, at)
    if kept is None:
        return sent_before(request, council)
    kept.key = key_in_header(request) or kept.key
    if request.method == "POST":
        say_if_lost(request, council, kept)
    form = SendReport(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and not missing(kept.known):
        contact = try_to_send(request, form, council, kept, at)
        if contact is not None:
            return let_go(receipt_of(council, contact), council)
    return to_check(request, council, kept, form)


def key_in_header(request: HttpRequest) -> str:
    """The key a program gives this submission by the header Idempotency-Key; empty if there is none, or no UUID."""
    try:
        return UUID(request.headers.get("Idempotency-Key", "")).hex
    except ValueError:
        return ""


def try_to_send(request: HttpRequest, form: SendReport, council: Authority, kept: Kept, at: datetime) -> Contact | None:
    """Send it; where it is refused, say why on the form and keep everything."""
    try:
        contact, said = send_report(council, kept, form.cleaned_data["photographs"], at)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    for words in said:
        messages.warning(request, words)
    return contact


def send_report(council: Authority, kept: Kept, files: list[UploadedFile], at: datetime) -> tuple[Contact, list[str]]:
    """Receive the report with its photographs and its receipt by e-mail, all or nothing; then forget the draft. What
    is to be said of files that were not taken as they came comes with it: they keep no report back."""
    by = Actor.public(council.pk)
    known = kept.known
    said: list[str] = []
    with transaction.atomic():
        contact = receive(
            council,
            pathway="adults",
            channel="web",
            form="public",
            answers=receipt(known),
            idempotency_key=kept.key,
            received_at=at,
            by=by,
            at=at,
            **facts(known),
        )
        if contact.recorded_at == at:
            said = take_files(contact, files, _("Sent with the report"), by, at)
            write_receipt(council, contact, known.get("safe_ways", []), known.get("email", ""), at)
    transaction.on_commit(partial(forget, kept), robust=True)
    return contact, said


def write_receipt(council: Authority, contact: Contact, safe_ways: list[str], email: str, at: datetime) -> None:
    """Write to the person, only where they said that e-mail is safe; nothing in it tells what it is about (PR-07)."""
    if "email" not in safe_ways or not email:
        return
    facts_of_it = {"authority": council, "reference": contact.reference, "phone": desk_now(council, at).phone}
    send(
        channel="email",
        to_address=email,
        subject=_("Your message %(reference)s") % {"reference": contact.reference},
        body=render_to_string("adults/public_receipt_email.txt", facts_of_it),
        purpose="receipt",
        authority_id=council.pk,
        contact_id=contact.pk,
        at=at,
    )


def sent_before(request: HttpRequest, council: Authority) -> HttpResponse:
    """Nothing is kept here: the receipt, if the button was pressed again after it was sent; else the first page."""
    key = posted_key(request)
    if key is not None:
        wall.name(key.hex)
    contact = key and Contact.objects.filter(authority=council, idempotency_key=key.hex).first()
    return receipt_of(council, contact) if contact else shown(request, council, "nothing_kept")


def to_check(request: HttpRequest, council: Authority, kept: Kept, form: SendReport) -> HttpResponse:
    """Everything that was typed, each with a way to change it, and the button."""
    lacking = [{"text": text, "href": step_url(council, step)} for step, text in missing(kept.known)]
    asked_again = request.method == "POST"
    return shown(
        request,
        council,
        "check",
        status=NOT_TAKEN if asked_again else 200,
        form=form,
        rows=rows_to_check(council, kept),
        lacking=lacking,
        at_fault=asked_again and bool(lacking),
        key_name=KEY,
        key=UUID(kept.key),
        back_url=step_url(council, steps_for(kept.known)[-1]),
    )


def rows_to_check(council: Authority, kept: Kept) -> list[dict[str, str]]:
    """Each question that was answered; a page on which none was is one row, so that it can still be answered."""
    return [
        {"key": asked, "value": answer, "href": step_url(council, page.step)}
        for page in read_back(kept.known)
        for asked, answer in page.answered or [(page.heading, _("Skipped"))]
    ]


def say_if_lost(request: HttpRequest, council: Authority, kept: Kept) -> None:
    """Make ready what the page shows if the server fails now: everything that was typed, and where to try again."""
    request.failure_page |= {  # type: ignore[attr-defined]
        "typed": [row for page in read_back(kept.known) for row in page.answered],
        "retry_url": reverse("public-check", args=[council.code]),
    }
