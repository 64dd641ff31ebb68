"""The demonstration, its personas, and the commands others rely on."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest import MonkeyPatch

from haven.casework.access.models import Conflict, Membership, User
from haven.casework.access.roles import ROLES
from haven.casework.cases.models import Case
from haven.casework.contacts.kept import KeptReport
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Release
from haven.casework.disclosure.models import DisclosurePack, RedactedCopy
from haven.casework.letters.models import Approval
from haven.casework.operations.models import JobProgress
from haven.casework.people.models import ProtectedValue
from haven.casework.watch.declared import SEVERAL
from haven.casework.watch.models import Alert, Sign
from haven.casework.watch.openings import EmergencyOpening
from haven.casework.watch.rules import RULES, SURNAME
from haven.pathways.adults.models import Concern, Enquiry, PoliceHold, SafeguardingPlan
from haven.pathways.adults.year.scenario import parse
from haven.project.demonstration import loading

SMALL = {
    "name": "A small year",
    "authority": {"code": "saeb", "name": "Sampleborough"},
    "from": "2018-04-01",
    "to": "2019-03-31",
    "concerns": 12,
    "threshold_met": 10,
}


def answer(command: str, **options: Any) -> Any:
    out = StringIO()
    call_command(command, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.fixture
def demonstration(db: None, monkeypatch: MonkeyPatch, settings: Any) -> None:
    """The demonstration with a small year behind it."""
    settings.DEMONSTRATION = True
    monkeypatch.setattr(loading, "the_year", lambda: parse(SMALL))
    call_command("demonstration", verbosity=0)


def test_every_queue_has_something_in_it_and_loading_again_adds_nothing(demonstration: None) -> None:
    every_queue_has_something()
    each_persona_finds_work()
    every_wall_can_be_seen()
    before = counts()
    call_command("demonstration", verbosity=0)

    assert counts() == before
    assert JobProgress.objects.get(name="demonstration").state == "done"


def counts() -> list[int]:
    return [model.objects.count() for model in (Contact, Case, User, Membership)]


def every_queue_has_something() -> None:
    now = timezone.now()
    waiting = Contact.objects.waiting()
    assert waiting.filter(state="received").count() >= 5
    assert waiting.filter(urgency="act_now").exists()
    assert Concern.objects.undecided().filter(case__worker=None).exists()
    assert Concern.objects.undecided().exclude(case__worker=None).count() >= 10
    assert Concern.objects.awaiting_second_person().exists()
    assert Enquiry.objects.unallocated().exists()
    assert Enquiry.objects.awaiting_authorisation().exists()
    assert 30 <= Enquiry.objects.running().count() <= 50
    assert SafeguardingPlan.objects.filter(ended_at=None).count() == 10
    assert Case.objects.in_stage("closing").count() == 8
    assert PoliceHold.objects.filter(lifted_at=None).count() == 1
    assert Contact.objects.filter(state="merged").count() == 1
    assert Case.objects.filter(clocks__rule="enquiry", clocks__stopped_at=None, clocks__due_at__lt=now).exists()
    assert not Contact.objects.filter(received_at__gt=now).exists()


def every_wall_can_be_seen() -> None:
    """Something of everything that Trust shows, and every rule of the watch but the rare surname (names are drawn)."""
    assert set(Case.objects.values_list("restriction", flat=True)) == {"open", "restricted", "sealed"}
    assert KeptReport.objects.filter(lifted_at=None).exists()
    assert EmergencyOpening.objects.filter(ended_at=None, until_at__gt=timezone.now()).exists()
    assert Conflict.objects.exclude(challenged_at=None).exists() and Conflict.objects.exclude(ended_at=None).exists()
    assert ProtectedValue.objects.count() >= 3
    assert Release.objects.filter(second_by=None).exclude(first_by=None).exists()
    assert Approval.objects.filter(decided_at=None).exists()
    assert RedactedCopy.objects.exists() and DisclosurePack.objects.exists()
    assert Alert.objects.exclude(decided_at=None).exists()
    waiting = set(Alert.objects.waiting().values_list("kind", flat=True))
    assert {"break_glass", "case_kept", "report_sealed", "conflict_found", "conflict_alleged", SEVERAL.code} <= waiting
    alerting = set(Sign.objects.exclude(alert=None).values_list("rule", flat=True))
    assert alerting == {rule.code for rule in RULES} - {SURNAME.code}


def each_persona_finds_work() -> None:
    for role, relation in (("practitioner", "worker"), ("manager", "manager")):
        user = User.objects.get(persona=role)
        assert Case.objects.open().filter(**{relation: user}).count() >= 8


@pytest.fixture
def personas(db: None, settings: Any) -> None:
    """The authority with its people, and no cases."""
    settings.DEMONSTRATION = True
    call_command("demonstration", authority_only=True, stderr=StringIO())


def test_there_is_somebody_for_each_role_and_they_can_be_signed_in_as(personas: None) -> None:
    for role in ROLES:
        signed_in = answer("sign_in", persona=role)
        name, _, value = signed_in["cookie"].partition("=")
        assert name == "haven_session" and value
        assert signed_in["url"].startswith("http://localhost:")
    browser = Client()
    browser.cookies[name] = answer("sign_in", persona="duty-officer")["cookie"].partition("=")[2]
    assert browser.get("/duty").status_code == 200


def test_a_visitor_may_try_the_real_sign_in_with_what_the_command_shows(personas: None) -> None:
    shown = answer("sign_in", persona="manager", show_secret=True)
    browser = Client()

    browser.post("/accounts/login/", {"login": shown["email"], "password": shown["password"]})
    browser.post("/accounts/2fa/authenticate/", {"code": shown["code"]})

    assert browser.get("/board").status_code == 200
    assert answer("sign_in", persona="councillor", show_secret=True)["secret"] != shown["secret"]


def test_signing_in_as_a_persona_is_refused_in_production(personas: None, settings: Any) -> None:
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError, match="only in the demonstration"):
        answer("sign_in", persona="manager")
    with pytest.raises(CommandError, match="Only a persona of the demonstration"):
        answer("sign_in", persona="manager", show_secret=True)
    with pytest.raises(CommandError, match="not loaded in production"):
        call_command("demonstration")


def test_an_unknown_persona_is_refused_with_what_to_do(db: None, settings: Any) -> None:
    settings.DEMONSTRATION = True

    with pytest.raises(CommandError, match="Run script/setup"):
        answer("sign_in", persona="emperor")


def test_the_authority_alone_can_be_made_first(personas: None) -> None:
    assert User.objects.filter(persona__in=ROLES).count() == len(ROLES)
    assert not Case.objects.exists()


def test_every_address_says_who_may_open_it() -> None:
    found = answer("routes")

    keys = {"name", "path", "methods", "roles", "object_rule", "personal_data"}
    assert all(set(route) == keys and route["roles"] for route in found)
    figures = next(route for route in found if route["name"] == "figures")
    assert figures["path"] == "/figures" and "councillor" in figures["roles"]
