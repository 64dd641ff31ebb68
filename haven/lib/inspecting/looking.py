"""Looking into a file, whatever it says it is, and into the files within it."""

import io
import warnings
from collections.abc import Callable

from PIL import Image, UnidentifiedImageError

from haven.lib.inspecting import archives, foreign, office, portable, written
from haven.lib.inspecting.findings import DEEPEST, Room, TooMuch

MOST_PIXELS = 100_000_000
"""Of a picture; telephones make 50 million, a few 200."""

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")
_OTHER_BINARY = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")

Found = set[str]


def findings_in(content: bytes) -> tuple[str, ...]:
    """The codes (FINDINGS) of everything found in a file that could harm whoever opens it; none where nothing was."""
    try:
        return tuple(sorted(_look(content, Room(), 0)))
    except TooMuch:
        return ("bomb",)


def _look(content: bytes, room: Room, depth: int) -> Found:
    if depth > DEEPEST:
        raise TooMuch
    return foreign.foreign_in(content) | _looker(content)(content, room, depth)


def _looker(content: bytes) -> Callable[[bytes, Room, int], Found]:
    """By how it begins."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _archive
    if content.startswith(b"%PDF-"):
        return _pdf
    if content.startswith(_PICTURES):
        return _picture
    if content[4:8] == b"ftyp" or content.startswith(_OTHER_BINARY):
        return _film_or_sound
    return _by_its_words if content[:8] != office.OLE else _old_office


def _archive(content: bytes, room: Room, depth: int) -> Found:
    try:
        infos = archives.listed(content, room)
        found = archives.faults_of_list(content, infos)
        for name, data in archives.parts_of(content, infos, room):
            found |= office.faults_of_part(name, data) | _within(data, room, depth)
    except archives.FalseParts:
        return {"false_parts"}
    return found


def _within(data: bytes, room: Room, depth: int) -> Found:
    """A part of a file by itself: the markup of a letter is not a web page."""
    return set() if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else _look(data, room, depth + 1)


def _pdf(content: bytes, room: Room, depth: int) -> Found:
    found, files = portable.faults_of_pdf(content, room)
    for file in files:
        found |= _look(file, room, depth + 1)
    return found | foreign.markup_in(content, anywhere=False)


def _picture(content: bytes, room: Room, depth: int) -> Found:
    return foreign.markup_in(content, anywhere=True) | _too_large(content)


def _too_large(content: bytes) -> Found:
    """By what its header says, without unpacking it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            width, height = Image.open(io.BytesIO(content)).size
    except Image.DecompressionBombError:
        return {"huge_picture"}
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, OverflowError):
        return set()
    return {"huge_picture"} if width * height > MOST_PIXELS else set()


def _film_or_sound(content: bytes, room: Room, depth: int) -> Found:
    return foreign.markup_in(content, anywhere=True)


def _old_office(content: bytes, room: Room, depth: int) -> Found:
    return office.faults_of_old(content)


def _by_its_words(content: bytes, room: Room, depth: int) -> Found:
    """Text, an e-mail with what is attached, or something that nothing here knows."""
    if written.is_mail(content):
        found: Found = set()
        for file in written.attached(content):
            room.take(len(file))
            found |= _look(file, room, depth + 1)
        return found
    return written.faults_of_text(content)
