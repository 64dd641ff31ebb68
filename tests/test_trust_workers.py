"""The worker given a case can read the report it came from and open its evidence; a worker of another team cannot."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from haven.casework.access.models import User
from haven.casework.cases.casework import allocate
from haven.casework.documents.keeping import keep_document
from haven.project.testing.people import TUESDAY


@pytest.fixture
def with_photograph(concern, amara, priya):
    image = SimpleUploadedFile("stairs.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, content_type="image/png")
    contact = concern.contact
    document = keep_document(image, authority_id=contact.authority_id, contact_id=contact.pk, by=amara, at=TUESDAY)
    allocate(concern.case, user=User.objects.get(pk=priya.id), kind="concern", at=TUESDAY)
    return contact, document


def test_the_allocated_worker_reads_the_report_and_opens_its_evidence(with_photograph, sign_in, priya):
    contact, document = with_photograph
    client = sign_in(priya)

    assert client.get(f"/reports/{contact.reference}/").status_code == 200
    assert client.post(f"/reports/{contact.reference}/files/{document.pk}").status_code == 200


def test_a_worker_of_another_team_finds_neither(with_photograph, sign_in, other_team_worker):
    contact, document = with_photograph
    client = sign_in(other_team_worker)

    assert client.get(f"/reports/{contact.reference}/").status_code == 404
    assert client.post(f"/reports/{contact.reference}/files/{document.pk}").status_code == 404
