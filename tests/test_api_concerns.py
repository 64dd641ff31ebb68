"""POST /api/v1/concerns: the published shape, and the same arrival that every other channel has."""

from datetime import datetime
from typing import Any

import pytest
from partners import CONCERN, System, make_system, with_, without

from haven.casework.access.models import Authority
from haven.casework.clocks.models import Clock
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.partners.models import Submission
from haven.project.testing.people import Teams


@pytest.fixture
def surgery(authority: Authority, teams: Teams) -> System:
    return make_system(authority)


def test_a_concern_is_received_and_answered_in_the_published_shape(surgery: System) -> None:
    answer = surgery.send()

    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert set(body) == {"reference", "received_at", "status_url", "advice"}
    assert body["status_url"].endswith(f"/api/v1/concerns/{body['reference']}")
    assert datetime.fromisoformat(body["received_at"]).tzinfo is not None
    assert "999" in body["advice"]


def test_it_is_the_contact_that_any_channel_makes_with_the_exact_receipt_kept(surgery: System) -> None:
    reference = surgery.send().json()["reference"]

    contact = Contact.objects.get(reference=reference)
    adult = contact.adults.get()
    assert (contact.channel, contact.state, contact.pathway) == ("api", "received", "adults")
    assert contact.answers["sent"] == CONCERN
    assert contact.answers["fields"]["types"] == ["financial", "psychological"]
    assert (adult.family_name, adult.postcode, str(adult.date_of_birth)) == ("Whitlock", "ZZ1 4AR", "1943-05-02")
    assert (contact.referrer.name, contact.referrer.source_code) == ("Dr Ines Probe", "gp")
    assert contact.referrer.is_professional
    assert Clock.objects.filter(contact_id=contact.pk).running().exists()


def test_immediate_danger_alerts_as_the_form_does_and_answers_whom_to_ring(surgery: System) -> None:
    answer = surgery.send(with_("immediate_danger", True))

    reference = answer.json()["reference"]
    contact = Contact.objects.get(reference=reference)
    alert = Delivery.objects.get(contact_id=contact.pk, channel="alert")
    assert alert.to_address == "duty@example.org"
    assert "Whitlock" not in alert.subject + alert.body
    assert "999" in answer.json()["advice"]
    assert "01632 960 00" in answer.json()["advice"]


@pytest.mark.parametrize(
    "adult", [{"description": "A man with a red scarf"}, {"whereabouts": "Under the bridge"}, {"given_name": "Ola"}]
)
def test_incomplete_is_accepted_and_marked(surgery: System, adult: dict[str, Any]) -> None:
    answer = surgery.send(with_("adult", adult, of=without("types_of_harm", "location_of_harm")))

    assert answer.status_code == 201
    kept = Submission.objects.get(reference=answer.json()["reference"])
    assert "the kind of harm" in kept.missing
    assert kept.contact.answers["missing"] == kept.missing


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (without("what_happened"), "what_happened"),
        (without("immediate_danger"), "immediate_danger"),
        (without("referrer"), "referrer"),
        (without("adult"), "adult"),
        (with_("adult", {"postcode": "ZZ1 4AR"}), "adult"),
        (with_("what_happened", "  "), "what_happened"),
        (with_("immediate_danger", "yes"), "immediate_danger"),
        (with_("types_of_harm", ["witchcraft"]), "types_of_harm.0"),
        (with_("location_of_harm", "moon"), "location_of_harm"),
        (with_("adult.date_of_birth", "02/05/1943"), "adult.date_of_birth"),
        (with_("adult.date_of_birth", "2043-05-02"), "adult.date_of_birth"),
        (with_("adult.date_of_birth", 12), "adult.date_of_birth"),
        (with_("adult.age_estimate", 400), "adult.age_estimate"),
        (with_("adult.nhs", "1"), "adult.nhs"),
        (with_("colour", "blue"), "colour"),
        (with_("referrer", {}), "referrer"),
        (with_("referrer.email", "nobody"), "referrer.email"),
        (with_("adult.given_name", "Jo\x00an"), "adult.given_name"),
        (with_("adult.given_name", "\ud800"), "adult.given_name"),
        (with_("what_happened", "a" * 20_001), "what_happened"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_field_and_nothing_said_back(
    surgery: System, body: dict[str, Any], field: str
) -> None:
    answer = surgery.send(body)

    assert answer.status_code == 422, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert field in [error["field"] for error in answer.json()["errors"]]
    assert "NOT received" in answer.json()["detail"]
    assert "Whitlock" not in answer.content.decode()
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    "body", [b" ", b"{", b"[]", b"null", b"\xff\xfe", b'{"adult": 1, "adult": 2}', b'{"a": NaN}', b"[" * 100_000]
)
def test_what_is_no_json_object_is_refused(surgery: System, body: bytes) -> None:
    answer = surgery.send(body)

    assert answer.status_code in (400, 422), answer.content
    assert answer["Content-Type"] == "application/problem+json"


def test_a_post_without_a_key_is_refused_with_what_to_do(surgery: System) -> None:
    answer = surgery.send(key=None)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"
    assert not Contact.objects.exists()


def test_another_kind_of_content_or_too_much_of_it_is_refused_unread(surgery: System) -> None:
    assert surgery.send(content_type="text/plain").status_code == 415
    assert surgery.send(" " * (256 * 1024 + 1)).status_code == 413
    assert surgery.send(Content_Encoding="gzip").status_code == 415


def test_the_same_key_again_is_the_same_answer_and_one_record(surgery: System) -> None:
    first, again = surgery.send(key="k-1"), surgery.send(key="k-1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert Contact.objects.count() == 1


def test_the_same_key_with_another_body_is_409_and_the_first_stands(surgery: System) -> None:
    first = surgery.send(key="k-1")
    answer = surgery.send(with_("immediate_danger", True), key="k-1")

    assert answer.status_code == 409
    assert "NOT received" in answer.json()["detail"]
    assert Contact.objects.get().reference == first.json()["reference"]


def test_two_partners_may_use_the_same_key(surgery: System, authority: Authority) -> None:
    police = make_system(authority, "Eastmere Police", "police")

    assert surgery.send(key="1").json()["reference"] != police.send(key="1").json()["reference"]


def test_a_key_that_was_refused_may_be_used_again_once_it_is_put_right(surgery: System) -> None:
    assert surgery.send(without("referrer"), key="k-2").status_code == 422
    assert surgery.send(key="k-2").status_code == 201
