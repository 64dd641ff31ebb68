"""The sign-in package's pages that we change a little.

Setting up a second step also proves it; the last second step stays; what an identity provider signed is always checked.
"""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import PasswordResetFromKeyView
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from allauth.socialaccount.providers.saml.views import FinishACSView
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from requests import RequestException

from haven.casework.access.devices import know_device
from haven.casework.access.views.single_sign_on import not_signed_on

SPENT_FOR = 24 * 60 * 60
"""Seconds for which a signed answer of a provider is remembered as used: longer than any is valid."""


class ActivateApp(ActivateTOTPView):
    """Setting up an authenticator app takes a code from it: the second step of this session is done."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.TOTP)
        return response


class AddPasskey(AddWebAuthnView):
    """Making a passkey proves that it is there."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.WEBAUTHN)
        return response


class RemovePasskey(RemoveWebAuthnView):
    """Not the last second step."""

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, get_adapter().error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        response: HttpResponse = super().form_valid(form)
        return response


class CheckedOpenID(OpenIDConnectOAuth2Adapter):
    """An ID token is always there, its signature is always checked, and it is about whom the user information is."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        decoded: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return decoded

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **known: Any) -> SocialLogin:
        login = super().complete_login(request, app, token, **known)
        said = login.account.extra_data
        if not said.get("id_token") or said["id_token"].get("sub") != said.get("userinfo", {}).get("sub"):
            raise OAuth2Error("no ID token, or one about somebody else")
        return login


class ChosenByMail(PasswordResetFromKeyView):
    """Whoever chose a new password through the link in their e-mail has shown that this device is theirs."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        know_device(self.request, response, self.reset_user.email)
        return response


def openid_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider."""
    return _openid(request, OAuth2LoginView, provider_id)


def openid_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    return _openid(request, OAuth2CallbackView, provider_id)


def _openid(request: HttpRequest, view: Any, provider_id: str) -> HttpResponse:
    try:
        response: HttpResponse = view.adapter_view(CheckedOpenID(request, provider_id))(request)
    except (SocialApp.DoesNotExist, RequestException, OAuth2Error, KeyError, ValueError):
        return not_signed_on(request)
    return response


class AnsweredOnce(SAMLProvider):
    """A provider each of whose signed answers is taken once, and which says how it asked who is there."""

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> SocialLogin:
        spent = f"saml:{self.app.provider_id}:{response.get_last_assertion_id()}"
        if not cache.add(spent, "spent", SPENT_FOR):
            raise ImmediateHttpResponse(not_signed_on(request))
        return super().sociallogin_from_response(request, response)

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        return {"contexts": list(data.get_last_authn_contexts())}


class FinishSAML(FinishACSView):
    """Back from a SAML provider; everything that is wrong is answered alike."""

    def get_provider(self, organization_slug: str) -> AnsweredOnce:
        return AnsweredOnce(self.request, app=self.get_app(organization_slug))

    def dispatch(self, request: HttpRequest, organization_slug: str) -> HttpResponse:
        try:
            response: HttpResponse = super().dispatch(request, organization_slug)
        except (PermissionDenied, KeyError, ValueError):
            return not_signed_on(request)
        return response


def no_shared_sign_out(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """A provider may name this address, but nobody is signed out of Haven by a link from elsewhere."""
    return redirect("account_login")


REPLACED: dict[str, Any] = {
    "account_reset_password_from_key": ChosenByMail.as_view(),
    "mfa_activate_totp": ActivateApp.as_view(),
    "mfa_add_webauthn": AddPasskey.as_view(),
    "mfa_remove_webauthn": RemovePasskey.as_view(),
    "openid_connect_login": openid_login,
    "openid_connect_callback": openid_callback,
    "saml_sls": no_shared_sign_out,
    "saml_finish_acs": FinishSAML.as_view(),
}
"""By the name of the address."""
