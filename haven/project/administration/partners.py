"""Pages on which an administrator lets partners' systems in, and closes the door to them."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from haven.casework.access.models import Authority
from haven.casework.desk.loading import actor_of
from haven.casework.desk.saving import ask, run_or_say, save_or_ask
from haven.casework.desk.senders import days_of
from haven.casework.operations.refusals import NotAllowed, Refusal
from haven.casework.partners.models import Partner, PartnerToken
from haven.casework.partners.operations import partners as operations
from haven.casework.partners.operations.webhooks import set_webhook
from haven.project.administration.partner_forms import AddPartner, Expected, IssueToken, Webhook
from haven.project.administration.people import administered


def partners(request: HttpRequest, code: str) -> HttpResponse:
    """The partners of the authority whose systems may send."""
    authority, now = administered(request, code), timezone.now()
    found = Partner.objects.filter(authority=authority).order_by("ended_at", "name")
    live = PartnerToken.objects.live(now).filter(partner__authority=authority).select_related("use")
    rows = [(each, [token for token in live if token.partner_id == each.pk]) for each in found]
    return render(request, "administration/partners.html", {"authority": authority, "rows": rows, "now": now})


def add_partner(request: HttpRequest, code: str) -> HttpResponse:
    """Let an agency's system in."""
    authority = administered(request, code)
    run = partial(operations.add_partner, authority)
    form, context = AddPartner(request.POST or None), {"authority": authority, "title": _("Let a partner’s system in")}
    context["submit"] = _("Let it in")
    return save_or_ask(request, form, run, _url_of, "administration/partner_form.html", context, done=_("It may send."))


def partner(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """One partner: its tokens and when each was last used, what came of it each day, where it is told."""
    authority, now = administered(request, code), timezone.now()
    found = partner_of(authority, pk)
    rhythm, days = days_of(actor_of(request), found, now)
    tokens = found.tokens.select_related("use", "issued_by").order_by("-issued_at")
    context = {"authority": authority, "partner": found, "tokens": tokens, "rhythm": rhythm, "days": days, "now": now}
    return render(request, "administration/partner.html", context)


def issue_token(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Issue a token and show it, this once."""
    authority = administered(request, code)
    found, form = partner_of(authority, pk), IssueToken(request.POST or None, partner=partner_of(authority, pk))
    context = {"authority": authority, "partner": found, "title": _("Issue a token"), "submit": _("Issue it")}
    run = partial(operations.issue_token, found)
    return _shown_once(request, form, run, context, _("Token"))


def set_partner_webhook(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Say where the partner's system is told, and show the new secret, this once."""
    authority = administered(request, code)
    found = partner_of(authority, pk)
    form = Webhook(request.POST or None, initial={"webhook_url": found.webhook_url})
    context = {"authority": authority, "partner": found, "title": _("Where it is told"), "submit": _("Save")}
    return _shown_once(request, form, partial(set_webhook, found), context, _("Secret for checking our signature"))


def expect_of_partner(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Say how long the partner is usually silent at most."""
    authority = administered(request, code)
    found = partner_of(authority, pk)
    form = Expected(request.POST or None, initial={"expected_hours": found.expected_hours})
    context = {"authority": authority, "partner": found, "title": _("How long it may be silent"), "submit": _("Save")}
    run, onward = partial(operations.set_expected, found), _url_of(found)
    return save_or_ask(request, form, run, onward, "administration/partner_form.html", context, done=_("Saved."))


def revoke_token(request: HttpRequest, code: str, pk: UUID, token: UUID) -> HttpResponse:
    """A token opens nothing any more."""
    found = partner_of(administered(request, code), pk)
    row = PartnerToken.objects.filter(partner=found, pk=token).first()
    if row is None:
        raise NotAllowed("We could not find that page.")
    run = partial(operations.revoke_token, found, token=row)
    return run_or_say(request, run, _url_of(found), done=_("The token opens nothing any more."))


def end_partner(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Close the door to the partner's system."""
    found = partner_of(administered(request, code), pk)
    run = partial(operations.end_partner, found)
    return run_or_say(request, run, _url_of(found), done=_("The door is closed. What it sent is kept."))


def partner_of(authority: Authority, pk: UUID) -> Partner:
    """A partner of this authority."""
    found = Partner.objects.filter(authority=authority, pk=pk).select_related("authority").first()
    if found is None:
        raise NotAllowed("We could not find that page.")
    return found


def _url_of(found: Partner) -> str:
    return reverse("partner", args=[found.authority.code, found.pk])


def _shown_once(request: HttpRequest, form: Any, run: Any, context: dict[str, Any], label: str) -> HttpResponse:
    """Ask, or do it and show what it gave back: nothing keeps it, and no other page can show it."""
    if request.method != "POST" or not form.is_valid():
        return ask(request, form, "administration/partner_form.html", context)
    try:
        secret = run(**form.answers(), by=actor_of(request), at=timezone.now())
    except NotAllowed:
        raise
    except Refusal as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, str(refusal))
        return ask(request, form, "administration/partner_form.html", context)
    return render(request, "administration/partner_secret.html", {**context, "secret": secret, "label": label})
