"""The page of one's own account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from haven.casework.access.models import Membership
from haven.lib.calendar import day_of


def account(request: HttpRequest) -> HttpResponse:
    """Who I am to Haven: my roles and teams, my password, my second step."""
    held = Membership.objects.on(day_of(timezone.now())).filter(user_id=request.actor.user_id)  # type: ignore[attr-defined]
    roles = held.select_related("authority", "team").order_by("authority__name", "role")
    return render(request, "access/account.html", {"roles": roles})
