"""Letters say what they declare, and stay as they were written."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import ProgrammingError, transaction

from haven.casework.cases.models import Case
from haven.casework.letters.composing import LetterIncomplete, NotInTheLetter, compose, fingerprint, write_letter
from haven.casework.letters.models import Letter
from haven.casework.letters.templates import (
    TEMPLATES,
    BadTemplate,
    Template,
    letter_template,
    load_letters,
    read_template,
)
from haven.casework.operations.actor import Actor

TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=ZoneInfo("Europe/London"))
EVERY_LETTER = sorted((Path(__file__).parents[4] / "haven").glob("*/*/letters/*.md"))

RECEIPT = """---
code: receipt
version: 1
level: receipt
recipient: The person who told us
subject: Your message {{ reference }}
placeholders: [reference, telephone]
---
Thank you. We have your message {{ reference }}.

Ring {{ telephone }} if anything gets worse.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    before = dict(TEMPLATES)
    yield tmp_path
    TEMPLATES.clear()
    TEMPLATES.update(before)


def read(folder: Path, text: str, name: str = "receipt.en.md") -> Template:
    (folder / name).write_text(text, encoding="utf-8")
    return read_template(folder / name)


def test_a_letter_is_filled_in(folder: Path) -> None:
    subject, body = compose(read(folder, RECEIPT), {"reference": "C-7K4M-2QTX", "telephone": "01632 960 001"})

    assert subject == "Your message C-7K4M-2QTX"
    assert body.endswith("Ring 01632 960 001 if anything gets worse.\n")


def test_a_letter_with_an_empty_place_is_not_written(folder: Path) -> None:
    with pytest.raises(LetterIncomplete, match="telephone"):
        compose(read(folder, RECEIPT), {"reference": "C-7K4M-2QTX", "telephone": " "})


def test_what_the_letter_has_no_place_for_is_turned_away(folder: Path) -> None:
    with pytest.raises(NotInTheLetter, match="address"):
        compose(read(folder, RECEIPT), {"reference": "C-1", "telephone": "1", "address": "4 Almond Row"})


def test_a_place_inside_a_value_is_not_filled_in_again(folder: Path) -> None:
    _, body = compose(read(folder, RECEIPT), {"reference": "{{ telephone }}", "telephone": "01632 960 001"})

    assert "message {{ telephone }}." in body


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("placeholders: [reference, telephone]", "placeholders: [reference]", "telephone"),
        ("placeholders: [reference, telephone]", "placeholders: [reference, telephone, name]", "name"),
        ("subject: Your message {{ reference }}", "subject: Message {{ telephone }}", "subject may only say"),
        ("level: receipt\n", "", "level"),
        ("code: receipt", "code: other", "its code"),
        ("---\ncode", "code", "front matter"),
    ],
)
def test_a_wrong_template_stops_the_program(folder: Path, was: str, becomes: str, says: str) -> None:
    assert was in RECEIPT
    with pytest.raises(BadTemplate, match=says):
        read(folder, RECEIPT.replace(was, becomes, 1))


def test_the_newest_version_is_written_and_an_older_one_can_be_asked_for(folder: Path) -> None:
    read(folder, RECEIPT, "receipt.1.en.md")
    read(folder, RECEIPT.replace("version: 1", "version: 2").replace("Thank you", "Thanks"))
    load_letters(folder)

    assert letter_template("receipt").version == 2
    assert letter_template("receipt", version=1).text.startswith("Thank you")
    assert letter_template("receipt", language="cy").language == "en"


def test_two_wordings_of_one_version_stop_the_program(folder: Path) -> None:
    read(folder, RECEIPT)
    load_letters(folder)
    read(folder, RECEIPT.replace("Thank you", "Thanks"))

    with pytest.raises(BadTemplate, match="twice"):
        load_letters(folder)


def test_a_letter_nobody_wrote_is_not_found() -> None:
    with pytest.raises(BadTemplate, match="no letter"):
        letter_template("never written")


def test_every_letter_of_haven_declares_what_it_says() -> None:
    templates = [read_template(path) for path in EVERY_LETTER]

    assert [template.code for template in templates if not template.text.strip() or template.version < 1] == []
    assert len({(template.code, template.version, template.language) for template in templates}) == len(EVERY_LETTER)


def written(case: Case, by: Actor, folder: Path) -> Letter:
    values = {"reference": case.reference, "telephone": "01632 960 001"}
    return write_letter(
        read(folder, RECEIPT), values, authority_id=case.authority_id, case=case, to_kind="referrer", by=by, at=TUESDAY
    )


def test_a_letter_carries_the_fingerprint_of_its_words(case: Case, priya: Actor, folder: Path) -> None:
    letter = Letter.objects.get(pk=written(case, priya, folder).pk)

    assert letter.sha256 == fingerprint(letter.subject, letter.body)
    assert (letter.template, letter.version, letter.level) == ("receipt", 1, "receipt")


def test_the_database_refuses_to_change_a_letter(case: Case, priya: Actor, folder: Path) -> None:
    letter = written(case, priya, folder)

    with pytest.raises(ProgrammingError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(body="Something else")
    letter.refresh_from_db()
    assert letter.body.startswith("Thank you")
