"""Signing in, second step, password, sessions: the sign-in package's pages and our own. Nobody signs up (closed)."""

from collections.abc import Iterable

from allauth.account import urls as account
from allauth.mfa import urls as mfa
from allauth.socialaccount.providers.openid_connect import urls as oidc
from allauth.socialaccount.providers.saml import urls as saml
from django.urls import URLPattern, URLResolver, include, path

from haven.casework.access.routes import declare, page
from haven.casework.access.standing import LOCKED, SECOND_STEP, SUSPENDED
from haven.casework.access.views import invitations, own, single_sign_on, unlocking
from haven.casework.access.views.packaged import REPLACED

BEFORE_SIGN_IN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
    "saml_login",
    "saml_acs",
    "saml_finish_acs",
    "saml_metadata",
    "saml_sls",
}
"""Open before anybody is known; every other page here asks for a session by itself."""

SETTING_UP = {
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_reauthenticate",
}
"""Reached by a session without its second step, so that it can be set up or proved."""

OURS = (
    BEFORE_SIGN_IN
    | SETTING_UP
    | {
        "account_change_password",
        "account_set_password",
        "mfa_index",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
    }
)
"""The package's other pages (sign up, change e-mail, log out at the provider) are not served."""

ANY = (SECOND_STEP, LOCKED, SUSPENDED)
OWN = "own account"


def halfway(name: str) -> tuple[str, ...]:
    """In which unfinished states of a session a page of the package is reached."""
    if name == "account_logout":
        return ANY
    return (SECOND_STEP,) if name in SETTING_UP else ()


def declared(patterns: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Those of the package's addresses that we serve, at every depth, each saying who may come."""
    kept: list[URLPattern | URLResolver] = []
    for entry in patterns:
        if isinstance(entry, URLResolver):
            entry.url_patterns[:] = declared(entry.url_patterns)
            kept.append(entry)
        elif entry.name in OURS:
            name = str(entry.name)
            entry.callback = REPLACED.get(name, entry.callback)
            roles = "public" if name in BEFORE_SIGN_IN else "staff"
            declare(entry.callback, roles=roles, rule="none" if roles == "public" else OWN, halfway=halfway(name))
            kept.append(entry)
    return kept


urlpatterns = [
    path("accounts/", page(own.account, roles="staff", rule=OWN), name="account"),
    path("accounts/sessions/<int:pk>/end", page(own.end_session, roles="staff", rule=OWN), name="end-session"),
    path("accounts/sessions/end", page(own.end_other_sessions, roles="staff", rule=OWN), name="end-other-sessions"),
    path(
        "accounts/set-up/", page(own.set_up, roles="staff", rule=OWN, halfway=(SECOND_STEP,)), name="set-up-second-step"
    ),
    path("accounts/unlock/", page(unlocking.unlock, roles="staff", rule=OWN, halfway=(LOCKED,)), name="unlock"),
    path(
        "accounts/screen/",
        page(unlocking.screen, roles="staff", rule=OWN, halfway=(LOCKED,), quiet=True),
        name="screen",
    ),
    path(
        "accounts/asleep/",
        page(own.ask_restoring, roles="staff", rule=OWN, halfway=(SUSPENDED,)),
        name="ask-restoring",
    ),
    path("accounts/your-council/", page(single_sign_on.choose, roles="public"), name="single-sign-on"),
    path(
        "accounts/invitation/<str:link>/",
        page(invitations.accept, roles="public", rule="holds the link"),
        name="accept-invitation",
    ),
    path("accounts/", include(declared(account.urlpatterns))),
    path("accounts/2fa/", include(declared(mfa.urlpatterns))),
    path("accounts/", include(declared(oidc.urlpatterns))),
    path("accounts/", include(declared(saml.urlpatterns))),
]
