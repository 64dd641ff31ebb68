"""What a file is, by its own first bytes. The sender's word for it, and its name's ending, are not believed."""

import io
import zipfile
from email.parser import BytesHeaderParser
from email.policy import default

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EML = "message/rfc822"
TEXT = "text/plain"
ANYTHING = "application/octet-stream"
"""A file of no kind that is taken, kept apart all the same."""

KEEPS_ITS_PLACE = ("image/heic", "video/mp4")
"""May say where they were taken, and nothing here can make them anew without it: for the case's workers alone."""

_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", PDF),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
)
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"), "image/heic"),
    **dict.fromkeys((b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"M4V ", b"3gp4", b"3gp5"), "video/mp4"),
}
_OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_MAIL_HEADERS = ("From", "Date", "Subject", "Message-ID", "Received")


def kind_of(content: bytes) -> str | None:
    """The media type of an allowed kind of file, or None. Office files with macros are not allowed."""
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12])
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return _text(content)


def _office(content: bytes) -> str | None:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except zipfile.BadZipFile:
        return None
    if any("vbaproject" in name.lower() for name in names):
        return None
    return next((kind for part, kind in _OFFICE.items() if part in names), None)


def _text(content: bytes) -> str | None:
    """An e-mail where it begins with an e-mail's headers, else text; nothing where it is not text at all."""
    try:
        start = content[:65536].decode("utf-8", errors="strict" if len(content) <= 65536 else "ignore")
    except UnicodeDecodeError:
        return EML if _is_mail(content) else None
    if not start.strip() or any(ord(character) < 32 and character not in "\t\n\r\f" for character in start):
        return None
    return EML if _is_mail(content) else TEXT


def _is_mail(content: bytes) -> bool:
    headers = BytesHeaderParser(policy=default).parsebytes(content[:65536])
    return sum(name in headers for name in _MAIL_HEADERS) >= 3
