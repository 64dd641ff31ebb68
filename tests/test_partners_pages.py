"""An administrator lets a partner's system in, gives it tokens and an address, and closes the door."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from partners import CONCERN, System, make_system

from haven.casework.access.models import Authority
from haven.casework.operations.actor import Actor
from haven.casework.partners import addresses
from haven.casework.partners.models import Partner, PartnerToken
from haven.project.testing.people import Teams, actor_of_user, make_user

Open = Callable[..., Any]
HERE = "/administration/eastmere/partners/"


@pytest.fixture
def surgery(authority: Authority, teams: Teams) -> System:
    return make_system(authority)


def works(token: str) -> int:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "1"}
    status: int = (
        Client().post("/api/v1/concerns", CONCERN, content_type="application/json", headers=headers).status_code
    )
    return status


def test_from_letting_in_to_a_token_that_is_shown_once(
    authority: Authority, teams: Teams, linh: Actor, sign_in: Open
) -> None:
    browser = sign_in(linh)
    browser.post(f"{HERE}add", {"name": "East Acute", "source_code": "hospital_acute"})
    partner = Partner.objects.get()
    assert (partner.name, partner.source_code, partner.added_by_id) == ("East Acute", "hospital_acute", linh.id)

    page = browser.post(f"{HERE}{partner.pk}/issue-token", {"scopes": ["submit", "status"]}).content.decode()
    [token] = re.findall(r"haven_[\w-]{43}", page)
    assert works(token) == 201
    assert PartnerToken.objects.get().scopes == ["submit", "status"]
    for path in (HERE, f"{HERE}{partner.pk}/"):
        shown = browser.get(path).content.decode()
        assert token not in shown
        assert token[-4:] in shown
        assert "last used" in shown


def test_a_name_that_is_there_is_refused_with_what_to_do(surgery: System, linh: Actor, sign_in: Open) -> None:
    answer = sign_in(linh).post(f"{HERE}add", {"name": "Eastmere  Surgery", "source_code": "gp"})

    assert answer.status_code == 422
    assert "Issue it another token" in answer.content.decode()


def test_a_token_is_rotated_and_revoked(surgery: System, linh: Actor, sign_in: Open) -> None:
    browser, earlier, here = sign_in(linh), PartnerToken.objects.get(), f"{HERE}{surgery.partner.pk}/"
    page = browser.post(f"{here}issue-token", {"scopes": ["submit"], "replaces": str(earlier.pk)}).content.decode()
    [token] = re.findall(r"haven_[\w-]{43}", page)

    earlier.refresh_from_db()
    assert earlier.expires_at < timezone.now() + timedelta(days=8)
    browser.post(f"{here}tokens/{earlier.pk}/revoke")
    assert (works(surgery.token), works(token)) == (401, 201)


def test_closing_the_door_ends_every_token_and_what_it_is_told(surgery: System, linh: Actor, sign_in: Open) -> None:
    sign_in(linh).post(f"{HERE}{surgery.partner.pk}/end")

    assert works(surgery.token) == 401
    assert Partner.objects.get().webhook_url == ""


def test_where_it_is_told_is_looked_at_and_its_secret_shown_once(
    surgery: System, linh: Actor, sign_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, here = sign_in(linh), f"{HERE}{surgery.partner.pk}/told"
    refused = browser.post(here, {"webhook_url": "https://169.254.169.254/"})
    assert refused.status_code == 422
    assert "inside a network" in refused.content.decode()

    monkeypatch.setattr(addresses, "resolve", lambda host, port: ["8.8.8.8"])
    page = browser.post(here, {"webhook_url": "https://example.org/haven"}).content.decode()
    assert re.search(r"whsec_[\w+/=]{44}", page)
    assert "whsec_" not in browser.get(f"{HERE}{surgery.partner.pk}/").content.decode()


def test_how_long_it_may_be_silent_is_set(surgery: System, linh: Actor, sign_in: Open) -> None:
    browser, here = sign_in(linh), f"{HERE}{surgery.partner.pk}/silence"

    assert browser.post(here, {"expected_hours": "0"}).status_code == 422
    assert browser.post(here, {"expected_hours": "48"}).status_code == 302
    assert Partner.objects.get().expected_hours == 48


def test_it_is_for_the_administrator_of_the_authority_alone(
    surgery: System, elsewhere: Authority, desmond: Actor, sign_in: Open
) -> None:
    away = actor_of_user(make_user("Mira Fern", elsewhere, "authority_administrator"))
    for browser in (sign_in(desmond), sign_in(away)):
        for path in ("", "add", f"{surgery.partner.pk}/", f"{surgery.partner.pk}/issue-token"):
            assert browser.get(f"{HERE}{path}").status_code == 404
    theirs = sign_in(away).get(f"/administration/westmere/partners/{surgery.partner.pk}/")
    assert theirs.status_code == 404
