"""People, their roles, invitations, the screen lock and who is to be let back in."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from haven.casework.access.may import may
from haven.casework.access.models import Authority, Invitation, Membership
from haven.casework.access.operations import disabling, invitations, roles, second_steps, settings, unused
from haven.casework.desk.loading import actor_of
from haven.casework.desk.saving import run_or_say, save_or_ask
from haven.casework.operations.refusals import NotAllowed
from haven.casework.operations.versions import version_of
from haven.lib.calendar import day_of
from haven.project.administration import forms
from haven.project.administration.people import (
    administered,
    first_administered,
    in_force,
    people_of,
    person_of,
    sessions_of,
)


def front(request: HttpRequest) -> HttpResponse:
    """Where an administrator begins: their authority; an operator of the service, inviting an administrator."""
    authority = first_administered(request)
    return redirect("administer-people", authority.code) if authority else redirect("invite-administrator")


def people(request: HttpRequest, code: str) -> HttpResponse:
    """The people of the authority, and the invitations that nobody has taken up yet."""
    authority, now = administered(request, code), timezone.now()
    waiting = Invitation.objects.filter(authority=authority, accepted_at=None, revoked_at=None).order_by("invited_at")
    context = {"authority": authority, "people": people_of(authority), "waiting": waiting, "now": now}
    return render(request, "administration/people.html", context)


def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Invite somebody."""
    authority = administered(request, code)
    form = forms.Invite(request.POST or None, authority=authority)
    run, onward = partial(invitations.invite, authority), reverse("administer-people", args=[code])
    done = _("The invitation has been sent. Its link works for seven days.")
    return save_or_ask(request, form, run, onward, "administration/invite.html", {"authority": authority}, done=done)


def invite_administrator(request: HttpRequest) -> HttpResponse:
    """Invite an authority's first administrator."""
    form = forms.InviteAdministrator(request.POST or None)
    done = _("The invitation has been sent. Its link works for seven days.")
    here = reverse("invite-administrator")
    page = "administration/invite_administrator.html"
    return save_or_ask(request, form, _invite_administrator, here, page, {}, done=done)


def _invite_administrator(*, authority: Authority, **answers: Any) -> Invitation:
    return invitations.invite(authority, roles=["authority_administrator"], **answers)


def revoke_invitation(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Take an invitation back."""
    run = partial(invitations.revoke_invitation, _invitation(request, code, pk))
    return run_or_say(request, run, reverse("administer-people", args=[code]), done=_("The invitation is taken back."))


def renew_invitation(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Send an invitation again."""
    run = partial(invitations.renew_invitation, _invitation(request, code, pk))
    done = _("Sent again. The earlier link does not work any more.")
    return run_or_say(request, run, reverse("administer-people", args=[code]), done=done)


def _invitation(request: HttpRequest, code: str, pk: UUID) -> Invitation:
    found = Invitation.objects.filter(authority=administered(request, code), pk=pk).first()
    if found is None:
        raise NotAllowed("We could not find that page.")
    return found


def person(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """One person: their roles, and how their account stands."""
    authority = administered(request, code)
    found, today = person_of(authority, pk), day_of(timezone.now())
    rows = [(held, in_force(held, today)) for held in found.roles]
    closed = found.user.disablings.filter(ended_at=None).select_related("by").first()
    context = {"authority": authority, "person": found, "rows": rows, "closed": closed}
    context = {**context, "own": found.user.pk == actor_of(request).id, "sessions": sessions_of(found.user)}
    context["answers"] = may(actor_of(request), "access.disable_account", found.user)
    return render(request, "administration/person.html", context)


def give_role(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Give somebody else a role."""
    authority = administered(request, code)
    user = person_of(authority, pk).user
    form = forms.GiveRole(request.POST or None, authority=authority, initial={"from_on": day_of(timezone.now())})
    run, onward = partial(roles.give_role, user, authority=authority), _person_url(code, pk)
    context = {"authority": authority, "who": user}
    return save_or_ask(
        request, form, run, onward, "administration/give_role.html", context, done=_("The role is given.")
    )


def end_role(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """End somebody else's role."""
    held = Membership.objects.filter(authority=administered(request, code), pk=pk).first()
    if held is None:
        raise NotAllowed("We could not find that page.")
    run = partial(roles.end_role, held)
    return run_or_say(request, run, _person_url(code, held.user_id), done=_("The role has ended."))


def disable_account(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Disable an account, saying why."""
    authority = administered(request, code)
    user = person_of(authority, pk).user
    run, onward = partial(disabling.disable_account, user), _person_url(code, pk)
    form, context = forms.DisableAccount(request.POST or None), {"authority": authority, "who": user}
    done = _("The account is disabled and signed out everywhere.")
    return save_or_ask(request, form, run, onward, "administration/disable_account.html", context, done=done)


def enable_account(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Open a disabled account again."""
    run = partial(disabling.enable_account, person_of(administered(request, code), pk).user)
    return run_or_say(request, run, _person_url(code, pk), done=_("The account is open again."))


def end_sessions(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Sign somebody out everywhere."""
    run = partial(disabling.end_sessions, person_of(administered(request, code), pk).user)
    return run_or_say(request, run, _person_url(code, pk), done=_("Signed out everywhere."))


def forget_second_step(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Somebody has lost their second step: they set up another when they next sign in."""
    run = partial(second_steps.forget_second_step, person_of(administered(request, code), pk).user)
    done = _("They set up a new second step when they next sign in. Ring them to be sure that it was they who asked.")
    return run_or_say(request, run, _person_url(code, pk), done=done)


def screen_lock(request: HttpRequest, code: str) -> HttpResponse:
    """After how many minutes a screen locks."""
    authority = administered(request, code)
    form = forms.ScreenLock(request.POST or None, initial={"idle_minutes": authority.idle_minutes})
    run, here = partial(settings.set_idle_minutes, authority), reverse("screen-lock", args=[code])
    context = {"authority": authority, "version": version_of(authority)}
    return save_or_ask(request, form, run, here, "administration/screen_lock.html", context, done=_("Saved."))


def restoring(request: HttpRequest) -> HttpResponse:
    """Who asks to be let back in."""
    return render(request, "administration/restoring.html", {"asking": unused.asking(actor_of(request))})


def restore_account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let somebody back in."""
    user = next((each for each in unused.asking(actor_of(request)) if each.pk == pk), None)
    if user is None:
        raise NotAllowed("We could not find that page.")
    run = partial(unused.restore_account, user)
    return run_or_say(request, run, reverse("restoring"), done=_("They can come in now."))


def _person_url(code: str, pk: UUID) -> str:
    return reverse("administer-person", args=[code, pk])
