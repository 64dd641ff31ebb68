"""A session without its second step, or locked, or suspended, reaches nothing but what leads on.

Every address of Haven is asked, by GET and by POST."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from haven.casework.access.models import User
from haven.casework.access.standing import ACTIVE, BEGAN, IS_LOCKED, LOCKED, SECOND_STEP, SUSPENDED
from haven.project.management.commands.routes import addresses
from haven.project.testing.people import SignedIn, signed_in

ALWAYS = ("healthz", "readyz", "metrics")
SAMPLES = {
    "authority": "eastmere", "code": "eastmere", "reference": "AS-2345-6789", "step": "worry", "kind": "saml",
    "measure": "concerns_raised", "provider_id": "none", "organization_slug": "none", "line": "police",
}  # fmt: skip


def places() -> list[tuple[str, str, tuple[str, ...]]]:
    """Every address with a sample of what stands in it, and the states it says it is reached in."""
    found = []
    for _path, name, pattern in addresses(get_resolver()):
        wanted = pattern.pattern.converters if hasattr(pattern.pattern, "converters") else {}
        declared = pattern.callback.declared
        found.append((name, address_of(name, wanted), declared.halfway))
    return found


def address_of(name: str, wanted: dict) -> str:
    """The address, with anything that fits in it."""
    asked = get_resolver().reverse_dict.getlist(name) or []
    names = asked[0][0][0][1] if asked else list(wanted)
    kinds = asked[0][3] if asked else wanted
    return reverse(name, kwargs={each: sample(each, kinds) for each in names})


def sample(name: str, kinds: dict):
    kind = type(kinds.get(name)).__name__
    if kind == "UUIDConverter":
        return uuid4()
    return 1 if kind == "IntConverter" else SAMPLES.get(name, "x")


def half_signed_in(user: User) -> Client:
    """Signed in with a password and nothing else."""
    browser = SignedIn()
    browser.force_login(user)
    return browser


def locked(user: User) -> Client:
    browser = signed_in(user)
    session = browser.session
    session[IS_LOCKED] = True
    session.save()
    return browser


def suspended(user: User) -> Client:
    User.objects.filter(pk=user.pk).update(suspended_at=timezone.now())
    return signed_in(user)


PROGRAMS = {"openapi", "send-concern", "concern-status", "send-file", "reconciliation"}
"""Known by a token alone, never by a session: tests/test_api_callers.py."""

STATES = {
    SECOND_STEP: (half_signed_in, "/accounts/set-up/"),
    LOCKED: (locked, "/accounts/unlock/"),
    SUSPENDED: (suspended, "/accounts/asleep/"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_leads_to_the_one_page_that_leads_on(state, method, grace, settings):
    make, leads = STATES[state]
    user = User.objects.get(pk=grace.id)
    asked, wrong = 0, []
    for name, address, halfway in places():
        if name in ALWAYS or state in halfway:
            continue
        answer = getattr(make(user), method)(address)
        asked += 1
        if answer.status_code != 302 or not answer.url.startswith(leads):
            wrong.append((name, answer.status_code))

    assert asked > 100
    assert wrong == []


@pytest.mark.parametrize("state", STATES)
def test_few_addresses_are_reached_halfway_and_each_shows_nobody(state, grace):
    reached = {name for name, _, halfway in places() if state in halfway}

    assert "account_logout" in reached
    assert PROGRAMS <= reached
    assert reached - {"account_logout"} - PROGRAMS == {
        SECOND_STEP: {
            "set-up-second-step", "mfa_activate_totp", "mfa_add_webauthn", "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn", "account_reauthenticate",
        },
        LOCKED: {"unlock", "screen", "keep-typing"},
        SUSPENDED: {"ask-restoring"},
    }[state]  # fmt: skip


def test_the_demonstrations_way_in_opens_nothing_in_production(grace, settings):
    browser = signed_in(User.objects.get(pk=grace.id))
    settings.DEMONSTRATION = False

    assert browser.get("/home").url == "/accounts/set-up/"


def test_a_forged_second_step_of_somebody_else_opens_nothing(grace, amara):
    browser = signed_in(User.objects.get(pk=grace.id))
    session = browser.session
    session["account_authentication_methods_user"] = str(amara.id)
    session.save()

    assert browser.get("/home").url == "/accounts/set-up/"


@pytest.mark.parametrize(("minutes", "idle", "opens"), [(14, 15, True), (16, 15, False), (6, 5, False), (29, 30, True)])
def test_a_session_locks_after_the_minutes_its_authority_has_set(grace, authority, minutes, idle, opens):
    browser = signed_in(User.objects.get(pk=grace.id))
    session = browser.session
    session.update({ACTIVE: (timezone.now() - timedelta(minutes=minutes)).timestamp(), "idle_minutes": idle})
    session.save()

    assert (browser.get("/home").status_code == 200) is opens


def test_twelve_hours_after_signing_in_everything_is_proved_again_however_busy(grace):
    browser = signed_in(User.objects.get(pk=grace.id))
    session = browser.session
    session[BEGAN] = (timezone.now() - timedelta(hours=12, seconds=1)).timestamp()
    session.save()

    assert browser.get("/home").url.startswith("/accounts/unlock/?next=%2Fhome")


def test_the_page_asking_how_long_is_left_does_not_keep_the_session_open(grace):
    browser = signed_in(User.objects.get(pk=grace.id))
    session = browser.session
    before = (timezone.now() - timedelta(minutes=10)).timestamp()
    session[ACTIVE] = before
    session.save()

    left = browser.get("/accounts/screen/").json()["left"]
    assert 280 < left <= 300
    assert browser.session[ACTIVE] == before
    assert browser.post("/accounts/screen/", {"do": "stay"}).json()["left"] > 890


def test_somebody_disabled_is_out_with_their_next_request(grace, amara, authority):
    browser = signed_in(User.objects.get(pk=amara.id))
    assert browser.get("/duty").status_code == 200
    User.objects.filter(pk=amara.id).update(is_active=False)

    assert browser.get("/duty").url.startswith("/accounts/login/")
