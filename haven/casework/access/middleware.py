"""A request is one transaction: who acts is set, the view runs and renders, the read is written, then it commits."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from haven.casework.access import wall
from haven.casework.access.actors import actor_for
from haven.casework.access.models import Authority
from haven.casework.access.reading import leave
from haven.casework.access.routes import Declared
from haven.casework.access.standing import OPEN, stops
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed, Refusal

log = logging.getLogger("haven.request")

UNTOUCHED = ("/static/", "/healthz", "/readyz", "/metrics")
NOBODY = Actor("public", None, "Somebody not signed in")
KEPT_STATUSES = (422,)
"""An error status whose page shows the record again with its form, and so keeps its read row."""


class RequestTransaction:
    """The transaction around every request, with the second wall opened to what the actor belongs to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(UNTOUCHED):
            return self.get_response(request)
        try:
            with transaction.atomic():
                self.begin(request)
                response = self.get_response(request)
                self.end(request, response)
        except DatabaseError:
            log.exception("the database failed in %s", _route(request))
            response = failed(request)
        return kept_by_nobody(response)

    def begin(self, request: HttpRequest) -> None:
        """Set who acts, for the code and for the database."""
        request.actor = actor_for(request.user, timezone.now()) if request.user.is_authenticated else NOBODY  # type: ignore
        wall.open_for(request.actor)  # type: ignore[attr-defined]

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """The gate: a session that is locked, suspended or without its second step reaches only what leads on."""
        if request.path.startswith(UNTOUCHED) or not request.user.is_authenticated:
            return None
        declared = getattr(view, "declared", Declared(()))
        answer = stops(request, declared.halfway, declared.quiet, timezone.now())
        if request.standing != OPEN:  # type: ignore[attr-defined]
            self.close(request)
        return answer

    def close(self, request: HttpRequest) -> None:
        """Halfway in, somebody has no role and sees no authority's rows."""
        actor: Actor = request.actor  # type: ignore[attr-defined]
        request.actor = Actor(actor.kind, actor.id, actor.name)  # type: ignore[attr-defined]
        wall.open_to([], actor.id)

    def end(self, request: HttpRequest, response: HttpResponse) -> None:
        """Keep what an answered request did, with its read row; undo everything a failed one did."""
        kept = response.status_code in KEPT_STATUSES or getattr(response, "keeps_read", False)
        undone = response.status_code >= 400 and not kept
        declared = _declared(request)
        personal = declared is not None and declared.personal and response.status_code != 302
        leave(request, response, _route(request), is_a_look=personal and not undone)
        if undone:
            transaction.set_rollback(True)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal is an answer, not a fault: said in its own words, and nothing was changed."""
        if isinstance(exception, NotAllowed):
            return render(request, "404.html", status=404)
        if isinstance(exception, Refusal):
            return render(request, "design/refused.html", {"refusal": exception}, status=409)
        declared = _declared(request)
        if declared is not None and declared.not_received:
            log.exception("not received in %s", _route(request), exc_info=exception)
            return failed(request)
        return None


def kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """No browser or proxy keeps a copy of any answer: neither one refused, nor one that failed and shows what was
    typed, nor a page of the sign-in package. One that says so itself says it in its own words."""
    if "no-store" not in response.headers.get("Cache-Control", ""):
        add_never_cache_headers(response)
    return response


def request_authority(request: HttpRequest, code: str) -> Authority:
    """The authority a public address starts with. Whoever reads it, with an account or without, tells it something
    and sees nothing of it; without one they are a public actor."""
    authority = Authority.objects.filter(code=code).first()
    if authority is None:
        raise NotAllowed("We could not find that page.")
    request.authority = authority  # type: ignore[attr-defined]
    if not request.actor.is_user:  # type: ignore[attr-defined]
        request.actor = Actor.public(authority.pk)  # type: ignore[attr-defined]
    wall.open_outside(authority.pk)
    return authority


def failed(request: HttpRequest) -> HttpResponse:
    """The page after a failure: on a form, "we have not received this" with everything that was typed.

    A view says in `request.failure_page` what the page may add without the database: whose it is, whom to ring, what
    was typed on earlier pages.
    """
    declared = _declared(request)
    if declared is None or not declared.not_received:
        return render(request, "500.html", status=500)
    hidden = ("csrfmiddlewaretoken", "idempotency_key", "_key", "_version", "_kept")
    typed = [(name, value) for name, value in request.POST.items() if value and name not in hidden]
    known = {"typed": typed, "authority": getattr(request, "authority", None), **getattr(request, "failure_page", {})}
    return render(request, "design/not_received.html", known, status=503)


def _declared(request: HttpRequest) -> Declared | None:
    match: Any = request.resolver_match
    return getattr(match.func, "declared", None) if match is not None else None


def _route(request: HttpRequest) -> str:
    match: Any = request.resolver_match
    return (match.view_name if match is not None else "") or "unnamed"
