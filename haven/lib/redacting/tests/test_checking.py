"""The check catches a file that only looks redacted, whatever way it cheats."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from haven.lib.paper.making import PagePicture, Section, picture_pdf, text_pdf
from haven.lib.redacting.boxes import Box
from haven.lib.redacting.checking import TITLE, check_picture, check_pictures_pdf, check_text_pdf
from haven.lib.redacting.making import Copy, make_copy
from haven.lib.redacting.pages import boxes_of, burnt, flattened, page_png
from haven.lib.redacting.pictures import plain_picture
from haven.lib.redacting.tests.files import a_pdf, a_photograph, add_field, with_revision, written
from haven.lib.redacting.words import PDF

SECRET = "Whitlock"
WORDS = f"Joan {SECRET} lives with her nephew".split()
Change = Callable[[PdfWriter], None]


@pytest.fixture(scope="module")
def original() -> bytes:
    return a_pdf(WORDS, "A letter")


@pytest.fixture(scope="module")
def made(original: bytes) -> Copy:
    """A true redacted copy, in which nothing is found."""
    copy = make_copy(original, PDF, terms=[SECRET])
    assert copy.findings == ()
    return copy


def kinds(content: bytes, made: Copy) -> set[str]:
    return {finding.kind for finding in check_pictures_pdf(content, [SECRET], made.boxes)}


def changed(made: Copy, change: Change) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(made.content))
    change(writer)
    return written(writer)


def test_a_black_box_over_live_text_is_caught(original: bytes, made: Copy) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(original))
    box = DecodedStreamObject()
    box.set_data(b"q 0 0 0 rg 60 700 400 60 re f Q")
    page = writer.pages[0]
    old = page["/Contents"].get_object().get_data()
    covered = StreamObject()
    covered.set_data(old + b"\n" + box.get_data())
    page[NameObject("/Contents")] = writer._add_object(covered)

    assert {"text_layer", "drawn_over"} <= kinds(written(writer), made)
    assert "text_layer" in {finding.kind for finding in check_text_pdf(written(writer), [SECRET])}


def test_a_box_drawn_over_a_picture_that_still_shows_it_is_caught(original: bytes, made: Copy) -> None:
    png, width, height = page_png(flattened(original), 0)
    assert "under_box" in kinds(picture_pdf(TITLE, [PagePicture(png, width, height, "Page 1")]), made)


def test_a_box_that_lets_the_words_shine_through_is_caught(original: bytes, made: Copy) -> None:
    flat = flattened(original)
    png, width, height = page_png(flat, 0)
    page = Image.open(io.BytesIO(png)).convert("RGB")
    half = Image.blend(page, burnt(page, boxes_of(flat, [SECRET])), 0.93)
    shining = io.BytesIO()
    half.save(shining, "PNG")
    assert "under_box" in kinds(picture_pdf(TITLE, [PagePicture(shining.getvalue(), width, height, "Page 1")]), made)


CHEATS: dict[str, tuple[Change, str]] = {
    "keeps metadata": (lambda writer: writer.add_metadata({"/Author": SECRET}), "written_in_Author"),
    "keeps an attachment": (lambda writer: writer.add_attachment("letter.txt", SECRET.encode()), "attachment"),
    "keeps a form field": (lambda writer: add_field(writer, SECRET), "form_field"),
    "keeps a comment": (
        lambda writer: writer.add_annotation(0, FreeText(text=SECRET, rect=(50, 50, 90, 90))), "annotation",
    ),
    "keeps a bookmark": (lambda writer: writer.add_outline_item(f"About {SECRET}", 0), "written_in_Title"),
    "keeps a script": (lambda writer: writer.add_js(f"app.alert('{SECRET}')"), "script"),
    "keeps alternative text": (lambda writer: alternative(writer, f"Letter to {SECRET}"), "written_in_Alt"),
    "keeps a thumbnail": (lambda writer: thumbnail(writer), "thumbnail"),
    "keeps XMP": (lambda writer: xmp(writer), "written_in_bytes"),
    "keeps an object that no page leads to": (
        lambda writer: writer._root_object.update({NameObject("/Old"): TextStringObject(f"to {SECRET}")}),
        "written_in_Old",
    ),
}  # fmt: skip


def alternative(writer: PdfWriter, words: str) -> None:
    writer.pages[0][NameObject("/Alt")] = TextStringObject(words)


def thumbnail(writer: PdfWriter) -> None:
    stream = DecodedStreamObject()
    stream.set_data(b"\0" * 300)
    stream.update({NameObject("/Subtype"): NameObject("/Image")})
    writer.pages[0][NameObject("/Thumb")] = writer._add_object(stream)


def xmp(writer: PdfWriter) -> None:
    stream = DecodedStreamObject()
    stream.set_data(f"<x:xmpmeta><dc:subject>{SECRET}</dc:subject></x:xmpmeta>".encode())
    stream.update(DictionaryObject({NameObject("/Type"): NameObject("/Metadata")}))
    writer._root_object[NameObject("/Metadata")] = writer._add_object(stream)


@pytest.mark.parametrize("cheat", CHEATS)
def test_a_copy_is_caught_that(cheat: str, made: Copy) -> None:
    change, kind = CHEATS[cheat]
    assert kind in kinds(changed(made, change), made)


def test_a_copy_that_keeps_an_earlier_revision_is_caught(made: Copy) -> None:
    found = kinds(with_revision(made.content, SECRET), made)
    assert {"earlier_revision", "written_in_string"} <= found


@pytest.mark.parametrize(
    "hidden",
    [
        SECRET.encode("utf-16-be"), SECRET.encode("utf-16-le"), b"<" + SECRET.encode().hex().encode() + b">",
        b"<feff" + SECRET.encode("utf-16-be").hex().encode() + b">", b"(\\127hitloc\\153)", b"/#57hitlock",
    ],
)  # fmt: skip
def test_words_hidden_in_another_coding_after_a_comment_are_caught(hidden: bytes, made: Copy) -> None:
    end = made.content.rfind(b"startxref")
    content = made.content[:end] + b"%" + hidden + b"\n" + made.content[end:]
    assert [kind for kind in kinds(content, made) if kind.startswith("written_in_")]


def test_bytes_after_the_end_are_caught(made: Copy) -> None:
    assert "trailing_bytes" in kinds(made.content + b"\nmore", made)


def test_text_that_keeps_one_spelling_is_caught() -> None:
    cheat = text_pdf(TITLE, [Section("", "Joan WHIT-\nLOCK")])
    assert "text_layer" in {finding.kind for finding in check_text_pdf(cheat, [SECRET])}


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photograph_that_keeps_where_it_was_taken_is_caught(kind: str) -> None:
    photograph, box = a_photograph(SECRET, kind), Box(0, 0.05, 0.05, 0.3, 0.2)

    assert {"metadata", "under_box"} <= {finding.kind for finding in check_picture(photograph, [SECRET], [box])}
    plain, _ = plain_picture(photograph, [box])
    assert check_picture(plain, [SECRET], [box]) == []
    assert check_picture(plain + SECRET.encode(), [SECRET], [box]) != []


def test_a_surname_that_is_a_word_of_the_format_does_not_stop_a_true_copy() -> None:
    made = make_copy(a_pdf("Mr Page and Ms Font".split(), "A letter"), PDF, terms=["Page", "Font"])
    assert [finding.kind for finding in made.findings] == []


def test_the_originals_are_what_they_seem(original: bytes) -> None:
    assert SECRET in PdfReader(io.BytesIO(original)).pages[0].extract_text()
