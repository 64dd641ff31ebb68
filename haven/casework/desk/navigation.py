"""What every page says around its content: who is signed in, where they may go. No queries."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from haven.casework.access.roles import CASE_READERS, DECIDES, DUTY, ENTERS, FIGURES, GUARDIANS, RESTORES, STAFF
from haven.casework.operations.actor import Actor

ADMINISTERS = ("authority_administrator", "platform_operator")

PLACES = (
    (
        "Work",
        (
            ("My work", "home", STAFF),
            ("My team", "team", CASE_READERS),
            ("Duty desk", "duty", DUTY),
            ("To approve", "approvals", (*CASE_READERS, *GUARDIANS)),
            ("To release", "releases", CASE_READERS),
        ),
    ),
    (
        "Overview",
        (
            ("Manager board", "board", DECIDES),
            ("Figures", "figures", FIGURES),
            ("Guardian", "guardian", (*GUARDIANS, *DECIDES)),
            ("Kept to named people", "kept", DECIDES),
            ("Conflicts of interest", "conflicts", (*DECIDES, *GUARDIANS)),
            ("Quality of records", "quality", (*DECIDES, "performance_analyst", *ADMINISTERS)),
            ("If Haven is down", "continuity", CASE_READERS),
        ),
    ),
    (
        "Start",
        (
            ("Enter a report", "enter-report", ENTERS),
            ("Search", "search", CASE_READERS),
            ("Open in an emergency", "emergency", CASE_READERS),
            ("Read a case for a reason", "open-case", CASE_READERS),
            ("Out of hours", "out-of-hours", ("out_of_hours_worker",)),
            ("As an advocate", "advocacy", ("advocate",)),
        ),
    ),
    ("Accounts", (("People and roles", "administration", ADMINISTERS), ("Let people back in", "restoring", RESTORES))),
    ("Mine", (("What I looked at", "my-looks", STAFF), ("My own details", "my-details", STAFF))),
)
"""The side navigation: heading, then words, name of the page and the roles it is for."""


def around(request: HttpRequest) -> dict[str, Any]:
    """Context for the base pages, on public pages and on staff pages."""
    actor = getattr(request, "actor", None)
    context = {**_authority(request), "service_name": "Haven"}
    if settings.DEMONSTRATION:
        context["phase"] = "Demonstration: no real people"
    if actor is None or not actor.is_user:
        return context
    context["emergency"] = getattr(request, "emergency", None)
    return {**context, **_signed_in(request, actor)}


def _authority(request: HttpRequest) -> dict[str, Any]:
    authority = getattr(request, "authority", None)
    if authority is None:
        return {}
    return {
        "authority_name": authority.name,
        "authority_colour": authority.colour,
        "phone": authority.telephone,
    }


def _signed_in(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    context: dict[str, Any] = {
        "nav": side_navigation(actor, request.path),
        "user_name": actor.name,
        "home_url": reverse("front"),
        "account_url": reverse("account"),
        "sign_out_url": reverse("account_logout"),
    }
    if actor.has_role(*CASE_READERS):
        context["search_url"] = reverse("search")
    return context


def side_navigation(actor: Actor, here: str) -> list[dict[str, Any]]:
    """The places this actor's roles open, under their headings; an empty heading is left out."""
    sections = []
    for heading, places in PLACES:
        items = [_place(text, name, here) for text, name, roles in places if actor.has_role(*roles)]
        items = [item for item in items if item["href"]]
        if items:
            sections.append({"heading": heading, "items": items})
    return sections


def places_for(actor: Actor) -> list[tuple[str, str]]:
    """Where work waits that has no worker of its own yet, for a reader who is the worker of none."""
    waits = {"board", "duty", "team"}
    places = [place for _heading, listed in PLACES for place in listed if place[1] in waits]
    return [(text, _address(name)) for text, name, roles in places if actor.has_role(*roles)]


def _place(text: str, name: str, here: str) -> dict[str, Any]:
    href = _address(name)
    return {"text": text, "href": href, "current": bool(href) and here.startswith(href)}


def _address(name: str) -> str:
    """Where a page is; nowhere, when the pathway that serves it is not installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
