"""Signing in, a new password, an invitation and single sign-on answer alike whether or not there is an account."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from haven.casework.access.models import Invitation, User
from haven.casework.access.operations.invitations import accept_invitation, invite, revoke_invitation
from haven.casework.deliveries.models import Delivery
from haven.project.testing.people import TUESDAY, actor_of_user, make_user
from haven.project.testing.signing_in import PASSWORD, with_password_and_app

ONCE = re.compile(r'(name="(?:csrfmiddlewaretoken|_key)" value=")[^"]*')


def said(answer, email: str = "") -> tuple[int, str, str]:
    """Status, where it leads, and every character of the page, but what is new in each page and what was typed."""
    page = ONCE.sub(r"\1", answer.content.decode())
    return answer.status_code, getattr(answer, "url", ""), page.replace(email, "") if email else page


def asked(address: str, field: str, email: str, **more: str):
    browser = Client()
    return said(browser.post(address, {field: email, **more}), email)


@pytest.fixture
def accounts(amara, priya, desmond, grace):
    """An ordinary account, a disabled one whose password is right, a suspended one, one without a password; nobody."""
    for each in (amara, priya, desmond):
        with_password_and_app(each.id)
    User.objects.filter(pk=priya.id).update(is_active=False)
    User.objects.filter(pk=desmond.id).update(suspended_at=TUESDAY)
    return ["amara@example.org", "priya@example.org", "desmond@example.org", "grace@example.org", "nobody@example.org"]


def test_a_wrong_password_is_answered_alike_for_every_account_and_none(accounts):
    answers = {asked("/accounts/login/", "login", email, password="not that one") for email in accounts}

    assert len(answers) == 1
    assert "The e-mail address or the password is wrong" in answers.pop()[2]


def test_a_right_password_of_a_disabled_account_is_answered_as_a_wrong_one(accounts):
    right = asked("/accounts/login/", "login", "priya@example.org", password=PASSWORD)
    wrong = asked("/accounts/login/", "login", "nobody@example.org", password=PASSWORD)

    assert right == wrong


def test_a_new_password_is_answered_alike_and_mailed_only_where_there_is_an_account(accounts):
    answers = {asked("/accounts/password/reset/", "email", email) for email in accounts}

    assert answers == {(302, "/accounts/password/reset/done/", "")}
    to = set(Delivery.objects.values_list("to_address", flat=True))
    assert to == {"amara@example.org", "desmond@example.org", "grace@example.org"}
    assert said(Client().get("/accounts/password/reset/done/"))[0] == 200


def test_too_many_tries_are_answered_alike(accounts):
    last = set()
    for email in ("amara@example.org", "nobody@example.org"):
        answers = [asked("/accounts/login/", "login", email, password="not that one") for _ in range(6)]
        last.add(answers[-1])

    assert len(last) == 1
    assert "too many wrong tries" in last.pop()[2]


def test_an_administrator_is_not_told_whether_somebody_has_an_account_elsewhere(
    authority, elsewhere_worker, sign_in, grace
):
    linh = make_user("Linh Vi", authority, "authority_administrator")
    browser = sign_in(actor_of_user(linh))
    typed = {"name": "Somebody", "roles": ["practitioner"]}
    answers = {
        said(browser.post("/administration/eastmere/invite", {**typed, "email": email}), email)
        for email in ("idris@example.org", "stranger@example.org")
    }

    assert answers == {(302, "/administration/eastmere/", "")}
    page = browser.get("/administration/eastmere/").content.decode()
    assert page.count("idris@example.org") == page.count("stranger@example.org") == 1


def test_every_link_that_does_not_work_is_answered_alike(authority, db):
    linh = actor_of_user(make_user("Linh Vi", authority, "authority_administrator"))
    links = ["never-was"]
    for n, end in enumerate(("accepted", "revoked", "over")):
        at = TUESDAY - timedelta(days=400 if end == "over" else 0)
        invitation = invite(authority, email=f"new{n}@example.org", name="New", roles=["practitioner"], by=linh, at=at)
        links.append(re.findall(r"/invitation/([^/]+)/", Delivery.objects.latest("pk").body)[0])
        if end == "accepted":
            accept_invitation(invitation, password=PASSWORD, by=linh, at=at)
        if end == "revoked":
            revoke_invitation(invitation, by=linh, at=at)
    Invitation.objects.filter(accepted_at=None, revoked_at=None).update(expires_at=TUESDAY - timedelta(days=393))

    answers = {said(Client().get(f"/accounts/invitation/{link}/"), link) for link in links}

    assert len(answers) == 1
    assert answers.pop()[0] == 404


def test_single_sign_on_asks_only_for_the_ending_of_an_address(accounts):
    answers = {asked("/accounts/your-council/", "email", email) for email in accounts}

    assert len(answers) == 1
