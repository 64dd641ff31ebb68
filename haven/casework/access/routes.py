"""Who may open a page: declared where its address is written, or the build fails (TR-01)."""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from haven.casework.access.roles import STAFF
from haven.casework.operations.refusals import NotAllowed


@dataclass(frozen=True)
class Declared:
    """What an address says of itself: who may come, by what rule on the object, and whether it shows people.

    `not_received`: when the server fails, answer "we have not received this" with what was typed (TR-21).
    `halfway`: states of a session (`access.standing`) in which the page is reached although the session is not open.
    `quiet`: browsers ask for it by themselves, so that asking does not mean that somebody is there.
    """

    roles: tuple[str, ...]
    rule: str = "none"
    personal: bool = False
    not_received: bool = False
    halfway: tuple[str, ...] = ()
    quiet: bool = False


def page(
    view: Callable[..., HttpResponse],
    *,
    roles: str | Iterable[str],
    rule: str = "none",
    personal: bool = False,
    not_received: bool = False,
    halfway: tuple[str, ...] = (),
    quiet: bool = False,
) -> Callable[..., HttpResponse]:
    """Declare who may open this view: `public`, `staff` (everybody with an account) or role codes.

    Somebody not signed in is sent to sign in; somebody without the role is told there is nothing there. No browser or
    proxy keeps a copy of any answer, a public page's included: it may show what somebody typed.
    """
    declared = Declared(_roles(roles), rule, personal, not_received, halfway, quiet)

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if declared.roles != ("public",):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.standing not in halfway and not request.actor.has_role(*declared.roles):  # type: ignore[attr-defined]
                raise NotAllowed("We could not find that page.")
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    guarded.declared = declared  # type: ignore[attr-defined]
    return guarded


def declare(
    view: Callable[..., Any], *, roles: str | Iterable[str], rule: str = "none", halfway: tuple[str, ...] = ()
) -> Callable[..., Any]:
    """Declare a view we did not write (sign-in pages) without guarding it again: it guards itself."""
    view.declared = Declared(_roles(roles), rule, halfway=halfway)  # type: ignore[attr-defined]
    return view


def _roles(roles: str | Iterable[str]) -> tuple[str, ...]:
    if roles == "staff":
        return STAFF
    return (roles,) if isinstance(roles, str) else tuple(roles)
