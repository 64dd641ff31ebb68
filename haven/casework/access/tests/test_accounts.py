"""Signing in and one's own account."""

import pytest
from django.urls import NoReverseMatch, reverse

from haven.casework.access.models import User


def test_somebody_signs_in_with_their_e_mail_address_and_out_again(client, amara):
    user = User.objects.get(pk=amara.id)
    user.set_password("correct horse battery")
    user.save()

    answer = client.post("/accounts/login/", {"login": "AMARA@example.org", "password": "correct horse battery"})
    assert answer.url == "/"
    assert client.get("/home").status_code == 200

    client.post("/accounts/logout/")
    assert client.get("/home").status_code == 302


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client, amara):
    pages = [
        client.post("/accounts/login/", {"login": email, "password": "not that one"}).content.decode()
        for email in ("amara@example.org", "nobody@example.org")
    ]

    said = [page[page.index("govuk-error-summary__body") :][:300] for page in pages]
    assert said[0].split("</ul>")[0] == said[1].split("</ul>")[0]


def test_nobody_makes_an_account_for_themselves(client, db):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/accounts/signup/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/accounts/", "/accounts/2fa/", "/accounts/password/change/", "/accounts/2fa/totp/activate/"]
)
def test_the_pages_of_ones_own_account_open_or_ask_for_the_password_again(amara, sign_in, address):
    User.objects.get(pk=amara.id)
    assert sign_in(amara).get(address, follow=True).status_code == 200


def test_the_account_page_says_what_i_do_here(amara, sign_in):
    page = sign_in(amara).get("/accounts/").content.decode()

    assert "Duty officer, Safeguarding duty, Eastmere Council" in page


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/"])
def test_the_pages_before_signing_in_open_to_anybody(client, db, address):
    assert client.get(address).status_code == 200
