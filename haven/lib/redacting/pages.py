"""Pages of a PDF: where words stand on them, and the same pages as pictures with boxes burnt in.

pdfium is not made for threads: everything here holds one lock.
"""

import ctypes
import io
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageDraw

from haven.lib.paper.making import PagePicture, picture_pdf
from haven.lib.redacting.boxes import Box
from haven.lib.redacting.spelling import find

READING = 150
"""Dots per inch at which a page is read with ease."""

MOST_PIXELS = 5000
"""The longest side of a picture of a page, whatever size the page claims to be."""

_AROUND = 1.5
"""Points by which a box is larger than the letters it covers."""

_LOCK = threading.RLock()


class CannotBeRead(ValueError):
    """The file is damaged, or locked with a password."""


@contextmanager
def opened(content: bytes) -> Iterator[pdfium.PdfDocument]:
    """The PDF, for as long as nobody else uses pdfium."""
    with _LOCK:
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            raise CannotBeRead("This PDF is damaged or has a password. Ask for one without.") from error
        try:
            yield document
        finally:
            document.close()


def flattened(content: bytes) -> bytes:
    """The PDF with what is typed in its form fields and written on it as notes drawn into its pages."""
    with opened(content) as document:
        if document.get_formtype() != raw.FORMTYPE_NONE:
            document.init_forms()
        for page in document:
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
            page.close()
        flat = io.BytesIO()
        document.save(flat)
        return flat.getvalue()


def page_texts(content: bytes) -> list[str]:
    """The words of each page."""
    with opened(content) as document:
        return ["".join(_letters(page.get_textpage())) for page in document]


def boxes_of(content: bytes, terms: Sequence[str], only: int | None = None) -> list[Box]:
    """Where the terms stand on the pages (or on one), a box for each line of each; the file is a flattened one."""
    with opened(content) as document:
        wanted = range(len(document)) if only is None else range(only, min(only + 1, len(document)))
        return [box for number in wanted for box in _on_page(document[number], number, terms)]


def page_png(
    content: bytes, number: int, *, dots: int = READING, boxes: Iterable[Box] = ()
) -> tuple[bytes, float, float]:
    """One page as a picture (PNG) with the boxes burnt in, and its size in points. Refused: there is no such page."""
    with opened(content) as document:
        if not 0 <= number < len(document):
            raise CannotBeRead("There is no such page.")
        page = document[number]
        width, height = page.get_size()
        scale = min(dots / 72, MOST_PIXELS / max(width, height, 1))
        picture = page.render(scale=scale, may_draw_forms=False, draw_annots=False).to_pil()
    return _png(burnt(picture, [box for box in boxes if box.page == number])), width, height


def count_pages(content: bytes) -> int:
    """How many pages it has."""
    with opened(content) as document:
        return len(document)


def redacted_pdf(content: bytes, boxes: Sequence[Box], title: str, progress: Any = None) -> bytes:
    """A new PDF of pictures of the flattened file's pages with the boxes burnt in, and nothing else of it."""
    pages, total = [], count_pages(content)
    for number in range(total):
        png, width, height = page_png(content, number, boxes=boxes)
        pages.append(
            PagePicture(png, width, height, f"Page {number + 1} of {total}; its words are in the text version")
        )
        if progress:
            progress(number + 1, total)
    return picture_pdf(title, pages)


def burnt(picture: Image.Image, boxes: Iterable[Box], grid: int = 1) -> Image.Image:
    """The picture, without anything but its pixels, black where the boxes are."""
    plain = Image.new("RGB", picture.size, "white")
    plain.paste(picture.convert("RGB"))
    draw = ImageDraw.Draw(plain)
    for box in boxes:
        left, top, right, bottom = box.pixels(*plain.size, grid)
        draw.rectangle((left, top, right - 1, bottom - 1), fill="black")
    return plain


def _png(picture: Image.Image) -> bytes:
    """As small as it can be without losing anything: grey where there is no colour."""
    bands = picture.split()
    grey = picture.convert("L") if bands[0].tobytes() == bands[1].tobytes() == bands[2].tobytes() else picture
    made = io.BytesIO()
    grey.save(made, "PNG")
    return made.getvalue()


def _letters(textpage: pdfium.PdfTextPage) -> list[str]:
    """One text for each of pdfium's characters, so that their numbers are the places in the text."""
    return [chr(raw.FPDFText_GetUnicode(textpage, n)) or " " for n in range(textpage.count_chars())]


def _on_page(page: pdfium.PdfPage, number: int, terms: Sequence[str]) -> Iterator[Box]:
    textpage = page.get_textpage()
    for span in find("".join(_letters(textpage)), terms):
        yield from (_placed(page, number, line) for line in _lines(textpage, span.start, span.end))


def _lines(textpage: pdfium.PdfTextPage, start: int, end: int) -> list[list[float]]:
    """Left, bottom, right, top of the letters, joined where they stand on one line."""
    lines: list[list[float]] = []
    for place in range(start, end):
        box = [float(each) for each in textpage.get_charbox(place, loose=True)]
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        if lines and min(lines[-1][3], box[3]) - max(lines[-1][1], box[1]) > 0.5 * (box[3] - box[1]):
            last = lines[-1]
            lines[-1] = [min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3])]
        else:
            lines.append(box)
    return lines


def _placed(page: pdfium.PdfPage, number: int, line: list[float]) -> Box:
    """From the page's own points to shares of the page as it is seen, turned or cropped as it may be."""
    corners = [_seen(page, x, y) for x in (line[0] - _AROUND, line[2] + _AROUND) for y in (line[1], line[3])]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return Box(number, _share(min(across)), _share(min(down)), _share(max(across)), _share(max(down)))


_FINE = 100_000


def _seen(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    over, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, ctypes.byref(over), ctypes.byref(down))
    return over.value / _FINE, down.value / _FINE


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))
