"""What those outside are told, what stays on their computers, and what outlives an erasure."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client

from haven.casework.access import wall
from haven.casework.access.models import Authority, Membership, User
from haven.casework.contacts.models import Contact
from haven.casework.documents.keeping import keep_document
from haven.casework.documents.models import Document
from haven.casework.events.sealing import seal_words
from haven.casework.operations.actor import Actor
from haven.lib.ids import uuid7
from haven.pathways.adults.year.scenario import SCENARIOS
from haven.project.testing.people import FRIDAY, make_user

FORM = "/eastmere/professional/"


def filled(**answers: Any) -> dict[str, Any]:
    """What Rosa, a ward sister, types about Joan."""
    told = {
        "_key": str(uuid7()), "adult": ["1"], "fact": "A bruise on her left arm.", "name": "Rosa Diaz",
        "telephone": "01632 960 400", "source_code": "hospital_acute", "adult-1-given_name": "Joan", "send": "1",
    }  # fmt: skip
    return {**told, **answers}


# The professional form


def test_somebody_signed_in_elsewhere_can_tell_us_by_the_professional_form(
    sign_in: Any, authority: Authority, elsewhere_worker: Actor
) -> None:
    answer = sign_in(elsewhere_worker).post(FORM, filled())

    assert answer.status_code == 302
    contact = Contact.objects.get()
    assert (contact.authority, contact.entered_by_id) == (authority, None)


def test_a_partner_with_an_account_can_tell_us_by_the_professional_form(sign_in: Any, authority: Authority) -> None:
    user = make_user("Maricel Cruz", authority, "partner_professional")
    partner = Actor("user", user.pk, user.name)

    assert sign_in(partner).post(FORM, filled()).status_code == 302
    assert Contact.objects.count() == 1


def test_no_computer_on_the_way_keeps_a_copy_of_a_page_with_somebodys_answers_or_details(authority: Authority) -> None:
    client = Client()
    faulty = client.post(FORM, filled(name=""))
    remembered = client.post(FORM, filled(remember="on"))
    wall.open_to_all()
    with_details, receipt = client.get(FORM), client.get(remembered.url)

    assert faulty.status_code == 422
    assert "Rosa Diaz" in with_details.content.decode()
    for answer in (faulty, with_details, receipt):
        assert "no-store" in answer.headers["Cache-Control"]


def test_the_senders_remembered_details_never_travel_in_the_clear_in_production(
    authority: Authority, settings: Any
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    answer = Client().post(FORM, filled(remember="on"))

    assert answer.cookies["haven_sender"]["secure"]
    assert answer.cookies["haven_sender"]["httponly"]


def test_a_receipt_of_another_authority_is_not_found(authority: Authority, elsewhere: Authority) -> None:
    client = Client()
    receipt = client.post(FORM, filled()).url

    assert client.get(receipt.replace("/eastmere/", "/westmere/")).status_code == 404


# Figures are of the authorities where the reader has a role that sees figures


def test_figures_of_an_authority_need_a_role_that_sees_figures_there(
    sign_in: Any, authority: Authority, elsewhere: Authority
) -> None:
    user = make_user("Harjit Gill", authority, "councillor")
    Membership.objects.create(user=user, authority=elsewhere, role="learning_officer", from_on=date(2020, 1, 1))
    page = sign_in(Actor("user", user.pk, user.name)).get("/figures?authority=westmere")

    assert page.context["chosen"].authorities == [authority]


# What outlives an erasure


def test_the_event_of_a_file_proves_nothing_once_the_file_and_its_salt_are_gone(
    authority: Authority, report: Contact, settings: Any, tmp_path: Any
) -> None:
    settings.HAVEN_FILES = tmp_path
    by = Actor.public(authority.pk)
    upload = ContentFile(b"He hits me when he drinks.", name="letter.txt")
    document = keep_document(upload, authority_id=authority.pk, contact_id=report.pk, by=by, at=FRIDAY)

    event = apps.get_model("events", "Event").objects.get(type="documents.added")
    kept = Document.objects.get(pk=document.pk)
    assert bytes(event.digest) != bytes.fromhex(kept.sha256)
    assert bytes(event.digest) == seal_words(kept.salt, kept.sha256)


# Synthetic people stay out of a council's own service


def test_a_year_of_synthetic_people_is_refused_in_production(db: None, settings: Any) -> None:
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError, match="demonstration"):
        call_command("year", scenario=str(SCENARIOS / "saeb-2018-19.yaml"), verbosity=0)
    assert not User.objects.exists()
