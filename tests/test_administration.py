"""The administrator's pages: people, roles, accounts, the screen lock."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from haven.casework.access.models import Disabling, Membership, User
from haven.casework.access.operations.roles import RoleRefused, end_role, give_role
from haven.casework.events.recording import history_of
from haven.casework.operations.refusals import NotAllowed
from haven.project.testing.people import TUESDAY, actor_of_user, make_user
from haven.project.testing.signing_in import PASSWORD, with_password_and_app

PEOPLE = "/administration/eastmere/"


@pytest.fixture
def browser(linh, sign_in):
    return sign_in(linh)


def of(user_id, page: str = "") -> str:
    return f"{PEOPLE}people/{user_id}/{page}"


def test_people_are_listed_with_what_they_hold_and_how_their_account_stands(browser, amara, desmond, elsewhere_worker):
    User.objects.filter(pk=desmond.id).update(is_active=False)
    page = browser.get(PEOPLE).content.decode()

    assert "Amara Okafor" in page and "Duty officer, Safeguarding duty" in page and "Disabled" in page
    assert "Idris" not in page


@pytest.mark.parametrize("address", [PEOPLE, f"{PEOPLE}invite", f"{PEOPLE}screen-lock", f"{PEOPLE}single-sign-on/"])
def test_the_pages_are_for_the_authoritys_own_administrator(address, amara, elsewhere, sign_in, browser):
    other = actor_of_user(make_user("Otto Else", elsewhere, "authority_administrator"))

    assert browser.get(address).status_code == 200
    assert [sign_in(each).get(address).status_code for each in (amara, other)] == [404, 404]


def test_an_administrator_sees_no_case(browser, case):
    assert browser.get(f"/cases/{case.reference}/").status_code == 404
    assert browser.get("/duty").status_code == 404
    assert browser.post("/search", {"q": "Joan"}).status_code == 404


def test_a_role_is_given_between_days_and_ended(browser, amara, linh, teams):
    given = {"role": "auditor", "team": str(teams.north.pk), "from_on": "2026-01-05", "until_on": "2099-12-31"}
    browser.post(of(amara.id, "give-role"), given)
    held = Membership.objects.get(user_id=amara.id, role="auditor")
    assert (held.from_on, held.until_on, held.team) == (date(2026, 1, 5), date(2099, 12, 31), teams.north)

    browser.post(f"{PEOPLE}roles/{held.pk}/end")
    held.refresh_from_db()
    assert not Membership.objects.on(timezone.localdate()).filter(pk=held.pk).exists()
    types = {event.type for event in history_of("access.membership", held.pk)}
    assert types == {"access.role_given", "access.role_ended"}


def test_nobody_changes_their_own_roles_or_account(browser, linh):
    own = Membership.objects.get(user_id=linh.id)
    page = browser.get(of(linh.id)).content.decode()
    assert "Another administrator changes your roles" in page and "Disable the account" not in page

    browser.post(of(linh.id, "give-role"), {"role": "manager", "from_on": "2026-01-05"})
    browser.post(f"{PEOPLE}roles/{own.pk}/end")
    browser.post(of(linh.id, "disable"), {"reason": "Holiday"})

    assert list(Membership.objects.filter(user_id=linh.id)) == [own]
    assert User.objects.get(pk=linh.id).is_active


def test_roles_of_another_authority_are_not_theirs_to_give_or_end(linh, amara, elsewhere, elsewhere_worker):
    user = User.objects.get(pk=amara.id)
    with pytest.raises(RoleRefused):
        give_role(user, authority=elsewhere, role="manager", from_on=date(2026, 1, 1), by=linh, at=TUESDAY)
    with pytest.raises(NotAllowed):
        end_role(Membership.objects.get(user_id=elsewhere_worker.id), by=linh, at=TUESDAY)


def test_disabling_needs_a_reason_and_ends_every_session_within_one_request(browser, amara):
    app = with_password_and_app(amara.id)
    theirs = [Client(), Client()]
    for each in theirs:
        each.post("/accounts/login/", {"login": "amara@example.org", "password": PASSWORD})
        each.post("/accounts/2fa/authenticate/", {"code": app.code()})
    assert [each.get("/duty").status_code for each in theirs] == [200, 200]

    assert browser.post(of(amara.id, "disable"), {"reason": "  "}).status_code == 422
    browser.post(of(amara.id, "disable"), {"reason": "Left the council."})

    assert [each.get("/duty").status_code for each in theirs] == [302, 302]
    assert not UserSession.objects.filter(user_id=amara.id).exists()
    assert Disabling.objects.get().reason == "Left the council."
    [event] = history_of("access.user", amara.id)
    assert (event.type, event.codes, bool(event.digest)) == ("access.account_disabled", {"sessions": 2}, True)


def test_a_disabled_account_is_opened_again(browser, amara):
    browser.post(of(amara.id, "disable"), {"reason": "Left the council."})
    browser.post(of(amara.id, "enable"))

    assert User.objects.get(pk=amara.id).is_active
    assert Disabling.objects.get().ended_at is not None


def test_a_lost_second_step_is_set_up_anew_and_the_sessions_end(browser, amara):
    with_password_and_app(amara.id)
    theirs = Client()

    browser.post(of(amara.id, "second-step"))

    assert not Authenticator.objects.filter(user_id=amara.id).exists()
    theirs.post("/accounts/login/", {"login": "amara@example.org", "password": PASSWORD})
    assert theirs.get("/home").url == "/accounts/set-up/"


@pytest.mark.parametrize(("minutes", "saved"), [("5", True), ("30", True), ("4", False), ("31", False), ("0", False)])
def test_a_screen_locks_after_five_to_thirty_minutes(browser, authority, minutes, saved):
    answer = browser.post(f"{PEOPLE}screen-lock", {"idle_minutes": minutes})

    authority.refresh_from_db()
    assert (answer.status_code == 302) is saved
    assert authority.idle_minutes == (int(minutes) if saved else 15)


def test_somebody_of_two_authorities_is_administered_by_both_and_each_gives_its_own_roles(
    browser, authority, elsewhere, elsewhere_worker
):
    Membership.objects.create(
        user_id=elsewhere_worker.id, authority=authority, role="auditor", from_on=date(2020, 1, 1)
    )
    page = browser.get(of(elsewhere_worker.id)).content.decode()

    assert "Auditor" in page and "Safeguarding manager" not in page


def test_a_council_that_somebody_has_left_for_another_touches_their_account_no_more(
    browser, elsewhere_worker, authority
):
    """An administrator of the old council could disable them, sign them out and take away their second step."""
    role = {"authority": authority, "role": "practitioner", "from_on": date(2015, 1, 1)}
    Membership.objects.create(user_id=elsewhere_worker.id, until_on=date(2016, 1, 1), **role)
    with_password_and_app(elsewhere_worker.id)

    answers = [
        browser.post(of(elsewhere_worker.id, page), {"reason": "Left.", "role": "auditor", "from_on": "2026-01-05"})
        for page in ("disable", "second-step", "end-sessions", "give-role")
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert User.objects.get(pk=elsewhere_worker.id).is_active
    assert Authenticator.objects.filter(user_id=elsewhere_worker.id).exists()
    assert "that authority’s" in browser.get(of(elsewhere_worker.id)).content.decode()


def test_somebody_who_has_left_and_works_nowhere_else_is_disabled_by_the_council_they_left(browser, amara):
    Membership.objects.filter(user_id=amara.id).update(until_on=date(2016, 1, 1))

    browser.post(of(amara.id, "disable"), {"reason": "Left the council."})

    assert not User.objects.get(pk=amara.id).is_active
