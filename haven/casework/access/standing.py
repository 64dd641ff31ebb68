"""What a signed-in session may reach just now: everything, or only the pages that lead there.

A session is `locked` after the authority's idle minutes without anybody there, and twelve hours after signing in
(PR-25); until its second step is done it is in `second_step`; an account not used for long is `suspended`.
"""

from datetime import datetime, timedelta

from django.contrib.auth import logout
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from haven.casework.access.keeping import keep_typed
from haven.casework.access.models import Membership, User
from haven.casework.access.second_step import has_second_step, second_step_done
from haven.casework.access.signed_in import account_of
from haven.lib.calendar import day_of

OPEN, SECOND_STEP, LOCKED, SUSPENDED, OVER = "open", "second_step", "locked", "suspended", "over"

ABSOLUTE = timedelta(hours=12)
"""After signing in, whatever happens meanwhile, everything is to be proved again (PR-25)."""

TOUCHED_EVERY = timedelta(seconds=30)
"""How often a session is written while somebody works."""

BEGAN, ACTIVE, IS_LOCKED, IDLE = "began_at", "active_at", "locked", "idle_minutes"


def standing_of(request: HttpRequest, at: datetime) -> str:
    """In what state this session is at the moment."""
    session, done = request.session, second_step_done(request)
    if BEGAN not in session:
        begin(request, at)
    if session.get(IS_LOCKED) or left(request, at) <= timedelta(0):
        return LOCKED if done else OVER
    if not done:
        return SECOND_STEP
    return SUSPENDED if account_of(request).suspended_at else OPEN


def left(request: HttpRequest, at: datetime) -> timedelta:
    """How long until the session locks, if nobody does anything."""
    session, now = request.session, at.timestamp()
    idle = session[ACTIVE] + 60 * session[IDLE] - now
    return timedelta(seconds=min(idle, session[BEGAN] + ABSOLUTE.total_seconds() - now))


def begin(request: HttpRequest, at: datetime) -> None:
    """The session begins, or everything was proved again: the twelve hours run from here."""
    request.session[BEGAN] = at.timestamp()
    request.session.pop(IS_LOCKED, None)
    touch(request, at)


def touch(request: HttpRequest, at: datetime) -> None:
    """Somebody is there. Reads afresh how long an idle screen stays open: the shortest of the person's authorities."""
    held = Membership.objects.on(day_of(at)).filter(user_id=account_of(request).pk)
    request.session[IDLE] = held.aggregate(least=Min("authority__idle_minutes"))["least"] or 15
    request.session[ACTIVE] = at.timestamp()


def lock(request: HttpRequest) -> None:
    """Lock the session at once: its person has walked away, or pressed the button."""
    request.session[IS_LOCKED] = True


def stops(request: HttpRequest, halfway: tuple[str, ...], quiet: bool, at: datetime) -> HttpResponse | None:
    """The one gate: lead elsewhere, or None where the page may be reached in the session's state.

    `halfway` lists the states in which the page is reached although the session is not open; `quiet` is a page that a
    browser asks for by itself.
    """
    standing = standing_of(request, at)
    request.standing = standing  # type: ignore[attr-defined]
    if standing == OPEN:
        _there(request, quiet, at)
        return None
    return None if standing in halfway else _lead(request, standing, at)


def _there(request: HttpRequest, quiet: bool, at: datetime) -> None:
    if not quiet and at.timestamp() - request.session[ACTIVE] >= TOUCHED_EVERY.total_seconds():
        touch(request, at)
    user, today = account_of(request), day_of(at)
    if user.last_used_on != today:
        User.objects.filter(pk=user.pk).update(last_used_on=today, unused_warned=0)


def _lead(request: HttpRequest, standing: str, at: datetime) -> HttpResponse:
    """To the page that leads on from this state; what was typed is kept for its person alone."""
    kept = keep_typed(request, at) if standing == LOCKED else False
    if request.headers.get("HX-Request") or "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(status=401)
    onward = request.get_full_path() if kept or request.method in ("GET", "HEAD") else ""
    if standing == OVER:
        logout(request)
    if standing == SECOND_STEP:
        return redirect("mfa_reauthenticate" if has_second_step(request.user) else "set-up-second-step")
    where = {LOCKED: "unlock", SUSPENDED: "ask-restoring", OVER: "account_login"}[standing]
    return redirect(f"{reverse(where)}?{urlencode({'next': onward})}" if onward else where)
