"""A browser may fill in what somebody says of themselves, and nothing of anybody else (WCAG 1.3.5, PR-07)."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
OFF = {"off"}


@pytest.fixture
def client(authority) -> Client:
    return Client()


def purposes(page: str) -> dict[str, str]:
    """Each line and box of a page by name, with the purpose it states; none where it states nothing."""
    boxes = [tag for tag in re.findall(r"<(?:input|textarea)[^>]*>", page) if not re.search(r'type="(?!t|e)', tag)]
    named = {name[1]: tag for tag in boxes if (name := re.search(r' name="([^"]*)"', tag))}
    said = {name: re.search(r' autocomplete="([^"]*)"', tag) for name, tag in named.items()}
    return {name: found[1] if found else "nothing" for name, found in said.items()}


def about(client: Client, whom: str) -> None:
    client.post("/eastmere/tell-us/about/", {"about": whom})


def shown(client: Client, step: str) -> dict[str, str]:
    return purposes(client.get(f"/eastmere/tell-us/{step}/").content.decode())


def test_somebody_telling_of_another_is_helped_with_their_own_details_alone(client: Client) -> None:
    about(client, "someone")

    assert shown(client, "reply") == {"name": "name", "telephone": "tel", "email": "email"}
    for step in ("words", "who", "happening", "everyday", "cause", "others", "wishes", "reach"):
        assert set(shown(client, step).values()) <= OFF, step


def test_somebody_telling_of_themselves_is_helped_with_who_they_are(client: Client) -> None:
    about(client, "me")

    who = shown(client, "who")
    assert (who["given_name"], who["family_name"], who["postcode"]) == ("given-name", "family-name", "postal-code")
    assert who["date_of_birth-year"] == "bday-year"
    reach = shown(client, "reach")
    assert (reach["telephone"], reach["email"], reach["must_not_know"]) == ("tel", "email", "off")


def test_a_professional_is_helped_with_their_own_details_and_not_with_the_adults(client: Client) -> None:
    said = purposes(client.get("/eastmere/professional/").content.decode())

    own = {"name": "name", "role": "organization-title", "organisation": "organization", "email": "email",
           "telephone": "tel"}  # fmt: skip
    assert {name: said[name] for name in own} == own
    assert {purpose for name, purpose in said.items() if name not in own} == OFF


def test_a_worker_entering_a_call_leaves_nothing_in_the_browser(sign_in, amara, authority) -> None:
    said = purposes(sign_in(amara).get("/reports/new").content.decode())

    assert {purpose for name, purpose in said.items() if name != "q"} == OFF
