"""Inviting somebody, and what stays of it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from haven.casework.access.models import Authority, Invitation, Membership, User
from haven.casework.access.operations.invitations import NoSuchAddress, NotTheirsToGive, invite
from haven.casework.deliveries.carrying import carry_out_waiting
from haven.casework.deliveries.models import Delivery
from haven.casework.events.recording import history_of
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.project.testing.people import actor_of_user, make_user
from haven.project.testing.signing_in import PASSWORD


def link_in(body: str) -> str:
    return re.findall(r"http://localhost:\d+(/accounts/invitation/[^/]+/)", body)[0]


def invited(authority: Authority, by: Actor, **facts: object) -> str:
    given = {"email": "new@example.org", "name": "Noor Proefman", "roles": ["practitioner"], **facts}
    invite(authority, by=by, at=timezone.now(), **given)
    return link_in(Delivery.objects.latest("created_at").body)


def test_an_invitation_makes_an_account_with_its_roles_and_leads_to_the_second_step(authority, teams, linh):
    address = invited(authority, linh, team=teams.north, roles=["practitioner", "advocate"])
    browser = Client()

    assert "Choose a password" in browser.get(address).content.decode()
    answer = browser.post(address, {"password": PASSWORD, "again": PASSWORD})

    user = User.objects.get(email="new@example.org")
    assert answer.status_code == 302 and browser.get("/home").url == "/accounts/set-up/"
    assert set(user.memberships.values_list("role", "team")) == {
        ("practitioner", teams.north.pk), ("advocate", teams.north.pk),
    }  # fmt: skip


def test_the_link_is_kept_as_a_fingerprint_only_and_its_mail_is_blank_once_sent(authority, linh):
    address = invited(authority, linh)
    link = address.split("/")[-2]
    assert link not in str(Invitation.objects.values().get())

    carry_out_waiting(timezone.now())

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.body) == ("sent", "")
    assert link in mail.outbox[0].body
    assert "Eastmere" not in mail.outbox[0].subject


def test_a_link_works_once(authority, linh):
    address = invited(authority, linh)
    Client().post(address, {"password": PASSWORD, "again": PASSWORD})

    again = Client().post(
        address, {"password": "another lantern pebble saddle", "again": "another lantern pebble saddle"}
    )

    assert again.status_code == 404
    assert User.objects.get(email="new@example.org").check_password(PASSWORD)


def test_a_link_is_over_after_seven_days(authority, linh):
    address = invited(authority, linh)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("password", ["short", "password1234", "noorproefman"])
def test_a_bad_password_is_refused_and_the_link_still_works(authority, linh, password):
    address = invited(authority, linh)

    answer = Client().post(address, {"password": password, "again": password})

    assert "There is a problem" in answer.content.decode()
    assert Client().get(address).status_code == 200
    assert not User.objects.filter(email="new@example.org").exists()


def test_somebody_with_an_account_takes_up_more_roles_signed_in_and_no_other_may(
    authority, linh, elsewhere_worker, amara, sign_in
):
    address = invited(authority, linh, email="idris@example.org", roles=["auditor"])

    assert "Sign in" in Client().get(address).content.decode()
    assert "Take it up" not in sign_in(amara).get(address).content.decode()
    sign_in(amara).post(address)
    assert not Membership.objects.filter(role="auditor").exists()
    sign_in(elsewhere_worker).post(address)
    assert Membership.objects.get(role="auditor").user_id == elsewhere_worker.id


def test_nobody_gives_themselves_a_role_by_an_invitation(authority, linh):
    with pytest.raises(NoSuchAddress):
        invited(authority, linh, email="linh@example.org")


@pytest.mark.parametrize("roles", [["platform_operator"], ["public_reporter"], [], ["practitioner", "emperor"]])
def test_an_administrator_gives_only_the_roles_of_an_authority(authority, linh, roles):
    with pytest.raises(NotTheirsToGive):
        invited(authority, linh, roles=roles)


def test_an_administrator_of_one_authority_invites_nobody_to_another(elsewhere, linh):
    with pytest.raises(NotAllowed):
        invited(elsewhere, linh)


def test_the_operator_of_the_service_lets_administrators_in_and_nobody_else(authority, elsewhere):
    marek = actor_of_user(make_user("Marek P", elsewhere, "platform_operator"))

    invited(authority, marek, roles=["authority_administrator"])
    with pytest.raises(NotTheirsToGive):
        invited(authority, marek, roles=["practitioner"])


def test_the_command_invites_an_authoritys_first_administrator(authority, capsys):
    call_command("invite", email="first@example.org", authority="eastmere")

    invitation = Invitation.objects.get()
    assert invitation.roles == ["authority_administrator"]
    assert str(invitation.pk) in capsys.readouterr().out
    with pytest.raises(CommandError, match="Choose roles that you may give"):
        call_command("invite", email="first@example.org", authority="eastmere", role="practitioner")


def test_what_is_recorded_of_an_invitation_names_nobody(authority, linh):
    invited(authority, linh)

    [event] = history_of("access.invitation", Invitation.objects.get().pk)
    assert event.type == "access.invited"
    assert "new@example.org" not in str(event.codes) and "Noor" not in str(event.codes)


def test_an_invitation_sent_again_has_a_new_link_and_one_taken_back_has_none(authority, linh, sign_in):
    address = invited(authority, linh)
    invitation = Invitation.objects.get()
    browser = sign_in(linh)

    browser.post(f"/administration/eastmere/invitations/{invitation.pk}/renew")
    newer = link_in(Delivery.objects.latest("created_at").body)
    assert [Client().get(each).status_code for each in (address, newer)] == [404, 200]
    browser.post(f"/administration/eastmere/invitations/{invitation.pk}/revoke")
    assert Client().get(newer).status_code == 404


def test_a_link_that_still_works_is_in_no_log(authority, linh, capsys):
    address = invited(authority, linh)
    for password in ("short", "password1234", ""):
        Client().get(address)
        Client().post(address, {"password": password, "again": password})

    assert address not in capsys.readouterr().err
