"""Signing in, second factor, password: the sign-in package's own pages, each declared. Nobody signs up (closed)."""

from collections.abc import Iterable

from allauth.account import urls as account
from allauth.mfa import urls as mfa
from django.urls import URLPattern, URLResolver, include, path

from haven.casework.access import views
from haven.casework.access.routes import declare, page

BEFORE_SIGN_IN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
}
"""Open before anybody is known; every other page here asks for a session by itself."""

OURS = BEFORE_SIGN_IN | {
    "account_change_password",
    "account_set_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "mfa_login_webauthn",
}
"""The package's other pages (sign up, change e-mail) are not served: an administrator does those."""


def declared(patterns: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Those of the package's addresses that we serve, at every depth, each saying who may come."""
    kept: list[URLPattern | URLResolver] = []
    for entry in patterns:
        if isinstance(entry, URLResolver):
            entry.url_patterns[:] = declared(entry.url_patterns)
            kept.append(entry)
        elif entry.name in OURS:
            declare(entry.callback, roles="public" if entry.name in BEFORE_SIGN_IN else "staff")
            kept.append(entry)
    return kept


urlpatterns = [
    path("accounts/", page(views.account, roles="staff", rule="own account"), name="account"),
    path("accounts/", include(declared(account.urlpatterns))),
    path("accounts/2fa/", include(declared(mfa.urlpatterns))),
]
