"""Step-up: a second factor proved again, in this session, a short while ago (TR-04)."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def proved_lately(request: HttpRequest, at: datetime, minutes: int = 5) -> bool:
    """Whether a second factor was proved in this session within so many minutes."""
    since = (at - timedelta(minutes=minutes)).timestamp()
    records = get_authentication_records(request, request.user)
    return any(each.get("method") == "mfa" and each.get("at", 0) >= since for each in records)


def prove_again(request: HttpRequest) -> HttpResponse:
    """To the page that asks for the second factor, and back to where one was."""
    return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
