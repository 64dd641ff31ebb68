"""Addresses of the administrator's pages, of the operator's, and of the page where managers let people back in."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path

from haven.casework.access.permissions import ADMINISTERS, OPERATES
from haven.casework.access.roles import RESTORES
from haven.casework.access.routes import page
from haven.project.administration import partners, sign_ons, views

RULE = "administers the authority"
HERE = "administration/<slug:code>/"
PERSON = f"{HERE}people/<uuid:pk>/"
PARTNER = f"{HERE}partners/<uuid:pk>/"


def _page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    return page(view, roles=ADMINISTERS, rule=RULE)


urlpatterns = [
    path("administration/", page(views.front, roles=(ADMINISTERS, OPERATES)), name="administration"),
    path(
        "administration/first-administrators",
        page(views.invite_administrator, roles=OPERATES),
        name="invite-administrator",
    ),
    path("restoring/", page(views.restoring, roles=RESTORES, rule="works with them"), name="restoring"),
    path(
        "restoring/<uuid:pk>",
        page(views.restore_account, roles=RESTORES, rule="works with them"),
        name="restore-account",
    ),
    path(HERE, _page(views.people), name="administer-people"),
    path(f"{HERE}invite", _page(views.invite), name="invite"),
    path(f"{HERE}invitations/<uuid:pk>/revoke", _page(views.revoke_invitation), name="revoke-invitation"),
    path(f"{HERE}invitations/<uuid:pk>/renew", _page(views.renew_invitation), name="renew-invitation"),
    path(f"{HERE}roles/<uuid:pk>/end", _page(views.end_role), name="end-role"),
    path(f"{HERE}screen-lock", _page(views.screen_lock), name="screen-lock"),
    path(f"{HERE}single-sign-on/", _page(sign_ons.sign_ons), name="sign-ons"),
    path(f"{HERE}single-sign-on/add/<slug:kind>", _page(sign_ons.add_sign_on), name="add-sign-on"),
    path(f"{HERE}single-sign-on/<uuid:pk>", _page(sign_ons.sign_on), name="sign-on"),
    path(f"{HERE}partners/", _page(partners.partners), name="partners"),
    path(f"{HERE}partners/add", _page(partners.add_partner), name="add-partner"),
    path(PARTNER, _page(partners.partner), name="partner"),
    path(f"{PARTNER}issue-token", _page(partners.issue_token), name="issue-token"),
    path(f"{PARTNER}tokens/<uuid:token>/revoke", _page(partners.revoke_token), name="revoke-token"),
    path(f"{PARTNER}told", _page(partners.set_partner_webhook), name="partner-webhook"),
    path(f"{PARTNER}silence", _page(partners.expect_of_partner), name="partner-silence"),
    path(f"{PARTNER}end", _page(partners.end_partner), name="end-partner"),
    path(PERSON, _page(views.person), name="administer-person"),
    path(f"{PERSON}give-role", _page(views.give_role), name="give-role"),
    path(f"{PERSON}disable", _page(views.disable_account), name="disable-account"),
    path(f"{PERSON}enable", _page(views.enable_account), name="enable-account"),
    path(f"{PERSON}end-sessions", _page(views.end_sessions), name="end-account-sessions"),
    path(f"{PERSON}second-step", _page(views.forget_second_step), name="forget-second-step"),
]
