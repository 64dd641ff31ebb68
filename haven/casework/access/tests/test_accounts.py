"""Signing in and one's own account."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from haven.casework.access.models import User
from haven.casework.access.passwords import HardToGuess
from haven.casework.access.sessions import forget_ended_sessions
from haven.casework.access.step_up import proved_lately
from haven.project.testing.signing_in import PASSWORD, with_password_and_app


def sign_in_at(browser: Client, email: str, code: str):
    browser.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return browser.post("/accounts/2fa/authenticate/", {"code": code})


def test_somebody_signs_in_with_their_password_and_a_code_and_out_again(client, amara):
    app = with_password_and_app(amara.id)

    answer = client.post("/accounts/login/", {"login": "AMARA@example.org", "password": PASSWORD})
    assert answer.url == "/accounts/2fa/authenticate/"
    assert client.get("/home").url.startswith("/accounts/login/")

    assert client.post("/accounts/2fa/authenticate/", {"code": app.code()}).url == "/"
    assert client.get("/home").status_code == 200

    client.post("/accounts/logout/")
    assert client.get("/home").status_code == 302


def test_a_code_is_taken_once(client, amara):
    code = with_password_and_app(amara.id).code()
    assert sign_in_at(client, "amara@example.org", code).url == "/"

    again = sign_in_at(Client(), "amara@example.org", code)
    assert again.status_code == 200
    assert "That code is wrong" in again.content.decode()


def test_a_password_alone_leads_to_setting_up_a_second_step_and_nowhere_else(client, amara):
    with_password_and_app(amara.id)
    Authenticator.objects.all().delete()
    client.post("/accounts/login/", {"login": "amara@example.org", "password": PASSWORD})

    assert client.get("/home").url == "/accounts/set-up/"
    assert client.get("/accounts/set-up/").status_code == 200
    assert "Safeguarding duty" not in client.get("/accounts/set-up/").content.decode()


def test_nobody_makes_an_account_for_themselves(client, db):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/accounts/signup/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/accounts/", "/accounts/2fa/", "/accounts/password/change/", "/accounts/2fa/totp/activate/"]
)
def test_the_pages_of_ones_own_account_open_or_ask_for_proof_again(amara, sign_in, address):
    User.objects.get(pk=amara.id)
    assert sign_in(amara, proved_at=timezone.now()).get(address, follow=True).status_code == 200


def test_the_account_page_says_what_i_do_here(amara, sign_in):
    page = sign_in(amara).get("/accounts/").content.decode()

    assert "Duty officer, Safeguarding duty, Eastmere Council" in page


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/", "/accounts/your-council/"])
def test_the_pages_before_signing_in_open_to_anybody(client, db, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("password", ["password1234", "Safeguarding1", "Eastmere2026!", "qwertyuiop12", "amaraamara12"])
def test_a_password_that_is_soon_guessed_is_refused_with_what_to_do(amara, password):
    with pytest.raises(ValidationError, match="four or more words"):
        HardToGuess().validate(password, User.objects.get(pk=amara.id))


def test_a_password_of_several_words_is_taken_and_never_has_to_be_changed(amara, client):
    HardToGuess().validate(PASSWORD, User.objects.get(pk=amara.id))
    app = with_password_and_app(amara.id)
    User.objects.filter(pk=amara.id).update(last_login=timezone.now() - timedelta(days=4000))
    assert sign_in_at(client, "amara@example.org", app.code()).url == "/"


def test_the_secret_of_an_app_is_not_in_the_database_as_it_is(amara):
    app = with_password_and_app(amara.id)

    assert app.secret not in str(Authenticator.objects.get(user_id=amara.id).data)


def test_the_last_second_step_stays(amara, sign_in):
    with_password_and_app(amara.id)
    browser = sign_in(amara, proved_at=timezone.now())

    answer = browser.post("/accounts/2fa/totp/deactivate/")

    assert "This is your only second step" in answer.content.decode()
    assert Authenticator.objects.filter(user_id=amara.id).exists()


def test_changing_the_second_step_asks_for_it_first_and_not_for_the_password(amara, sign_in):
    with_password_and_app(amara.id)

    answer = sign_in(amara).get("/accounts/2fa/webauthn/add/")

    assert answer.url.startswith("/accounts/2fa/reauthenticate/")


def test_proved_lately_forgets_after_five_minutes(amara, sign_in, rf):
    now = timezone.now()
    browser = sign_in(amara, proved_at=now)
    request = rf.get("/")
    request.session, request.user = browser.session, User.objects.get(pk=amara.id)

    assert proved_lately(request, now + timedelta(minutes=4, seconds=59))
    assert not proved_lately(request, now + timedelta(minutes=5, seconds=1))
    assert not proved_lately(request, now + timedelta(seconds=61), minutes=1)


def test_a_recovery_code_lets_somebody_in_and_proves_nothing_grave(amara, client, rf):
    app = with_password_and_app(amara.id)
    sign_in_at(client, "amara@example.org", app.code())
    client.post("/accounts/2fa/recovery-codes/generate/")
    codes = Authenticator.objects.get(user_id=amara.id, type="recovery_codes").wrap().get_unused_codes()
    client.post("/accounts/logout/")

    assert sign_in_at(client, "amara@example.org", codes[0]).url == "/"
    request = rf.get("/")
    request.session, request.user = client.session, User.objects.get(pk=amara.id)
    assert not proved_lately(request, timezone.now())


def test_sessions_are_listed_in_words_with_no_more_than_a_network_and_ended_one_by_one(amara, client):
    app = with_password_and_app(amara.id)
    there = Client(
        headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/141.0"}, REMOTE_ADDR="192.0.2.77"
    )
    sign_in_at(there, "amara@example.org", app.code())
    sign_in_at(client, "amara@example.org", app.code())

    page = client.get("/accounts/").content.decode()
    assert "Firefox on Windows" in page
    assert "192.0.2.0" in page and "192.0.2.77" not in page
    assert not UserSession.objects.filter(ip="192.0.2.77").exists()

    other = UserSession.objects.get(ip="192.0.2.0")
    client.post(f"/accounts/sessions/{other.pk}/end")
    assert there.get("/home").status_code == 302
    assert client.get("/home").status_code == 200


def test_all_other_sessions_end_at_once_and_this_one_stays(amara, client):
    app = with_password_and_app(amara.id)
    others = [Client(), Client()]
    for browser in (*others, client):
        sign_in_at(browser, "amara@example.org", app.code())

    client.post("/accounts/sessions/end")

    assert [browser.get("/home").status_code for browser in (*others, client)] == [302, 302, 200]


def test_nobody_ends_somebody_elses_session(amara, priya, client, sign_in):
    app = with_password_and_app(amara.id)
    sign_in_at(client, "amara@example.org", app.code())
    session = UserSession.objects.get(user_id=amara.id)

    sign_in(priya).post(f"/accounts/sessions/{session.pk}/end")

    assert client.get("/home").status_code == 200


def test_what_is_listed_of_a_session_goes_with_it(amara, client):
    app = with_password_and_app(amara.id)
    sign_in_at(client, "amara@example.org", app.code())
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    forget_ended_sessions()

    assert not UserSession.objects.exists() and not Session.objects.exists()
