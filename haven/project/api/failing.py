"""What the API answers when something is refused or fails. An answer of 400 or more undoes all of its transaction."""

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from haven.casework.contacts.arriving import KeyUsedForAnotherBody
from haven.casework.operations.refusals import NotAllowed, Refusal
from haven.casework.partners.once import KeyUsedForAnotherRequest
from haven.project.api.calling import NotForThis, TooOften
from haven.project.api.problems import ADVICE, NOT_RECEIVED, problem
from haven.project.api.reading import Unreadable

log = logging.getLogger("haven.api")

STATUS: dict[type[Refusal], int] = {
    NotAllowed: 404,
    NotForThis: 403,
    TooOften: 429,
    KeyUsedForAnotherRequest: 409,
    KeyUsedForAnotherBody: 409,
}
"""Refusal → status; any other is 422: what was sent cannot be taken as it is."""

WHO = {"WWW-Authenticate": 'Bearer realm="Haven"'}
SAID_OTHERWISE = {"extra_forbidden": "is not known here", "missing": "is needed"}
AROUND = ("body", "query", "path", "file", "form", "concern", "count")


def answer_as_problems(api: NinjaAPI) -> None:
    """Make the API answer each kind of trouble as a problem."""
    api.add_exception_handler(AuthenticationError, _not_known)
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(ValidationError, _faults)
    api.add_exception_handler(Http404, _not_there)
    api.add_exception_handler(Refusal, refused)
    api.add_exception_handler(Exception, _failed)


def refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    """A refusal, in its own words; what is not the caller's is not there."""
    if isinstance(refusal, Unreadable):
        errors = [{"field": refusal.field, "message": str(refusal)}] if refusal.field else None
        return problem(refusal.status, str(refusal), errors=errors)
    if isinstance(refusal, NotAllowed):
        return _not_there(request, refusal)
    status = next((status for kind, status in STATUS.items() if isinstance(refusal, kind)), 422)
    said = str(refusal) if NOT_RECEIVED in str(refusal) else f"{NOT_RECEIVED} {refusal}"
    return problem(status, said, headers={"Retry-After": "1"} if status == 429 else None)


def _not_known(request: HttpRequest, wrong: Any) -> HttpResponse:
    words = f"{NOT_RECEIVED} Send a token that is in force as Authorization: Bearer. If yours is over, ask the council."
    return problem(401, words, headers=WHO)


def _unreadable(request: HttpRequest, wrong: Any) -> HttpResponse:
    if isinstance(wrong.__cause__, Unreadable):
        return refused(request, wrong.__cause__)
    return problem(wrong.status_code, ADVICE.get(wrong.status_code, ADVICE[400]))


def _not_there(request: HttpRequest, wrong: Any) -> HttpResponse:
    return problem(404, ADVICE[404])


def _faults(request: HttpRequest, wrong: Any) -> HttpResponse:
    """Every field and what is wrong with it. What was sent is never said back: an error may end in a log."""
    errors = [{"field": _field(fault["loc"]), "message": _message(fault)} for fault in wrong.errors]
    return problem(422, f"{NOT_RECEIVED} Put right what `errors` lists and send it again.", errors=errors)


def _field(place: tuple[Any, ...]) -> str:
    parts = [str(part) for part in place]
    while parts and parts[0] in AROUND:
        parts.pop(0)
    return ".".join(part[:40] for part in parts if part.isprintable()) or "body"


def _message(fault: dict[str, Any]) -> str:
    if fault["type"] in SAID_OTHERWISE:
        return SAID_OTHERWISE[fault["type"]]
    words: str = fault["msg"].removeprefix("Value error, ")
    return words


def _failed(request: HttpRequest, wrong: Any) -> HttpResponse:
    log.error("the API failed: %s", type(wrong).__name__, exc_info=wrong)
    return problem(500, ADVICE[500])
