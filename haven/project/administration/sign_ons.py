"""Pages on which an administrator configures single sign-on."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from haven.casework.access.models import Authority, SingleSignOn
from haven.casework.access.operations import single_sign_on as operations
from haven.casework.desk.saving import save_or_ask
from haven.casework.operations.refusals import NotAllowed
from haven.casework.operations.versions import version_of
from haven.design.forms import GovForm
from haven.project.administration.forms import FORMS
from haven.project.administration.people import administered

SAID = ("name", "issuer", "client_id", "sign_in_url", "certificate", "vouches", "enabled")


def sign_ons(request: HttpRequest, code: str) -> HttpResponse:
    """The ways in that this authority has of its own."""
    authority = administered(request, code)
    found = SingleSignOn.objects.filter(authority=authority).order_by("name")
    return render(request, "administration/sign_ons.html", {"authority": authority, "found": found})


def add_sign_on(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Add one."""
    authority = administered(request, code)
    if kind not in FORMS:
        raise NotAllowed("We could not find that page.")
    run = partial(operations.add_single_sign_on, authority, kind=kind)
    return _ask(request, authority, FORMS[kind](request.POST or None), run, None)


def sign_on(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Change one."""
    authority = administered(request, code)
    found = SingleSignOn.objects.filter(authority=authority, pk=pk).select_related("authority").first()
    if found is None:
        raise NotAllowed("We could not find that page.")
    shown = {name: getattr(found, name) for name in SAID}
    shown.update(domains="\n".join(found.domains), second_step="\n".join(found.second_step))
    form = FORMS[found.kind](request.POST or None, initial=shown)
    return _ask(request, authority, form, partial(operations.save_single_sign_on, found), found)


def _ask(
    request: HttpRequest, authority: Authority, form: GovForm, run: Callable[..., Any], found: SingleSignOn | None
) -> HttpResponse:
    onward = reverse("sign-ons", args=[authority.code])
    context: dict[str, Any] = {"authority": authority, "found": found, "addresses": _addresses(request, found)}
    context["version"] = version_of(found)
    return save_or_ask(request, form, run, onward, "administration/sign_on.html", context, done=_("Saved."))


def _addresses(request: HttpRequest, found: SingleSignOn | None) -> list[tuple[str, str]]:
    """What the provider is told of Haven."""
    if found is None:
        return []
    told = {_("Entity identifier and metadata"): "saml_metadata", _("Assertion consumer service"): "saml_acs"}
    if found.kind == SingleSignOn.Kind.OIDC:
        told = {_("Redirect address"): "openid_connect_callback"}
    return [(words, request.build_absolute_uri(reverse(name, args=[found.slug]))) for words, name in told.items()]
