"""Guessing is slowed down; the person whose account it is gets in, even while somebody goes on guessing."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse

from haven.casework.access.devices import COOKIE, know_device
from haven.casework.access.throttling import TRIES, TRIES_TOGETHER, forget_old, places_of, take_back, try_once
from haven.casework.deliveries.models import Delivery
from haven.project.testing.people import TUESDAY
from haven.project.testing.signing_in import PASSWORD, with_password_and_app

EMAIL = "amara@example.org"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def from_network(rf, db):
    """Where a request's tries are counted."""

    def places(network: str, cookie: str = "", email: str = EMAIL):
        request = rf.post("/accounts/login/", REMOTE_ADDR=network)
        request.COOKIES[COOKIE] = cookie
        return places_of(request, email, "password")

    return places


@pytest.fixture
def known_device(rf):
    """The cookie of a device on which Amara has signed in before."""
    response = HttpResponse()
    know_device(rf.get("/"), response, EMAIL)
    return response.cookies[COOKIE].value


def test_five_wrong_tries_close_a_network_for_fifteen_minutes_and_no_longer(from_network):
    places = from_network("192.0.2.1")
    assert [try_once(places, TUESDAY + n * MINUTE) for n in range(TRIES)] == [True] * TRIES

    assert not try_once(places, TUESDAY + 14 * MINUTE)
    assert try_once(places, TUESDAY + 15 * MINUTE)


def test_tries_while_it_is_closed_keep_nobody_out_longer(from_network):
    places = from_network("192.0.2.1")
    for second in range(15 * 60):
        try_once(places, TUESDAY + timedelta(seconds=second))

    assert try_once(places, TUESDAY + 15 * MINUTE)


def test_a_device_known_to_the_account_gets_in_while_an_attack_goes_on(from_network, known_device):
    attackers = [from_network(f"198.51.{n}.9") for n in range(40)]
    for minute in range(120):
        at = TUESDAY + minute * MINUTE
        for places in attackers:
            try_once(places, at)
        own = from_network("192.0.2.1", known_device)
        assert try_once(own, at), minute
        take_back(own)


def test_a_new_device_gets_in_while_an_attack_goes_on_once_its_holder_answered_an_e_mail(
    from_network, client, amara, rf
):
    app = with_password_and_app(amara.id)
    attackers = [from_network(f"198.51.{n}.9") for n in range(8)]
    day = [TUESDAY + minute * MINUTE for minute in range(0, 4 * 60, 3)]

    def attacked(at):
        for places in attackers * TRIES:
            try_once(places, at)

    for at in day[:20]:
        attacked(at)
        new = from_network("192.0.2.1")
        closed = not try_once(new, at)
        assert closed, "the sign-in page as it was: closed for as long as the attack goes on"
    cookie = chosen_by_mail(client, "ribbon harbour cactus thimble")
    for at in day[20:]:
        attacked(at)
        own = from_network("192.0.2.1", cookie)
        assert try_once(own, at), at
        take_back(own)
    client.post("/accounts/login/", {"login": EMAIL, "password": "ribbon harbour cactus thimble"})
    assert client.post("/accounts/2fa/authenticate/", {"code": app.code()}).url == "/"


def test_a_link_that_was_not_used_makes_no_device_known(client, amara):
    with_password_and_app(amara.id)
    client.get(link_by_mail(client), follow=True)

    assert COOKIE not in client.cookies


def link_by_mail(client) -> str:
    """The link in the e-mail that asking for a new password sends."""
    client.post("/accounts/password/reset/", {"email": EMAIL})
    words = Delivery.objects.filter(purpose="password_reset").latest("id").body
    return re.search(r"/accounts/password/reset/key/\S+", words).group()


def chosen_by_mail(client, password: str) -> str:
    """A new password chosen by the link; the cookie that the device then has."""
    form = client.get(link_by_mail(client), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": password, "password2": password})
    return client.cookies[COOKIE].value


def test_many_networks_together_try_no_more_than_one_large_number(from_network):
    tried = sum(try_once(from_network(f"198.51.{n}.9"), TUESDAY) for n in range(200))

    assert tried == TRIES_TOGETHER


def test_a_right_try_is_not_counted(from_network):
    places = from_network("192.0.2.1")
    for _ in range(50):
        assert try_once(places, TUESDAY)
        take_back(places)


def test_a_device_is_known_to_its_own_account_only(from_network, known_device):
    assert len(from_network("192.0.2.1", known_device)) == 1
    assert len(from_network("192.0.2.1", known_device, email="priya@example.org")) == 2


def test_a_forged_cookie_is_no_device(from_network, known_device):
    assert len(from_network("192.0.2.1", known_device[:-2] + "xx")) == 2


def test_old_counts_are_forgotten(from_network):
    try_once(from_network("192.0.2.1"), TUESDAY)

    assert forget_old(TUESDAY + 14 * MINUTE) == 0
    assert forget_old(TUESDAY + 15 * MINUTE) == 2


def test_the_sign_in_page_closes_and_says_what_to_do(client, amara):
    pages = [client.post("/accounts/login/", {"login": EMAIL, "password": "wrong one"}) for _ in range(TRIES + 1)]

    assert "too many wrong tries" not in pages[-2].content.decode()
    assert "Wait fifteen minutes, or choose a new password by e-mail" in pages[-1].content.decode()


def test_wrong_codes_close_the_second_step_too(client, amara):
    from_here = {"code": "000000"}
    client.post("/accounts/login/", {"login": EMAIL, "password": _with_app(amara)})
    pages = [client.post("/accounts/2fa/authenticate/", from_here) for _ in range(TRIES + 1)]

    assert "That code is wrong" in pages[0].content.decode()
    assert "too many wrong codes" in pages[-1].content.decode()


def _with_app(actor) -> str:
    with_password_and_app(actor.id)
    return PASSWORD
