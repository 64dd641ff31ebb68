"""Another kind of file hidden in, before or behind this one; and programs, by how they begin."""

import io
import re
import zipfile

PROGRAMS = (
    b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf", b"L\x00\x00\x00\x01\x14\x02\x00", b"\x00asm", b"dex\n",
)  # fmt: skip
"""Linux, scripts, Java, macOS, a Windows short cut, WebAssembly, Android."""

ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00", b"MSCF\x00\x00\x00\x00")
"""Archives that are not looked into here."""

_WITHIN = re.compile(
    rb"Rar!\x1a\x07[\x00\x01]|7z\xbc\xaf\x27\x1c|MSCF\x00\x00\x00\x00"
    rb"|\x7fELF[\x01\x02][\x01\x02]\x01|This program (?:cannot|must) be run (?:in DOS|under Win)"
)
_MARKUP = re.compile(rb"<\s*(?:script|html|svg|iframe|\?php|!doctype\s+html|body|object\s|embed\s)", re.IGNORECASE)
_RUN_ANYWHERE = re.compile(rb"<script[\s>]|<\?php\s", re.IGNORECASE)
SNIFFED = 1500
"""Bytes at its beginning from which a browser guesses what a file is."""

_END_OF_ARCHIVE = b"PK\x05\x06"

PDF_WITHIN = 1024
"""Bytes at its beginning among which a reader looks for the mark of a PDF."""

TESTED = b"".join((b"X5O!P%@AP[4\\PZX54(P^)7CC)7}", b"$EICAR-STANDARD-", b"ANTIVIRUS-TEST-FILE!", b"$H+H*"))
"""The harmless file by which virus scanners are tried; in parts, lest a scanner take this one for it."""


def foreign_in(content: bytes) -> set[str]:
    """What of another kind of file is in these bytes, whatever they say they are."""
    found = {"program"} if content.startswith(PROGRAMS) or _for_windows(content) else set()
    found |= {"unreadable"} if content.startswith(ARCHIVES) else set()
    found |= {"virus"} if TESTED in content else set()
    if not content.startswith(b"PK") and _opens_as_archive(content):
        found.add("two_kinds")
    if b"%PDF-" in content[1:PDF_WITHIN]:
        found.add("two_kinds")
    return found | _buried(content)


def _opens_as_archive(content: bytes) -> bool:
    """It ends as an archive does. A PDF may hold one near its end as a file of its own: it must be the end itself."""
    if not content.startswith(b"%PDF-"):
        return zipfile.is_zipfile(io.BytesIO(content))
    end = content.rfind(_END_OF_ARCHIVE)
    return end >= 0 and len(content) - end - 22 == int.from_bytes(content[end + 20 : end + 22], "little")


def _for_windows(content: bytes) -> bool:
    """Begins as a program of Windows or DOS does; a letter may begin with MZ, and holds no zeros."""
    return content.startswith(b"MZ") and b"\x00" in content[:64]


def _buried(content: bytes) -> set[str]:
    """A program or another archive somewhere behind the beginning."""
    marks = [match[0] for match in _WITHIN.finditer(content, 1)]
    programs = any(mark[:4] in (b"\x7fELF", b"This") for mark in marks)
    found = {"program"} if programs else set()
    return found | ({"two_kinds"} if marks else set())


def markup_in(content: bytes, *, anywhere: bool) -> set[str]:
    """A web page where a browser would look for one in a file that is none; a script in it, `anywhere`."""
    runs = _MARKUP.search(content[:SNIFFED]) or (anywhere and _RUN_ANYWHERE.search(content))
    return {"two_kinds", "script"} if runs else set()
