"""PDF: scripts, actions that start something, a password, files within it."""

import re
from collections.abc import Iterator

from haven.lib.inspecting.archives import FalseParts, inflated
from haven.lib.inspecting.findings import Room


def _named(*names: str) -> re.Pattern[bytes]:
    """Any of these names, each letter as itself or as `#41`: a reader takes both."""
    spelt = ("".join(f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in name) for name in names)
    return re.compile(rf"/(?:{'|'.join(spelt)})(?![A-Za-z])".encode())


_SCRIPT = _named("JavaScript")
_STARTS = _named("Launch", "RichMedia", "SubmitForm", "ImportData", "GoToE", "Movie", "XFA")
_LOCKED = _named("Encrypt")
_OBJECTS, _FILE = _named("ObjStm"), _named("EmbeddedFile")
_STREAM = re.compile(rb"stream\r?\n")
_FILTERS = re.compile(rb"/Filter\s*(?:\[([^\]]*)\]|(/[A-Za-z0-9]+))")
_SQUEEZED = (b"/FlateDecode", b"/Fl")
_DICTIONARY = 2048
"""Bytes before a stream in which what it is stands."""


def faults_of_pdf(content: bytes, room: Room) -> tuple[set[str], list[bytes]]:
    """What a PDF gives away, and the files that it holds."""
    found: set[str] = set()
    files: list[bytes] = []
    texts = [content]
    for about, packed in _streams(content):
        wanted = _OBJECTS.search(about), _FILE.search(about)
        if not any(wanted):
            continue
        try:
            data = _unpacked(about, packed, room)
        except FalseParts:
            found.add("unreadable")
            continue
        (texts if wanted[0] else files).append(data)
    return found | _in_objects(texts), files


def _in_objects(texts: list[bytes]) -> set[str]:
    tests = (("script", _SCRIPT), ("active", _STARTS), ("encrypted", _LOCKED))
    return {finding for finding, named in tests if any(named.search(text) for text in texts)}


def _streams(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each stream with the words in front of it. A false one hides nothing: the file is read through as a whole too."""
    for match in _STREAM.finditer(content):
        end = content.find(b"endstream", match.end())
        before = content[max(0, match.start() - _DICTIONARY) : match.start()]
        yield before[before.rfind(b" obj") + 1 :], content[match.end() : end if end >= 0 else len(content)]


def _unpacked(about: bytes, packed: bytes, room: Room) -> bytes:
    named = _FILTERS.search(about)
    filters = (named[1] or named[2] or b"").split() if named else []
    if not filters:
        room.take(len(packed))
        return packed
    if len(filters) > 1 or filters[0] not in _SQUEEZED:
        raise FalseParts
    return inflated(packed, room)
