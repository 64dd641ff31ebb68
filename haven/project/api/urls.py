"""Addresses of the partner API. Each is declared as every address is: whose it is, and by what rule on the object."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from haven.casework.access.routes import declare, page
from haven.casework.access.standing import LOCKED, OPEN, OVER, SECOND_STEP, SUSPENDED
from haven.project.api.failing import answer_as_problems, refused
from haven.project.api.reading import MOST, MOST_WITH_A_FILE, Unreadable, must_be
from haven.project.api.v1 import PREFIX, api

RULES = {"concerns": "own authority"}
"""Of what is new; whatever else it takes or answers is of the caller's own submissions."""

EVERY = (OPEN, SECOND_STEP, LOCKED, SUSPENDED, OVER)
"""A program is known by its token alone: how a session stands that somebody's browser sends along changes nothing."""

answer_as_problems(api)


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """What the API takes and answers, in OpenAPI 3.1."""
    return JsonResponse(document())


def document() -> dict[str, Any]:
    """The OpenAPI document, with where the API is."""
    return dict(api.get_openapi_schema(path_prefix=PREFIX))


def _guarded(view: Callable[..., HttpResponse], *, with_a_file: bool) -> Callable[..., HttpResponse]:
    """What a request must be before any of it is read; without a token it is told that first."""
    media_type, most = ("multipart/form-data", MOST_WITH_A_FILE) if with_a_file else ("application/json", MOST)

    @functools.wraps(view)
    def look_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if request.method == "POST" and "Authorization" in request.headers:
                must_be(request, media_type, most)
        except Unreadable as wrong:
            return refused(request, wrong)
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return look_first


def _addresses() -> list[URLPattern]:
    """One for each path, with all the methods it answers."""
    methods = {where.removeprefix(PREFIX): sorted(each) for where, each in document()["paths"].items()}
    found: dict[str, URLPattern] = {}
    for pattern in api.urls[0]:
        where = str(pattern.pattern)
        shown = where.replace("<", "{").replace(">", "}").replace("str:", "")
        if isinstance(pattern, URLPattern) and where not in found and shown in methods:
            view = _guarded(pattern.callback, with_a_file=where.endswith("attachments"))
            view.methods = [method.upper() for method in methods[shown]]  # type: ignore[attr-defined]
            declared = declare(view, roles="partner", rule=RULES.get(where, "own submissions"), halfway=EVERY)
            found[where] = path(f"api/v1/{where}", declared, name=pattern.name or "")
    return list(found.values())


urlpatterns = [
    path("api/v1/openapi.json", page(openapi, roles="public", halfway=EVERY), name="openapi"),
    *_addresses(),
]
