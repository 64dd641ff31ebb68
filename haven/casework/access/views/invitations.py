"""Taking up an invitation."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from haven.casework.access.forms.own import ChoosePassword
from haven.casework.access.models import Invitation, User
from haven.casework.access.operations.invitations import LinkDoesNotWork, accept_invitation, invitation_for
from haven.casework.operations.actor import Actor


@never_cache
@sensitive_post_parameters("password", "again")
def accept(request: HttpRequest, link: str) -> HttpResponse:
    """Choose a password and take up the roles; or, with an account already, take them up signed in."""
    try:
        invitation = invitation_for(link, timezone.now())
        return _with_account(request, invitation) if _account(invitation) else _without(request, invitation)
    except LinkDoesNotWork as refused:
        return render(request, "access/link_over.html", {"refused": refused}, status=404)


def _account(invitation: Invitation) -> User | None:
    return User.objects.filter(email__iexact=invitation.email).first()


def _with_account(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Somebody who has an account takes up further roles."""
    theirs = request.user.is_authenticated and request.user.email == invitation.email
    if theirs and request.method == "POST":
        accept_invitation(invitation, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
        return redirect("account")
    return render(request, "access/take_up.html", {"invitation": invitation, "theirs": theirs})


def _without(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """A new account: a password, then straight on to the second step."""
    whose = User(email=invitation.email, name=invitation.name)
    form = ChoosePassword(request.POST or None, whose=whose)
    if request.method != "POST" or not form.is_valid():
        # Never an error's status, whose address is logged: the link still works.
        return render(request, "access/accept_invitation.html", {"invitation": invitation, "form": form})
    by = Actor.public(invitation.authority_id)
    user = accept_invitation(invitation, password=form.cleaned_data["password"], by=by, at=timezone.now())
    record_authentication(request, user, method="password", email=user.email)
    return perform_login(request, Login(user=user, email=user.email))
