"""What every public page says: whose it is, whom to ring now, and that nothing is read until it is sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from haven.casework.access.middleware import request_authority
from haven.casework.access.models import Authority
from haven.pathways.adults.views.public.hours import desk_now

NOT_BROKEN = "\u00a0"
"""Keeps a telephone number on one line."""

NOT_TAKEN = 422
"""The status of a page that asks again because an answer cannot be taken."""


def council_of(request: HttpRequest, code: str) -> Authority:
    """The authority in the address. If the server fails from here on, its page gives the number to ring (TR-21)."""
    council = request_authority(request, code)
    request.failure_page = about_council(council)  # type: ignore[attr-defined]
    return council


def about_council(council: Authority) -> dict[str, Any]:
    """What the base page shows of an authority."""
    desk = desk_now(council, timezone.now())
    return {
        "authority": council,
        "authority_name": council.name,
        "authority_colour": council.colour,
        "home_url": reverse("public-start", args=[council.code]),
        "phone": desk.phone.replace(" ", NOT_BROKEN),
        "desk": desk,
        "phase": _("Demonstration: no real people.") if council.demonstration else "",
        "footer_links": footer(council),
    }


def footer(council: Authority) -> list[dict[str, str]]:
    """Where else to go from any page."""
    links = [
        (_("Someone is in danger now"), "public-danger"),
        (_("Help to tell us"), "public-help"),
        (_("Come back to what you typed"), "public-return"),
        (_("Ask about a report"), "public-status"),
        (_("Read our messages"), "public-messages"),
    ]
    return [{"text": text, "href": reverse(name, args=[council.code])} for text, name in links]


def shown(request: HttpRequest, council: Authority, page: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Show a public page. No browser keeps a copy: the Back button must not show what was typed to the next person."""
    known = getattr(request, "failure_page", None) or about_council(council)
    response = render(request, f"adults/public_{page}.html", {**known, **context}, status=status)
    add_never_cache_headers(response)
    return response


def sent(request: HttpRequest) -> Any:
    """What a form was sent with: something even where every question was skipped; nothing where it is only shown."""
    return request.POST if request.method == "POST" else None


def go(name: str, council: Authority, *more: str) -> HttpResponse:
    """Go to another public page."""
    return redirect(name, council.code, *more)
