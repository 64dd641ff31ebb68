"""A redacted copy of a file of any kind that is taken, made anew (TR-13)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from haven.lib.paper.making import Section, text_pdf
from haven.lib.redacting.boxes import Box
from haven.lib.redacting.checking import TITLE, Finding, check_picture, check_pictures_pdf, check_text_pdf
from haven.lib.redacting.pages import boxes_of, flattened, redacted_pdf
from haven.lib.redacting.pictures import plain_picture
from haven.lib.redacting.spelling import without
from haven.lib.redacting.words import PDF, PICTURES, Words, words_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Copy:
    """What was made: the copy and its kind, the words that are left as a tagged PDF, every box, what was left out."""

    content: bytes
    kind: str
    text_pdf: bytes = b""
    boxes: tuple[Box, ...] = ()
    left_out: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


def make_copy(
    content: bytes, kind: str, *, terms: Sequence[str], boxes: Sequence[Box] = (), progress: Progress | None = None
) -> Copy:
    """The copy, checked. A PDF becomes pictures of its pages and a text; a picture a picture; the others a text.

    Refused (CannotBeRead): damaged, locked, or of a kind that cannot be redacted here.
    """
    if kind in PICTURES:
        made, made_kind = plain_picture(content, boxes)
        return Copy(made, made_kind, boxes=tuple(boxes), findings=tuple(check_picture(made, terms, boxes)))
    if kind == PDF:
        return _of_pages(content, terms, boxes, progress)
    words = words_of(content, kind)
    made = remaining(words, terms)
    return Copy(made, PDF, left_out=tuple(words.left_out), findings=tuple(check_text_pdf(made, terms)))


def remaining(words: Words, terms: Sequence[str]) -> bytes:
    """The words that are left, as a tagged PDF."""
    return text_pdf(
        TITLE, [Section(without(each.heading, terms), without(each.text, terms)) for each in words.sections]
    )


def _of_pages(content: bytes, terms: Sequence[str], boxes: Sequence[Box], progress: Progress | None) -> Copy:
    flat = flattened(content)
    every = (*boxes, *boxes_of(flat, terms))
    made = redacted_pdf(flat, every, TITLE, progress)
    words = words_of(content, PDF)
    text = remaining(words, terms)
    findings = (*check_pictures_pdf(made, terms, every), *check_text_pdf(text, terms))
    return Copy(made, PDF, text, every, tuple(words.left_out), findings)
