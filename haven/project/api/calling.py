"""Whose system is calling: by its token, which opens the wall for it, at most a hundred times a second."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from haven.casework.access import wall
from haven.casework.operations.refusals import Refusal
from haven.casework.partners.tokens import Caller, caller_with, count_use


class TooOften(Refusal):
    """The token was used more than a hundred times in this second."""


class NotForThis(Refusal):
    """The token was not issued for this."""


class Token(HttpBearer):
    """A partner's bearer token, issued for a scope."""

    openapi_name = "token"

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The caller; none where the token opens nothing. Whoever else a cookie says is asking, it is not they."""
        at = timezone.now()
        caller = caller_with(token, at)
        if caller is None:
            return None
        if not count_use(caller.token, at):
            raise TooOften("Too many requests in one second. Send it again after the time in Retry-After.")
        if not caller.may(self.scope):
            raise NotForThis("This token was not issued for that. Ask the council for one that was.")
        request.caller, request.actor = caller, caller.actor  # type: ignore[attr-defined]
        wall.open_to_partner(caller.partner.authority_id, caller.partner.pk)
        return caller


def caller_of(request: HttpRequest) -> Caller:
    """Whose system is calling, once its token has been looked at."""
    caller: Caller = request.caller  # type: ignore[attr-defined]
    return caller
