"""A file that could do harm is refused or kept apart, its bytes as they came; a named person decides, with reasons."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from pytest_django import Settings

from haven.casework.cases.models import Case
from haven.casework.documents.deciding import NothingToDecide, WhyDecided, reject_file, release_file
from haven.casework.documents.keeping import FileUnsafe, KindNotTaken, keep_document, plain_name
from haven.casework.documents.models import Document
from haven.casework.documents.naming import saved_as
from haven.casework.documents.opening import (
    Infected,
    KeptApart,
    MayTellWhere,
    bytes_as_kept,
    headers_for,
    open_document,
    read_document,
    tells_where,
)
from haven.casework.events.recording import history
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed, Refusal
from haven.lib.inspecting.looking import findings_in
from haven.lib.inspecting.tests.harmless import HARMLESS, a_letter
from haven.lib.inspecting.tests.hostile import linked, pdf_with, picture, word
from haven.lib.inspecting.tests.hostile_kinds import HOSTILE
from haven.project.testing.people import FRIDAY, TUESDAY

SAFE_KINDS = ("application/pdf", "image/jpeg", "image/png")


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Settings) -> Path:
    settings.HAVEN_FILES = tmp_path
    return tmp_path


def kept(case: Case, by: Actor, content: bytes, name: str = "a.bin", at: datetime = FRIDAY, **facts: Any) -> Document:
    upload = ContentFile(content, name=name)
    where: dict[str, Any] = {"authority_id": case.authority_id, "case": case, "quarantine": True, **facts}
    return keep_document(upload, by=by, at=at, **where)


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_or_kept_apart_as_it_came_and_never_shown(
    what: str, case: Case, priya: Actor, desmond: Actor
) -> None:
    name, make, _finding = HOSTILE[what]
    content = make()
    with pytest.raises((FileUnsafe, KindNotTaken)) as refused:
        kept(case, priya, content, name, quarantine=False)
    assert str(refused.value)
    assert not Document.objects.exists()

    document = kept(case, priya, content, name)

    assert (document.state, document.sha256) == (Document.State.QUARANTINED, hashlib.sha256(content).hexdigest())
    assert document.findings
    assert document.due_at is not None
    assert bytes_as_kept(document) == content
    for asked in (open_document, lambda each, **_: read_document(each)):
        with pytest.raises((KeptApart, Infected)):
            asked(document, warned=True, whole=True, by=priya, at=FRIDAY)

    release_file(document, reasons="The adult's daughter sent it.", by=desmond, at=TUESDAY)
    opened = open_document(document, whole=True, by=priya, at=TUESDAY)

    assert (opened.whole, opened.content == content) == (False, False)
    assert opened.headers["Content-Type"] in SAFE_KINDS
    assert opened.headers["Content-Disposition"].startswith("attachment")
    assert opened.headers["Content-Security-Policy"].startswith("sandbox")
    assert findings_in(opened.content) == ()
    assert bytes_as_kept(document) == content


@pytest.mark.parametrize("what", HARMLESS)
def test_what_people_really_send_is_kept_and_opens(what: str, case: Case, priya: Actor) -> None:
    content = HARMLESS[what]()
    if what == "a text in UTF-16":
        content = content.decode("utf-16").encode()
    document = kept(case, priya, content, quarantine=False)

    assert (document.state, document.findings) == (Document.State.KEPT, [])
    assert open_document(document, warned=True, whole=True, by=priya, at=FRIDAY).content == content


def test_whatever_comes_with_a_quarantine_is_never_refused_but_for_its_size(case: Case, priya: Actor) -> None:
    for content in (b"\x00", b"PK\x03\x04", b"%PDF-", b"\xff", b"{", bytes(1000)):
        assert kept(case, priya, content).pk


def test_a_manager_rejects_a_file_with_reasons_and_nobody_opens_it(case: Case, priya: Actor, desmond: Actor) -> None:
    document = kept(case, priya, word(word__vbaProject_dot_bin=b"x"), "rota.docm")
    with pytest.raises(WhyDecided):
        reject_file(document, reasons=" ", by=desmond, at=TUESDAY)

    reject_file(document, reasons="Sent by nobody we know.", by=desmond, at=TUESDAY)

    with pytest.raises(KeptApart, match="not to be opened"):
        open_document(document, warned=True, by=priya, at=TUESDAY)
    with pytest.raises(NothingToDecide):
        release_file(document, reasons="After all.", by=desmond, at=TUESDAY)
    assert "documents.rejected" in [event.type for event in history(case.pk)]
    assert bytes_as_kept(document)


def test_who_may_not_decide_decides_nothing(case: Case, priya: Actor, amara: Actor, elsewhere_worker: Actor) -> None:
    document = kept(case, priya, b"<svg onload=x()>")
    for actor in (priya, amara, elsewhere_worker, Actor.job("virus scan"), Actor.public(case.authority_id)):
        with pytest.raises(NotAllowed):
            release_file(document, reasons="I want to.", by=actor, at=TUESDAY)
    assert Document.objects.get().state == Document.State.QUARANTINED


def test_the_database_keeps_nothing_decided_without_a_person_and_reasons(case: Case, priya: Actor) -> None:
    document = kept(case, priya, b"<svg onload=x()>")
    for state in ("released", "rejected"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(state=state)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(due_at=None)


def test_a_letter_kept_apart_opens_as_its_words(case: Case, priya: Actor, desmond: Actor) -> None:
    document = kept(case, priya, linked("image", "https://evil.example/a.png"), "letter.docx")
    release_file(document, reasons="From the daughter.", by=desmond, at=TUESDAY)
    opened = open_document(document, by=priya, at=TUESDAY)

    assert opened.headers["Content-Type"] == "application/pdf"
    assert opened.headers["Content-Disposition"].endswith("safe%20form%20of%20letter.docx.pdf")
    assert b"evil.example" not in opened.content


def test_a_pdf_kept_apart_opens_as_pictures_of_its_pages(case: Case, priya: Actor, desmond: Actor) -> None:
    script = HOSTILE["a PDF with a script"][1]()
    document = kept(case, priya, script, "report.pdf")
    release_file(document, reasons="From the GP.", by=desmond, at=TUESDAY)

    opened = open_document(document, by=priya, at=TUESDAY).content
    assert opened.startswith(b"%PDF-")
    assert b"JavaScript" not in opened
    assert pdf_with({}) != opened


def test_a_photograph_of_a_telephone_keeps_its_place_so_it_opens_after_a_warning(case: Case, priya: Actor) -> None:
    """HEIC and film: nothing here makes them anew, so they are for the case's workers, and never given outside."""
    document = kept(case, priya, HARMLESS["a photograph of a telephone"](), "IMG_1.heic")
    Document.objects.filter(pk=document.pk).update(scan=Document.Scan.CLEAN)
    document.refresh_from_db()

    assert tells_where(document)
    with pytest.raises(MayTellWhere):
        open_document(document, by=priya, at=FRIDAY)
    assert open_document(document, warned=True, by=priya, at=FRIDAY).whole


def test_a_file_is_saved_under_a_name_that_says_what_it_is(case: Case, priya: Actor) -> None:
    for given, saved in (("arm.html", "arm.html.jpg"), ("a\u202egpj.exe", "agpj.exe.jpg"), ("ARM.JPEG", "ARM.JPEG")):
        assert saved_as(plain_name(given), "image/jpeg") == saved
    for tricky in (
        "..\\..\\con.txt",
        "NUL",
        "a.jpg:evil.exe",
        "  ...  ",
        "x" * 500,
        "../../etc/passwd",
        "a\x00b\n.jpg",
    ):
        name = plain_name(tricky)
        assert name
        assert len(name) <= 205
        assert not set(name) & set('/\\:<>"|?*\x00\n')
        assert name.split(".")[0].lower() not in ("con", "nul")
    document = kept(case, priya, picture(), "arm.html")
    assert open_document(document, warned=True, by=priya, at=FRIDAY).headers["Content-Disposition"].endswith(".jpg")
    assert headers_for("a.docm", "application/octet-stream")["Content-Disposition"].endswith("a.docm.kept")


def test_a_letter_in_a_letter_is_read_to_its_end(case: Case, priya: Actor) -> None:
    inner = word(word__embeddings__a_dot_docx=a_letter())
    assert kept(case, priya, inner, quarantine=False).state == Document.State.KEPT
    with pytest.raises(Refusal):
        kept(case, priya, word(word__embeddings__a_dot_docx=word(word__vbaProject_dot_bin=b"x")), quarantine=False)
