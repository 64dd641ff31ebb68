"""The pages of one's own account: roles, second step, where one is signed in, asking to be let back in."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haven.casework.access.models import Membership
from haven.casework.access.operations import disabling, unused
from haven.casework.access.second_step import has_second_step
from haven.casework.access.signed_in import account_of, signed_in_places
from haven.lib.calendar import day_of


def account(request: HttpRequest) -> HttpResponse:
    """Who I am to Haven: my roles and teams, my password, my second step, where I am signed in."""
    held = Membership.objects.on(day_of(timezone.now())).filter(user_id=request.actor.user_id)  # type: ignore[attr-defined]
    roles = held.select_related("authority", "team").order_by("authority__name", "role")
    places = signed_in_places(account_of(request), request.session.session_key)
    return render(request, "access/account.html", {"roles": roles, "places": places})


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of my sessions."""
    run = partial(disabling.end_session, account_of(request), session_id=pk)
    run(by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    messages.success(request, _("Signed out there."))
    return redirect("account")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all my sessions but this one."""
    run = partial(disabling.end_sessions, account_of(request), but=request.session.session_key)
    run(by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    messages.success(request, _("Signed out everywhere but here."))
    return redirect("account")


def set_up(request: HttpRequest) -> HttpResponse:
    """Choose a second step; nothing else is reached before there is one."""
    if has_second_step(request.user):
        return redirect("mfa_index")
    return render(request, "access/set_up.html")


def ask_restoring(request: HttpRequest) -> HttpResponse:
    """My account was not used for long: ask to be let back in. There is nothing else on this page."""
    user = account_of(request)
    if not user.suspended_at:
        return redirect("front")
    if request.method == "POST":
        unused.ask_restoring(user, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
        return redirect("ask-restoring")
    return render(request, "access/ask_restoring.html", {"asked": user.restore_asked_at})
