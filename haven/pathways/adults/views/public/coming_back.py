"""Pausing, coming back with the code, deleting what was typed, and asking how far a report has got."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.contacts.models import Contact
from haven.pathways.adults.forms.public.sending import AskStatus, ComeBack
from haven.pathways.adults.views.begun import begun_under, hold_code
from haven.pathways.adults.views.public.kept import forget, hold, kept_in, kept_under, let_go
from haven.pathways.adults.views.public.pages import NOT_TAKEN, council_of, go, sent, shown
from haven.pathways.adults.views.public.steps import place_to_carry_on
from haven.pathways.adults.views.public.tries import count_wrong, too_many_tries

UNREAD = "received"
TOO_MANY = _("Codes that begin like this were tried too often. Wait 15 minutes, or ring us. What you typed is kept.")
NOTHING_OPENS = _("Nothing opens with this code. Check each letter and number. What you typed may be sent, or too old.")


def public_saved(request: HttpRequest, authority: str) -> HttpResponse:
    """Show the code that opens what was typed, for 28 days."""
    council = council_of(request, authority)
    at = timezone.now()
    kept = kept_in(request, council, at)
    if kept is None:
        return go("public-return", council)
    return shown(request, council, "saved", code=kept.code, onward=place_to_carry_on(council, kept, at))


def public_return(request: HttpRequest, authority: str) -> HttpResponse:
    """Open what was typed, by its code; every wrong code gets the same answer."""
    council, at = council_of(request, authority), timezone.now()
    form = ComeBack(sent(request))
    if request.method != "POST" or not form.is_valid():
        return shown(request, council, "return", form=form, not_sent=False)
    return opened_with(form, council, at) or shown(
        request, council, "return", status=NOT_TAKEN, form=form, not_sent=False
    )


def opened_with(form: ComeBack, council: Authority, at: datetime) -> HttpResponse | None:
    """To what the code opens; else the form says why not, never whether there is something under a code like it."""
    code = form.cleaned_data["code"]
    if too_many_tries(council, code):
        form.add_error("code", TOO_MANY)
        return None
    kept = kept_under(code, council, at)
    if kept is not None:
        return hold(redirect(place_to_carry_on(council, kept, at)), council, kept)
    if begun_under(code, council, at) is not None:
        return hold_code(go("professional-form", council), council, code)
    count_wrong(council, code)
    form.add_error("code", NOTHING_OPENS)
    return None


def public_close(request: HttpRequest, authority: str) -> HttpResponse:
    """Take the code from the browser; what was typed still opens with it elsewhere."""
    council = council_of(request, authority)
    if request.method == "POST":
        messages.success(request, _("It is closed here. Your code opens it for 28 days."))
    return let_go(go("public-start", council), council)


def public_forget(request: HttpRequest, authority: str) -> HttpResponse:
    """Delete what was typed and take the code from the browser."""
    council = council_of(request, authority)
    kept = kept_in(request, council, timezone.now())
    if request.method == "POST" and kept is not None:
        forget(kept)
        messages.success(request, _("We have deleted what you typed. Nothing was sent."))
    return let_go(go("public-start", council), council)


def public_status(request: HttpRequest, authority: str) -> HttpResponse:
    """Say of a reference only that it was received, or is being looked at (PR-21, TR-22)."""
    council = council_of(request, authority)
    form = AskStatus(sent(request))
    if request.method != "POST":
        return shown(request, council, "status", form=form, not_sent=False)
    if not form.is_valid():
        return shown(request, council, "status", status=NOT_TAKEN, form=form, not_sent=False)
    reference = form.cleaned_data["reference"]
    looked_at = is_looked_at(council, reference)
    return shown(request, council, "status", form=AskStatus(), reference=reference, looked_at=looked_at, not_sent=False)


def is_looked_at(council: Authority, reference: str) -> bool:
    """Somebody has opened it. A reference nobody gave out answers as one that waits, so that neither is told apart."""
    wall.name(reference)
    return Contact.objects.filter(authority=council, reference=reference).exclude(state=UNREAD).exists()
