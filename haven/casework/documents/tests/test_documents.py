"""Files are taken by what they are, kept out of reach and opened on the record."""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from haven.casework.access.models import Authority
from haven.casework.cases.models import Case
from haven.casework.documents.keeping import FileEmpty, FileTooLarge, KindNotTaken, keep_document, plain_name
from haven.casework.documents.kinds import DOCX, EML, PDF, TEXT, kind_of
from haven.casework.documents.models import Document
from haven.casework.documents.opening import FileDamaged, Infected, NotScanned, open_document
from haven.casework.events.recording import history
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.lib.ids import uuid7

FRIDAY = datetime(2026, 3, 6, 14, 0, tzinfo=ZoneInfo("Europe/London"))
PHOTO = b"\xff\xd8\xff\xe0" + b"a bruise" * 10
MAIL = b"From: tom@example.org\r\nDate: Fri, 6 Mar 2026 14:00:00 +0000\r\nSubject: Joan\r\n\r\nShe is not eating.\r\n"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Settings) -> Path:
    settings.HAVEN_FILES = tmp_path
    return tmp_path


def office(*parts: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        for part in parts:
            package.writestr(part, "<xml/>")
    return whole.getvalue()


def kept(case: Case, by: Actor, content: bytes = PHOTO, name: str = "arm.jpg", **facts: Any) -> Document:
    upload = SimpleUploadedFile(name, content, content_type="text/html")
    return keep_document(upload, authority_id=case.authority_id, case=case, by=by, at=FRIDAY, **facts)


KINDS = {
    "photo": (PHOTO, "image/jpeg"),
    "png": (b"\x89PNG\r\n\x1a\n....", "image/png"),
    "gif": (b"GIF89a....", "image/gif"),
    "pdf": (b"%PDF-1.7\n", PDF),
    "heic": (b"\x00\x00\x00\x18ftypheic", "image/heic"),
    "mp4": (b"\x00\x00\x00\x18ftypisom", "video/mp4"),
    "mp3": (b"ID3\x04", "audio/mpeg"),
    "word": (office("word/document.xml"), DOCX),
    "e-mail": (MAIL, EML),
    "text": ("Joan told me, “I am hungry”".encode(), TEXT),
    "program": (b"MZ\x90\x00\x03", None),
    "word with macros": (office("word/document.xml", "word/vbaProject.bin"), None),
    "program in a zip": (office("evil.exe"), None),
    "broken zip": (b"PK\x03\x04broken", None),
    "another video": (b"\x00\x00\x00\x18ftypqt  ", None),
}


# Named, for the bytes of a zip hold the time: two processes would not agree what the tests are called.
@pytest.mark.parametrize(("content", "kind"), KINDS.values(), ids=KINDS)
def test_a_file_is_what_its_first_bytes_say(content: bytes, kind: str | None) -> None:
    assert kind_of(content) == kind


def test_a_photo_is_kept_under_its_fingerprint_and_never_believed_about_its_kind(
    case: Case, priya: Actor, files: Path
) -> None:
    document = kept(case, priya, name="..\\..\\arm.html")

    assert (document.name, document.content_type, document.size) == ("arm.html", "image/jpeg", len(PHOTO))
    assert document.scan == Document.Scan.NOT_SCANNED
    assert (files / document.path).read_bytes() == PHOTO
    assert document.sha256 in document.path
    assert [event.type for event in history(case.pk)][:1] == ["documents.added"]


def test_the_same_photo_twice_is_two_documents_and_one_file(case: Case, priya: Actor, files: Path) -> None:
    assert kept(case, priya).path == kept(case, priya).path
    assert Document.objects.count() == 2
    assert len([path for path in files.rglob("*") if path.is_file()]) == 1


def test_a_file_too_large_empty_or_of_another_kind_is_turned_away(case: Case, priya: Actor, settings: Settings) -> None:
    with pytest.raises(FileEmpty):
        kept(case, priya, b"")
    with pytest.raises(KindNotTaken, match="Send a photo"):
        kept(case, priya, b"MZ\x90\x00\x03")
    settings.HAVEN_LARGEST_FILE = 1024 * 1024
    with pytest.raises(FileTooLarge, match="1 MB"):
        kept(case, priya, PHOTO * 50_000)
    assert not Document.objects.exists()


def test_a_file_not_scanned_is_opened_after_a_warning_sandboxed_and_recorded(case: Case, priya: Actor) -> None:
    document = kept(case, priya)
    with pytest.raises(NotScanned):
        open_document(document, by=priya, at=FRIDAY)

    opened = open_document(document, warned=True, by=priya, at=FRIDAY)

    assert opened.content == PHOTO
    assert opened.headers["Content-Security-Policy"].startswith("sandbox")
    assert opened.headers["X-Content-Type-Options"] == "nosniff"
    assert opened.headers["Content-Disposition"].startswith("attachment")
    assert "documents.opened" in [event.type for event in history(case.pk)]


def test_a_name_cannot_add_a_header(case: Case, priya: Actor) -> None:
    document = kept(case, priya, name='arm"\r\nSet-Cookie: a=b.jpg')
    sent = open_document(document, warned=True, by=priya, at=FRIDAY).headers["Content-Disposition"]

    assert "\r" not in sent
    assert "\n" not in sent
    assert '"' not in sent
    assert plain_name("/etc/") == "file"


def test_a_file_with_a_virus_or_changed_on_the_disk_is_not_opened(case: Case, priya: Actor, files: Path) -> None:
    document = kept(case, priya)
    (files / document.path).write_bytes(b"changed")
    with pytest.raises(FileDamaged):
        open_document(document, warned=True, by=priya, at=FRIDAY)
    Document.objects.filter(pk=document.pk).update(scan=Document.Scan.INFECTED)
    with pytest.raises(Infected):
        open_document(Document.objects.get(pk=document.pk), warned=True, by=priya, at=FRIDAY)


def test_who_has_nothing_to_do_with_the_case_does_not_open_its_files(
    case: Case, priya: Actor, other_team_worker: Actor, elsewhere_worker: Actor
) -> None:
    document = kept(case, priya)

    for stranger in (other_team_worker, elsewhere_worker):
        with pytest.raises(NotAllowed):
            open_document(document, warned=True, by=stranger, at=FRIDAY)


def test_a_restricted_file_is_for_the_cases_named_people(
    case: Case, priya: Actor, desmond: Actor, grace: Actor
) -> None:
    document = kept(case, priya, restriction="restricted")

    assert open_document(document, warned=True, by=desmond, at=FRIDAY).content == PHOTO
    with pytest.raises(NotAllowed):
        open_document(document, warned=True, by=grace, at=FRIDAY)


def test_a_file_that_came_with_a_report_is_opened_at_the_duty_desk(
    authority: Authority, neighbour: Actor, amara: Actor, priya: Actor
) -> None:
    upload = SimpleUploadedFile("arm.jpg", PHOTO)
    document = keep_document(upload, authority_id=authority.pk, contact_id=uuid7(), by=neighbour, at=FRIDAY)

    assert open_document(document, warned=True, by=amara, at=FRIDAY).content == PHOTO
    with pytest.raises(NotAllowed):
        open_document(document, warned=True, by=priya, at=FRIDAY)
