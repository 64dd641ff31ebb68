"""The professional form for those outside, and its receipt. No sign-in (PR-09)."""

import json
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from haven.casework.access import wall
from haven.casework.access.middleware import request_authority
from haven.casework.access.models import Authority
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.design.moments import clock_in_words
from haven.pathways.adults.forms.professional import PROVIDERS, ProfessionalForm
from haven.pathways.adults.forms.whole_report import WholeReport
from haven.pathways.adults.views.begun import begun_under, code_in, forget_begun, hold_code, keep_begun
from haven.pathways.adults.views.public.hours import desk_now
from haven.pathways.adults.views.public.receipts import what_happens_next
from haven.pathways.adults.views.receipt import receipt_pdf
from haven.pathways.adults.views.sending import context_of, keep_files, sent

SENDER, SENDER_SALT = "haven_sender", "professional sender"
RECEIPT_SALT = "professional receipt"
REMEMBERED = ("source_code", "name", "role", "organisation", "email", "telephone", "manager")
A_YEAR, A_DAY = timedelta(days=365), timedelta(days=1)


@require_http_methods(["GET", "POST"])
def professional_form(request: HttpRequest, authority: str) -> HttpResponse:
    """One page: tell us about an adult, or several, as a professional."""
    place, at = place_of(request, authority), timezone.now()
    if request.POST.get("keep"):
        return keep_for_later(request, place, at)
    code = code_in(request)
    begun = begun_under(code, place, at) if request.method == "GET" else None
    report = WholeReport(ProfessionalForm, *given_in(request, begun), initial=remembered(request))
    kept = keep_files(request, report, place)
    contact = sent(request, report, place, channel="web")
    if contact is None:
        return asked(request, place, report, files=kept, code=code if begun else "")
    transaction.on_commit(partial(forget_begun, code), robust=True)
    token = signing.dumps(str(contact.pk), salt=RECEIPT_SALT)
    answer = redirect(reverse("professional-receipt", args=[place.code, token]))
    return hold_code(remember(answer, report, place), place, "")


def given_in(request: HttpRequest, begun: QueryDict | None) -> tuple[Any, Any]:
    """What the form is drawn from: what was sent now, or begun before."""
    return (request.POST, request.FILES) if request.method == "POST" else (begun, None)


def asked(request: HttpRequest, place: Authority, report: WholeReport, *, files: Any, code: str = "") -> HttpResponse:
    """The page of the form, with the code of what was kept of it."""
    page = {**public_context(place), **context_of(report, files), "public_url": f"/{place.code}/", "code": code}
    return render(request, "adults/professional_form.html", page, status=422 if report.faults() else 200)


def keep_for_later(request: HttpRequest, place: Authority, at: datetime) -> HttpResponse:
    """Keep what was typed under a code, or throw it away; said in a line where the page asks while somebody types."""
    if request.POST["keep"] == "nothing":
        forget_begun(code_in(request))
        return hold_code(redirect("professional-form", place.code), place, "")
    report = WholeReport(ProfessionalForm, request.POST)
    code = keep_begun(request, report, place, at)
    if request.POST["keep"] != "now":
        return hold_code(asked(request, place, report, files=[], code=code), place, code)
    facts = {"clock": clock_in_words(at), "code": code}
    said = _("Kept at %(clock)s under the code %(code)s. We cannot read it until you send it.") % facts
    return hold_code(JsonResponse({"said": said}), place, code) if code else JsonResponse({"said": ""})


@require_GET
def professional_receipt(request: HttpRequest, authority: str, token: str) -> HttpResponse:
    """The reference, shown only once the report is kept; what happens next; what a provider must do."""
    place = place_of(request, authority)
    contact = contact_of(place, token)
    page = {**public_context(place), "contact": contact, "token": token, "not_sent": False}
    page |= {"is_provider": contact.referrer.source_code in PROVIDERS, **what_happens_next(place, contact)}
    return render(request, "adults/professional_receipt.html", page)


@require_GET
def professional_receipt_pdf(request: HttpRequest, authority: str, token: str) -> HttpResponse:
    """The same receipt to keep: who told us and when, and no fact about anyone."""
    place = place_of(request, authority)
    contact = contact_of(place, token)
    headers = {"Content-Disposition": f'attachment; filename="{contact.reference}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(receipt_pdf(contact, place), content_type="application/pdf", headers=headers)


def place_of(request: HttpRequest, code: str) -> Authority:
    """The authority in the address. Whoever is signed in, here or elsewhere, tells us as anybody outside does."""
    place = request_authority(request, code)
    request.actor = Actor.public(place.pk)  # type: ignore[attr-defined]
    return place


def contact_of(place: Authority, token: str) -> Contact:
    """The report behind a receipt's address; the address is good for a day."""
    try:
        pk = signing.loads(token, salt=RECEIPT_SALT, max_age=A_DAY)
    except signing.BadSignature as bad:
        raise NotAllowed("This receipt can no longer be shown.") from bad
    wall.hold(pk)
    contact = Contact.objects.select_related("referrer").filter(pk=pk, authority=place).first()
    if contact is None:
        raise NotAllowed("This receipt can no longer be shown.")
    return contact


def remembered(request: HttpRequest) -> dict[str, Any]:
    """What this computer was asked to remember of the sender."""
    kept: Any = request.get_signed_cookie(SENDER, default="", salt=SENDER_SALT)
    return {**json.loads(kept), "remember": True} if kept else {}


def remember(answer: HttpResponse, report: WholeReport, place: Authority) -> HttpResponse:
    """Keep the sender's details in a signed cookie where they asked for it; forget them where they did not."""
    given, path = report.form.cleaned_data, reverse("professional-form", args=[place.code])
    if given.get("remember"):
        details = json.dumps({name: given.get(name) or "" for name in REMEMBERED})
        answer.set_signed_cookie(
            SENDER, details, salt=SENDER_SALT, max_age=A_YEAR, path=path,
            secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
        )  # fmt: skip
    else:
        answer.delete_cookie(SENDER, path=path)
    return answer


def public_context(place: Authority) -> dict[str, Any]:
    """What the public page's frame says of the authority, and whether its desk reads now (PR-01)."""
    desk = desk_now(place, timezone.now())
    return {
        "authority": place,
        "authority_name": place.name,
        "authority_colour": place.colour,
        "phone": desk.phone,
        "desk": desk,
        "home_url": f"/{place.code}/",
    }
