"""The check of what is to leave: none of the redacted words is anywhere in the file, and nothing lies under a box.

It knows nothing of how the file was made, and believes nothing the file says. A finding stops the file (TR-13).
"""

import io
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from haven.lib.paper.making import PagePicture, picture_pdf, text_pdf
from haven.lib.redacting.boxes import Box
from haven.lib.redacting.inside import forbidden_in, layers_of
from haven.lib.redacting.pages import CannotBeRead, opened, page_texts
from haven.lib.redacting.pictures import GRID
from haven.lib.redacting.spelling import fold, holds

TITLE = "Redacted copy"
"""The title of every redacted file: nothing of the original's name."""

_PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"pHYs", b"gAMA", b"sRGB"}
_JPEG_KEPT = {0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0, 0xEE}


@dataclass(frozen=True)
class Finding:
    """Something that must not leave: what kind of place, and which page where there is one. Never the words."""

    kind: str
    page: int | None = None


def check_pictures_pdf(content: bytes, terms: Sequence[str], boxes: Sequence[Box]) -> list[Finding]:
    """A PDF of pictures: no text at all, nothing beside the pictures, none of the words, black under every box."""
    try:
        sizes, texts = _sizes(content), page_texts(content)
        reader = PdfReader(io.BytesIO(content))
        pictures = [[each.image for each in page.images if each.image] for page in reader.pages]
        said = [page.extract_text() for page in reader.pages]
    except (CannotBeRead, PyPdfError, ValueError, KeyError, OSError, TypeError, AttributeError):
        return [Finding("unreadable")]
    found = [Finding("text_layer", n) for n, text in enumerate(texts) if text.strip() or said[n].strip()]
    found += [Finding("further_picture", n) for n, each in enumerate(pictures) if len(each) != 1]
    found += [Finding("drawn_over", n) for n in range(len(texts)) if _draws(reader, n)]
    blank = [PagePicture(_white(), *size, _alt(n, len(sizes))) for n, size in enumerate(sizes)]
    found += _written(content, terms, picture_pdf(TITLE, blank))
    for box in boxes:
        found += [Finding("under_box", box.page)] if not _is_black(pictures, box) else []
    return found


def check_text_pdf(content: bytes, terms: Sequence[str]) -> list[Finding]:
    """A PDF of the words that are left: none of the redacted ones, by any reader, nor anything hidden in it."""
    try:
        texts = page_texts(content)
        texts += [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    except (CannotBeRead, PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return [Finding("unreadable")]
    pages = len(texts) // 2
    found = [Finding("text_layer", number % pages) for number, text in enumerate(texts) if holds(text, terms)]
    found += [Finding("text_layer")] if holds(" ".join(texts[:pages]), terms) else []
    return found + _written(content, terms, text_pdf(TITLE, []))


def check_picture(content: bytes, terms: Sequence[str], boxes: Sequence[Box]) -> list[Finding]:
    """A photograph: nothing in the file but its pixels, and black under every box."""
    try:
        picture = Image.open(io.BytesIO(content))
        picture.load()
    except (OSError, ValueError, SyntaxError):
        return [Finding("unreadable")]
    found = [Finding("metadata")] if not _is_bare(content) or picture.getexif() else []
    hidden = [str(value) for name, value in picture.info.items() if name not in ("dpi", "jfif_unit", "jfif_density")]
    found += [Finding("metadata")] if holds("\n".join(hidden), terms) else []
    return found + [Finding("under_box", 0) for box in boxes if not _is_black([[picture]], box, GRID)]


def _written(content: bytes, terms: Iterable[str], like: bytes) -> list[Finding]:
    """What stands in the bytes, streams, strings and objects. `like` is an empty file of the same making: words of the
    format itself (Page, Font) are in it too, and so are no finding."""
    ours = {text for _, text in layers_of(like)}
    plain = "\n".join(ours)
    sought = [term for term in terms if len(fold(term)) >= 3 and not holds(plain, [term])]
    found = [Finding(kind) for kind in forbidden_in(content)]
    layers = [(where, text) for where, text in layers_of(content) if text not in ours]
    if not sought:
        return found
    where_found = {where for where, text in layers if holds(text, sought)}
    return found + [Finding(f"written_in_{where}") for where in sorted(where_found)]


def _draws(reader: PdfReader, number: int) -> bool:
    """The page does more than show its picture: it draws, or writes, perhaps over something."""
    contents = reader.pages[number].get_contents()
    shown = {b"q", b"Q", b"cm", b"Do", b"BDC", b"BMC", b"EMC"}
    return contents is not None and any(operator not in shown for _, operator in contents.operations)


def _is_black(pictures: Sequence[Sequence[Image.Image]], box: Box, grid: int = 1) -> bool:
    """All black beneath the box: the pixels of the picture itself, not of what is drawn over it."""
    if box.page >= len(pictures) or len(pictures[box.page]) != 1:
        return False
    picture = pictures[box.page][0]
    part = picture.convert("RGB").crop(box.pixels(*picture.size, grid))
    return part.size[0] > 0 and part.size[1] > 0 and all(high <= 2 for _, high in part.getextrema())  # type: ignore[misc]


def _sizes(content: bytes) -> list[tuple[float, float]]:
    with opened(content) as document:
        return [page.get_size() for page in document]


def _alt(number: int, total: int) -> str:
    return f"Page {number + 1} of {total}; its words are in the text version"


def _white() -> bytes:
    made = io.BytesIO()
    Image.new("L", (1, 1), 255).save(made, "PNG")
    return made.getvalue()


def _is_bare(content: bytes) -> bool:
    """Only the parts of the format that hold pixels, and no byte after the end."""
    try:
        if content.startswith(b"\x89PNG"):
            return set(_png_chunks(content)) <= _PNG_KEPT
        return set(_jpeg_segments(content)) <= _JPEG_KEPT
    except (struct.error, IndexError, ValueError):
        return False


def _png_chunks(content: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        yield name
        at += 12 + length
        if name == b"IEND" and at != len(content):
            raise ValueError("bytes after the end")


def _jpeg_segments(content: bytes) -> Iterator[int]:
    """The markers up to the pixels; the file must end where the picture does."""
    at = 2
    while True:
        mark, code, length = struct.unpack(">BBH", content[at : at + 4])
        if mark != 0xFF:
            raise ValueError("not a segment")
        yield code
        at += 2 + length
        if code == 0xDA:
            break
    if content.find(b"\xff\xd9", at) != len(content) - 2:
        raise ValueError("bytes after the end")
