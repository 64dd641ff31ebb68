"""Single sign-on: an authority's identity provider signs in that authority's own people, and nobody else.

Matched by an address that the provider says is verified (or its authority vouches for), in one of the authority's
domains. Only accounts whose every role is at that authority come in this way: a provider of one authority can then
never open what somebody holds at another. Nobody gets an account by it: they are invited first.
"""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.http import HttpRequest
from django.utils import timezone

from haven.casework.access.models import SingleSignOn
from haven.casework.access.signing_on import app_of, asserted, bound, whose
from haven.casework.access.views.single_sign_on import not_signed_on


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Where the providers are configured, and whom each may sign in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """The enabled ones, made from our own rows as the package wants them; nothing of the package's is stored."""
        found = SingleSignOn.objects.filter(enabled=True)
        if provider in SingleSignOn.Kind.values:
            found = found.filter(kind=provider)
        elif provider:
            found = found.filter(slug=provider)
        apps = [app_of(each) for each in found]
        return [app for app in apps if not client_id or app.client_id == client_id]

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **known: Any) -> None:
        """Whatever went wrong is answered alike."""
        raise ImmediateHttpResponse(not_signed_on(request))

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find whom this is, or refuse: the same answer whatever the reason."""
        configured = SingleSignOn.objects.filter(slug=sociallogin.account.provider, enabled=True).first()
        signing_in = sociallogin.state.get("process", AuthProcess.LOGIN) == AuthProcess.LOGIN
        user = whose(sociallogin, configured, timezone.now()) if configured is not None and signing_in else None
        if configured is None or user is None or not bound(sociallogin, user):
            raise ImmediateHttpResponse(not_signed_on(request))
        sociallogin.user = sociallogin.account.user = user
        request.second_step_asserted = asserted(sociallogin.account.extra_data, configured)  # type: ignore[attr-defined]
        sociallogin.account.extra_data = {}
        sociallogin.account.save()

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Never by the package's own rule: ours is `whose`."""
        return None
