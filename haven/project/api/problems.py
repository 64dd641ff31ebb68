"""Errors as a program reads them (RFC 9457): what went wrong, that nothing was received, what to do. Never a page."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import add_never_cache_headers

log = logging.getLogger("haven.api")

PREFIX = "/api/"
MEDIA_TYPE = "application/problem+json"

NOT_RECEIVED = "We have NOT received this."
ADVICE = {
    400: f"{NOT_RECEIVED} Check that the request is whole and that it is JSON, then send it again.",
    403: f"{NOT_RECEIVED} This address takes requests with a bearer token alone.",
    404: "There is nothing at this address, or it is not yours.",
    405: "This address does not take that method. See /api/v1/openapi.json.",
    413: f"{NOT_RECEIVED} It is too large.",
    500: f"{NOT_RECEIVED} Send it again with the same Idempotency-Key. If anybody is in danger, ring 999.",
}
KEPT = ("Allow", "Retry-After", "WWW-Authenticate")


def problem(
    status: int, detail: str, *, errors: list[dict[str, str]] | None = None, headers: dict[str, str] | None = None
) -> HttpResponse:
    """An error: `detail` says what to do; `errors` each field and what is wrong with it."""
    body: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    body["detail"] = detail
    if errors:
        body["errors"] = errors
    response = JsonResponse(body, status=status, content_type=MEDIA_TYPE, headers=headers or {})
    add_never_cache_headers(response)
    return response


class ProblemsNotPages:
    """Around every request of the API: whatever fails, before or after its own code, answers as a problem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(PREFIX) or response.status_code < 300:
            return response
        if response.headers.get("Content-Type", "").startswith((MEDIA_TYPE, "application/json")):
            return response
        return _instead_of(response)


def _instead_of(page: HttpResponse) -> HttpResponse:
    """The same failure, as a program reads it. A redirect leads a program nowhere."""
    status = page.status_code if page.status_code >= 400 else 404
    kept = {name: page.headers[name] for name in KEPT if name in page.headers}
    return problem(status, ADVICE.get(status, ADVICE[500 if status >= 500 else 400]), headers=kept)
