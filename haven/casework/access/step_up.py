"""Step-up: before something grave, the person proves again that it is them (TR-04).

if not proved_lately(request, timezone.now()):
    return prove_again(request)
"""

from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode

from haven.casework.access.keeping import keep_typed
from haven.casework.access.second_step import strongly_proved_since


def proved_lately(request: HttpRequest, at: datetime, minutes: int = 5) -> bool:
    """A passkey or an authenticator app's code was proved within so many minutes, in this session."""
    return strongly_proved_since(request, at - timedelta(minutes=minutes))


def prove_again(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor, then come back to this page; what was typed into it comes back with it."""
    keep_typed(request, timezone.now())
    methods = get_adapter().get_reauthentication_methods(request.user)
    where = methods[0]["url"] if methods else "mfa_index"
    return redirect(f"{where}?{urlencode({'next': request.get_full_path()})}" if methods else where)
