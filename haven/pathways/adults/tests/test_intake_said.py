"""What a report says of itself, at the desk and on its receipt, is what is true and what was told."""

from typing import Any

import pytest
from django.test import Client

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.operations.actor import Actor
from haven.pathways.adults.models.signals import signals
from haven.pathways.adults.operations.telling import lines_to_tell
from haven.project.testing.people import make_report

pytestmark = pytest.mark.django_db
TOLD = {"fields": {"already_told": ["police", "gp"], "told_words": "CAD 441, this morning"}}


def said_of(contact: Contact, actor: Actor) -> list[str]:
    return signals([contact], actor)[contact.pk]


def send(client: Client, **given: Any) -> str:
    """Tom sends a report; the words of his receipt."""
    for step, answers in given.items():
        client.post(f"/eastmere/tell-us/{step}/", answers)
    return client.get(client.post("/eastmere/tell-us/check/").url).content.decode()


def tells_of_danger(client: Client) -> str:
    return send(client, danger={"danger": "yes"}, words={"words": "Shouting."}, who={"whereabouts": "5 Mill Lane"})


@pytest.mark.usefixtures("teams")
def test_the_receipt_says_that_somebody_is_alerted_where_somebody_is(authority: Authority) -> None:
    assert "a worker on duty is alerted" in tells_of_danger(Client())


def test_the_receipt_does_not_promise_an_alert_that_nobody_gets(authority: Authority) -> None:
    Authority.objects.update(alert_email="")

    receipt = tells_of_danger(Client())

    assert not Delivery.objects.filter(channel="alert").exists()
    assert "We cannot promise that a worker sees it at once" in receipt


def test_a_report_about_somebody_under_18_asks_the_desk_to_tell_childrens_services(authority: Authority) -> None:
    client = Client()
    send(client, about={"about": "under_18"}, words={"words": "A boy cries."}, who={"whereabouts": "5 Mill Lane"},
         others={"children": "no"})  # fmt: skip

    wall.open_to_all()
    contact = Contact.objects.get()
    assert contact.children_present is True
    assert "childrens_mash" in [line.code for line in lines_to_tell(contact)]


def test_the_desk_sees_who_must_not_know_and_what_help_was_asked_for(
    authority: Authority, neighbour: Actor, amara: Actor
) -> None:
    given = {"must_not_know": "Her son", "help": ["interpreter"], "about": "me", "safe_ways": ["text", "ring"]}

    said = said_of(make_report(authority, neighbour, answers={"asked": [], "given": given}), amara)

    assert said == ["no post", "no voicemail", "no e-mail", "somebody must not know", "interpreter asked for"]


def test_whom_a_professional_has_told_already_is_shown_and_only_confirmed(
    authority: Authority, neighbour: Actor, amara: Actor, sign_in: Any
) -> None:
    report = make_report(authority, neighbour, answers=TOLD, children_present=False)
    assert [(line.code, line.said) for line in lines_to_tell(report)] == [
        ("police", "CAD 441, this morning"), ("ambulance_or_gp", "CAD 441, this morning"),
    ]  # fmt: skip

    browser = sign_in(amara)
    assert "The report says they were told: CAD 441" in browser.get(f"/reports/{report.reference}/").content.decode()
    asked = browser.get(f"/reports/{report.reference}/tell/police").context["form"].initial
    assert asked == {"answer": "told", "told_at": report.received_at, "reference": "CAD 441, this morning"}


@pytest.mark.parametrize(
    ("answers", "asked_for"),
    [
        ({"fields": {"source_of_risk": "service_provider"}}, {"care_provider", "cqc", "commissioners"}),
        ({"given": {"cause": "carer"}}, {"care_provider", "position_of_trust"}),
        ({"fields": {"is_staff": "yes"}}, {"position_of_trust"}),
        ({"fields": {"types": ["self_neglect"]}}, {"landlord", "fire_service"}),
        ({"fields": {"types": ["financial"]}}, set()),
    ],
)
def test_who_else_must_know_follows_from_what_the_report_says(
    authority: Authority, neighbour: Actor, answers: Any, asked_for: set[str]
) -> None:
    report = make_report(authority, neighbour, answers=answers, children_present=False)

    lines = {line.code for line in lines_to_tell(report)}

    assert asked_for <= lines
    assert bool(lines) == bool(asked_for)


def test_a_professional_is_told_by_when_somebody_replies(authority: Authority) -> None:
    client = Client()
    sent = client.post("/eastmere/professional/", {
        "adult": ["1"], "adult-1-given_name": "Joan", "name": "Rosa Diaz", "telephone": "01632 960 400",
        "source_code": "hospital_acute", "wants_feedback": "on", "send": "1",
    })  # fmt: skip

    assert "Somebody replies by the end of" in client.get(sent.url).content.decode()
