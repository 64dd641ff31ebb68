"""The virus scanner is asked about every file: held until it answers, never passed, never lost."""

import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from pytest_django import Settings

from haven.casework.access import wall
from haven.casework.cases.models import Case
from haven.casework.documents import scanner as scanners
from haven.casework.documents.keeping import keep_document
from haven.casework.documents.models import Document
from haven.casework.documents.opening import HeldForScan, Infected, KeptApart, open_document
from haven.casework.documents.scanner import ScannerSilent, ask_scanner, is_listening
from haven.casework.documents.scanning import scan, scan_waiting
from haven.casework.documents.tests.clamd import MOST, SCANNERS, ours, ours_by_tcp, scanner
from haven.casework.events.recording import history
from haven.casework.operations.actor import Actor
from haven.lib.inspecting.foreign import TESTED
from haven.project.testing.people import FRIDAY

PHOTO = b"\xff\xd8\xff\xe0" + b"a bruise" * 10


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short one: the path of a socket has at most 107 letters."""
    with tempfile.TemporaryDirectory(prefix="scan-") as made:
        yield Path(made)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Settings) -> Path:
    settings.HAVEN_FILES = tmp_path / "files"
    return tmp_path


@pytest.fixture(params=SCANNERS)
def listening(request: pytest.FixtureRequest, folder: Path, settings: Settings) -> Iterator[str]:
    """A scanner that works: ours, and clamd itself where it is installed."""
    with scanner(request.param, folder) as where:
        settings.HAVEN_CLAMAV = where
        yield where


@pytest.fixture
def gone(folder: Path, settings: Settings) -> None:
    """There is a scanner, and it is down."""
    settings.HAVEN_CLAMAV = f"unix:{folder}/nobody.ctl"


def kept(case: Case, by: Actor, content: bytes = PHOTO, at: datetime = FRIDAY, **facts: Any) -> Document:
    upload = ContentFile(content, name="arm.jpg")
    return keep_document(upload, authority_id=case.authority_id, case=case, by=by, at=at, **facts)


def again(document: Document) -> Document:
    wall.open_to_all()
    return Document.objects.get(pk=document.pk)


def test_a_scanner_says_clean_and_names_what_it_finds(listening: str) -> None:
    assert is_listening()
    assert ask_scanner(PHOTO).is_clean
    assert ask_scanner(b"").is_clean
    assert ask_scanner(TESTED).virus.startswith("Eicar-Test-Signature")
    assert ask_scanner(PHOTO * 1000 + TESTED).virus.startswith("Eicar-Test-Signature")


def test_a_file_over_the_scanners_own_limit_is_not_called_clean(listening: str) -> None:
    with pytest.raises(ScannerSilent):
        ask_scanner(bytes(MOST + 70_000))


def test_a_scanner_is_reached_by_tcp_too(settings: Settings) -> None:
    with ours_by_tcp() as where:
        settings.HAVEN_CLAMAV = where
        assert is_listening()
        assert ask_scanner(TESTED).virus


ANSWERS = [
    b"stream: OK",
    b"stream: OK\n\0",
    b"\0",
    b"ok\0",
    b"stream: Heuristic ERROR\0",
    b"x" * 5000,
    b"stream: OK FOUNDX\0",
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_cut_off_or_not_understood_is_silence(answer: bytes, folder: Path, settings: Settings) -> None:
    with ours(folder, answer) as where:
        settings.HAVEN_CLAMAV = where
        with pytest.raises(ScannerSilent):
            ask_scanner(PHOTO)


@pytest.mark.parametrize("where", ["unix:/nowhere/clamd.ctl", "tcp:127.0.0.1:1", "tcp:nonsense", "clamd"])
def test_a_scanner_that_is_not_there_is_silence(where: str, settings: Settings) -> None:
    settings.HAVEN_CLAMAV = where
    assert not is_listening()
    with pytest.raises(ScannerSilent):
        ask_scanner(PHOTO)


def test_a_scanner_that_never_answers_is_given_up(folder: Path, settings: Settings, monkeypatch: Any) -> None:
    monkeypatch.setattr(scanners, "ANSWER_WITHIN", 0.2)
    with ours(folder, b"never ending") as where:
        settings.HAVEN_CLAMAV = where
        with pytest.raises(ScannerSilent):
            ask_scanner(PHOTO)


def test_a_file_is_held_until_it_is_scanned_and_then_opens(listening: str, case: Case, priya: Actor) -> None:
    document = kept(case, priya)
    assert document.scan == Document.Scan.HELD
    assert document.due_at == FRIDAY + timedelta(hours=1)
    with pytest.raises(HeldForScan):
        open_document(document, warned=True, by=priya, at=FRIDAY)

    assert scan(document.pk, FRIDAY)

    document = again(document)
    assert (document.scan, document.state, document.due_at) == ("clean", "kept", None)
    assert open_document(document, by=priya, at=FRIDAY).content == PHOTO
    assert "documents.scanned" in [event.type for event in history(case.pk)]


def test_a_file_with_a_virus_is_kept_apart_with_its_bytes_and_opens_for_nobody(
    listening: str, case: Case, priya: Actor
) -> None:
    content = PHOTO + TESTED
    document = kept(case, priya, content, quarantine=True)
    assert scan(document.pk, FRIDAY)

    document = again(document)
    assert (document.scan, document.state) == ("infected", "quarantined")
    assert document.virus.startswith("Eicar-Test-Signature")
    assert (Path(document.path).name, document.sha256) == (document.sha256, document.sha256)
    with pytest.raises(Infected):
        open_document(document, warned=True, whole=True, by=priya, at=FRIDAY)


def test_a_virus_only_the_scanner_knows_keeps_a_file_apart(
    folder: Path, settings: Settings, case: Case, priya: Actor
) -> None:
    with ours(folder, b"stream: Zz.New-1 FOUND\0") as where:
        settings.HAVEN_CLAMAV = where
        document = kept(case, priya)
        assert (document.state, document.scan) == ("kept", "held")
        scan(document.pk, FRIDAY)

    document = again(document)
    assert (document.state, document.findings, document.virus) == ("quarantined", ["virus"], "Zz.New-1")
    assert document.due_at is not None


def test_while_the_scanner_is_down_files_are_held_and_lost_to_nobody(
    gone: None, folder: Path, settings: Settings, case: Case, priya: Actor
) -> None:
    documents = [kept(case, priya, PHOTO + bytes([n])) for n in range(5)]

    assert scan_waiting(FRIDAY) == 0
    assert {again(each).scan for each in documents} == {"held"}
    for each in documents:
        with pytest.raises(HeldForScan):
            open_document(each, warned=True, by=priya, at=FRIDAY)

    with ours(folder) as where:
        settings.HAVEN_CLAMAV = where
        assert scan_waiting(FRIDAY) == 5
    assert {again(each).scan for each in documents} == {"clean"}


def test_a_file_the_scanner_never_answers_for_holds_up_no_other(listening: str, case: Case, priya: Actor) -> None:
    large = kept(case, priya, PHOTO + bytes(MOST + 70_000), at=FRIDAY - timedelta(days=1))
    small = kept(case, priya)

    assert scan_waiting(FRIDAY) == 1
    assert (again(large).scan, again(small).scan) == ("held", "clean")


def test_files_kept_before_there_was_a_scanner_are_scanned_when_there_is_one(
    folder: Path, settings: Settings, case: Case, priya: Actor
) -> None:
    document = kept(case, priya)
    assert document.scan == Document.Scan.NOT_SCANNED

    with ours(folder) as where:
        settings.HAVEN_CLAMAV = where
        assert scan_waiting(FRIDAY) == 1
        assert scan_waiting(FRIDAY) == 0
    assert again(document).scan == "clean"


def test_a_clean_answer_releases_nothing_that_was_kept_apart_for_another_reason(
    listening: str, case: Case, priya: Actor
) -> None:
    document = kept(case, priya, b"<html><script>x()</script></html>", quarantine=True)
    scan(document.pk, FRIDAY)

    document = again(document)
    assert (document.scan, document.state) == ("clean", "quarantined")
    assert document.due_at is not None
    with pytest.raises(KeptApart):
        open_document(document, warned=True, by=priya, at=FRIDAY)
