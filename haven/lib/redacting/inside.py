"""Everything written inside a PDF, wherever: for the check of a redacted file. It believes nothing the file says.

Streams are found in the bytes themselves, so that one that no page leads to any more (an earlier revision) is read too.
"""

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, TextStringObject

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_LITERAL = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]{4,})>")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_NAME = re.compile(rb"/[^\s()<>\[\]{}/%]*#[^\s()<>\[\]{}/%]*")
_READABLE = re.compile(r"[ -~\t\r\n\xa0-\u024f\u2010-\u201f]{4,}")
_WIDE = (
    (re.compile(rb"(?:\x00[ -~\xa0-\xff]){4,}"), "utf-16-be"),
    (re.compile(rb"(?:[ -~\xa0-\xff]\x00){4,}"), "utf-16-le"),
)
_EARLIER = re.compile(rb"/Prev\s*\d+(?![\d]|\s+\d+\s+R)")
_NAME_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}

FORBIDDEN = {
    "/EmbeddedFiles": "attachment", "/EmbeddedFile": "attachment", "/AF": "attachment", "/Filespec": "attachment",
    "/AcroForm": "form_field", "/Widget": "form_field", "/Annots": "annotation", "/Thumb": "thumbnail",
    "/JavaScript": "script", "/JS": "script", "/OpenAction": "script", "/AA": "script", "/Launch": "script",
    "/Encrypt": "locked", "/PieceInfo": "metadata", "/Collection": "attachment",
}  # fmt: skip
"""Names that a redacted PDF never holds, and what each would be."""


def layers_of(content: bytes) -> Iterator[tuple[str, str]]:
    """Where and what: every text that can be got out of the file, in every way it may be written there.

    Pixels are not text: a stream as long as its picture's width times height is left to the check of the pixels.
    """
    bare = _STREAM.sub(b"", content)
    for part in [bare, *(stream for stream in streams_of(content) if len(stream) not in _pixel_sizes(content))]:
        yield from texts_in(part)
    yield from _objects(content)


def _pixel_sizes(content: bytes) -> set[int]:
    """How many bytes the pixels of a picture in the file may be, grey or in colour."""
    sizes = {tuple(sorted(pair)) for pair in re.findall(rb"/Width (\d+)[^>]*?/Height (\d+)", content)}
    return {int(a) * int(b) * bands for a, b in sizes for bands in (1, 3)}


def streams_of(content: bytes) -> list[bytes]:
    """Every stream, unpacked where it can be, those of earlier revisions too."""
    return [_unpacked(found[1]) for found in _STREAM.finditer(content)]


def texts_in(part: bytes) -> Iterator[tuple[str, str]]:
    """Some bytes read as UTF-8, Latin-1, UTF-16 of both orders, and the strings in them with their escapes undone."""
    yield "bytes", _runs(part.decode("latin-1"))
    yield "bytes", _runs(part.decode("utf-8", "ignore"))
    for wide, coding in _WIDE:
        yield "bytes", "\n".join(found[0].decode(coding) for found in wide.finditer(part))
    for named in _NAME.finditer(part):
        yield "name", _NAME_CODE.sub(lambda found: bytes([int(found[1], 16)]), named[0]).decode("latin-1")
    for written in _strings(part):
        yield "string", _runs(_read(written))


def _runs(text: str) -> str:
    """What can be read in it: stretches of at least four letters, signs and spaces of Latin writing, each on a line."""
    return "\n".join(_READABLE.findall(text))


def forbidden_in(content: bytes) -> list[str]:
    """What stands in the file that a redacted one never holds: attachments, form fields, a thumbnail, a revision …

    Names are looked for in dictionaries, not in pictures, whose bytes may spell anything.
    """
    bare = _STREAM.sub(b"", content)
    whole = b"\n".join([bare, *_object_streams(content)])
    names = {found.decode("latin-1") for found in re.findall(rb"/[A-Za-z]+", whole)}
    found = {kind for name, kind in FORBIDDEN.items() if name in names}
    if _EARLIER.search(bare) or content.count(b"%%EOF") != 1 or content.count(b"startxref") != 1:
        found.add("earlier_revision")
    if content.rstrip()[-5:] != b"%%EOF":
        found.add("trailing_bytes")
    return sorted(found)


def _object_streams(content: bytes) -> Iterator[bytes]:
    for found in re.finditer(rb"<<[^>]*?/ObjStm.*?stream\r?\n(.*?)\r?\n?endstream", content, re.DOTALL):
        yield _unpacked(found[1])


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, 200_000_000)
    except zlib.error:
        return stream


def _strings(part: bytes) -> Iterator[bytes]:
    for found in _LITERAL.finditer(part):
        yield _ESCAPE.sub(_unescaped, found[1])
    for found in _HEX.finditer(part):
        digits = re.sub(rb"\s", b"", found[1])
        yield bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    if code[:1] in b"01234567":
        return bytes([int(code, 8) & 255])
    return _PLAIN.get(code, code)


def _read(written: bytes) -> str:
    if written.startswith(b"\xfe\xff"):
        return written[2:].decode("utf-16-be", "ignore")
    if written.startswith(b"\xff\xfe"):
        return written[2:].decode("utf-16-le", "ignore")
    return written.decode("utf-8", "ignore") + "\n" + written.decode("latin-1")


def _objects(content: bytes) -> Iterator[tuple[str, str]]:
    """Every string of every object that pypdf can reach, under the name it has there (/Alt, /Title, /V …)."""
    try:
        reader = PdfReader(io.BytesIO(content))
        yield from _walked(reader.trailer, "trailer", set())
    except (PyPdfError, ValueError, KeyError, RecursionError, AttributeError, TypeError) as error:
        yield "unreadable", type(error).__name__


def _walked(thing: Any, where: str, seen: set[int]) -> Iterator[tuple[str, str]]:
    thing = thing.get_object() if hasattr(thing, "get_object") else thing
    if id(thing) in seen:
        return
    seen.add(id(thing))
    if isinstance(thing, (TextStringObject, NameObject)):
        yield where, str(thing)
    elif isinstance(thing, ByteStringObject):
        yield where, _read(bytes(thing))
    elif isinstance(thing, DictionaryObject):
        for name in list(thing):
            yield from _walked(thing.raw_get(name), str(name).lstrip("/"), seen)
    elif isinstance(thing, ArrayObject):
        for each in thing:
            yield from _walked(each, where, seen)
