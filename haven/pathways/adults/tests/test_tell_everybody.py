"""Everybody who told us and still waits is told at once, each by a letter of their own (TR-10, PR-21)."""

import pytest
from django.urls import reverse

from haven.casework.contacts.models import Contact, Referrer
from haven.casework.deliveries.models import Delivery
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Feedback
from haven.project.testing.people import TUESDAY, make_report


@pytest.fixture
def case(closing, told, authority, neighbour, priya):
    """Joan's case, which a partner's system and a neighbour with an e-mail address told us of; Joan knows."""
    Referrer.objects.filter(contact=told).update(
        name="Ama Boateng", organisation="Eastmere GP Practice", is_professional=True, source_code="gp",
        email="ama@example.org", safe_ways=["email"],
    )  # fmt: skip
    Contact.objects.filter(pk=told.pk).update(channel="api")
    second = make_report(
        authority, neighbour,
        referrer={"name": "Tom Baker", "email": "tom@example.org", "safe_ways": ["email"], "source_code": "neighbour"},
    )  # fmt: skip
    Contact.objects.filter(pk=second.pk).update(merged_into=told, state="merged")
    adults.tell_adult(closing.case, told_at=TUESDAY, how="in_person", by=priya, at=TUESDAY)
    return closing.case


def page_of(client, case):
    return client.get(reverse("tell-everybody", args=[case.reference]))


def send(client, case, seen):
    return client.post(reverse("tell-everybody", args=[case.reference]), {"seen": seen})


def test_each_gets_a_letter_of_their_own_no_more_than_they_may_know(sign_in, priya, case):
    client = sign_in(priya)
    shown = page_of(client, case)
    send(client, case, shown.context["fingerprints"])

    words = {row.to_address: row.body for row in Delivery.objects.filter(purpose="feedback")}
    assert set(words) == {"ama@example.org", "tom@example.org"}
    assert "Where it has got to" in words["ama@example.org"]
    assert "Where it has got to" not in words["tom@example.org"]
    assert Feedback.objects.filter(letter__isnull=False).values("letter__sha256").distinct().count() == 2


def test_only_the_very_letters_that_were_shown_are_sent(sign_in, priya, case):
    client = sign_in(priya)
    page_of(client, case)
    send(client, case, "something else")
    assert Feedback.objects.count() == 0 and not Delivery.objects.filter(purpose="feedback").exists()


def test_under_a_police_hold_everybody_gets_a_receipt(sign_in, priya, case):
    adults.set_police_hold(case, words="Do not speak with the nephew.", officer="PC Test", by=priya, at=TUESDAY)
    shown = page_of(sign_in(priya), case).content.decode()
    assert "Where it has got to" not in shown and "police" in shown.lower()


def test_another_teams_worker_finds_no_such_page(sign_in, other_team_worker, case):
    assert page_of(sign_in(other_team_worker), case).status_code == 404
