"""Files sent with the public form: kept beside the report, or left out and told of; the report always arrives."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from haven.casework.access.models import Authority
from haven.casework.contacts.models import Contact
from haven.casework.documents.models import Document
from haven.pathways.adults.tests.test_public import JPEG, Visitor, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(client: Client) -> Visitor:
    Authority.objects.create(code="saeb", name="Saeb Council", telephone="020 7946 0100")
    return Visitor(client)


def test_photographs_are_kept_with_the_report(tom: Visitor, settings: Any, tmp_path: Any) -> None:
    settings.HAVEN_FILES = tmp_path
    tom.tells_enough()
    photographs = [SimpleUploadedFile("one.jpg", JPEG), SimpleUploadedFile("two.jpg", JPEG + b"2")]
    assert tom.sends(photographs=photographs).status_code == 302
    kept_names = Document.objects.filter(contact_id=Contact.objects.get().pk).values_list("name", flat=True)
    assert sorted(kept_names) == ["one.jpg", "two.jpg"]


def test_files_that_cannot_be_taken_keep_no_report_back_and_are_told_of(
    tom: Visitor, settings: Any, tmp_path: Any
) -> None:
    settings.HAVEN_FILES = tmp_path
    tom.tells_enough()
    photographs = [
        SimpleUploadedFile("game.exe", b"MZ\x00\x01"),
        SimpleUploadedFile("one.jpg", JPEG),
        SimpleUploadedFile("drawing.svg", b"<svg onload=alert(1)>"),
        SimpleUploadedFile("nothing.txt", b""),
    ]
    receipt = tom.sends(photographs=photographs)
    assert receipt.status_code == 302
    assert "game" not in str(receipt.cookies)
    page = text_of(tom.client.get(receipt.url))

    assert Contact.objects.get().reference in page
    for said in ("File 1: We cannot take this kind", "File 3: It could harm", "File 4: This file is empty"):
        assert said in page
    assert "File 2" not in page
    kept_files = dict(Document.objects.values_list("name", "state"))
    assert kept_files == {"one.jpg": "kept", "drawing.svg": "quarantined"}
