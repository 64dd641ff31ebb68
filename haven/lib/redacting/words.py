"""The words of a file that is rebuilt from its words: Word, Excel, e-mail, text; and what of it was left out.

Only what a reader sees is taken: no earlier revision, no comment, no property of the file. What was left out is said,
so that nobody believes the words are all there was.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import unescape
from xml.etree.ElementTree import Element, ParseError, fromstring

import openpyxl

from haven.lib.paper.making import Section
from haven.lib.redacting.pages import CannotBeRead, flattened, page_texts

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EML = "message/rfc822"
TEXT = "text/plain"
REBUILT = (DOCX, XLSX, EML, TEXT)
PICTURES = ("image/jpeg", "image/png", "image/gif", "image/heic")

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LARGEST_PART = 60_000_000
_PARTS = (("word/header", "Top of the page"), ("word/document.xml", ""), ("word/footnotes.xml", "Footnotes"),
          ("word/endnotes.xml", "Endnotes"), ("word/footer", "Foot of the page"))  # fmt: skip


@dataclass
class Words:
    """What a reader sees of a file, under headings; and what of it is not here."""

    sections: list[Section] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it."""
        return "\n\n".join(f"{each.heading}\n{each.text}" for each in self.sections)


def words_of(content: bytes, kind: str) -> Words:
    """The words of a file of this kind. Refused: damaged, or of a kind that has none."""
    readers = {DOCX: _word, XLSX: _sheets, EML: _mail, TEXT: _plain, PDF: _pages}
    if kind not in readers:
        raise CannotBeRead("The words of this kind of file cannot be read here.")
    try:
        return readers[kind](content)
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError, LookupError, OSError) as error:
        if isinstance(error, CannotBeRead):
            raise
        raise CannotBeRead("This file is damaged, so its words cannot be read.") from error


def decoded(content: bytes) -> str:
    """A text in whatever coding it was written."""
    for coding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _plain(content: bytes) -> Words:
    return Words([Section("", decoded(content))])


def _pages(content: bytes) -> Words:
    texts = page_texts(flattened(content))
    return Words([Section(f"Page {number}", text.replace("\r\n", "\n")) for number, text in enumerate(texts, 1)])


def _word(content: bytes) -> Words:
    found = Words()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for start, heading in _PARTS:
            for name in sorted(name for name in package.namelist() if name.startswith(start) and name.endswith(".xml")):
                text = "\n".join(_paragraphs(_part(package, name))).strip()
                found.sections += [Section(heading, text)] if text else []
        found.left_out = _left_out(package.namelist())
    return found


def _part(package: zipfile.ZipFile, name: str) -> Element:
    """One part of a package; refused where it would unpack to more than any letter holds, or declares entities."""
    if package.getinfo(name).file_size > _LARGEST_PART:
        raise CannotBeRead("This file is too large to be read.")
    xml = package.read(name)
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise CannotBeRead("This file is not as a word processor writes it, so it is not read.")
    return fromstring(xml)  # noqa: S314 - no entities, see above


def _paragraphs(root: Element) -> Iterator[str]:
    """Each paragraph and each row of a table; deleted words are not among them."""
    for child in root:
        if child.tag == _FALLBACK:
            continue
        if child.tag == f"{_W}tr":
            cells = [" ".join(_paragraphs(cell)).strip() for cell in child.iter(f"{_W}tc")]
            yield " | ".join(cells)
        elif child.tag == f"{_W}p":
            yield _runs(child)
        else:
            yield from _paragraphs(child)


def _runs(paragraph: Element) -> str:
    marks = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
    said: list[str] = []
    for child in paragraph:
        if child.tag == f"{_W}t":
            said.append(child.text or "")
        elif child.tag in marks:
            said.append(marks[child.tag])
        elif child.tag == f"{_W}p":
            said.append("\n" + _runs(child))
        elif child.tag != _FALLBACK:
            said.append(_runs(child))
    return "".join(said)


def _left_out(names: list[str]) -> list[str]:
    kinds = {"word/media/": "picture", "xl/media/": "picture", "word/comments": "set of comments",
             "xl/comments": "set of comments", "word/embeddings/": "embedded file", "xl/charts/": "chart"}  # fmt: skip
    counted: dict[str, int] = {}
    for start, kind in kinds.items():
        counted[kind] = counted.get(kind, 0) + sum(name.startswith(start) for name in names)
    return [f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in counted.items() if count]


def _sheets(content: bytes) -> Words:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, read_only=False)
    found = Words()
    for sheet in book.worksheets:
        rows = [" | ".join("" if cell is None else str(cell) for cell in row) for row in sheet.values]
        hidden = "" if sheet.sheet_state == "visible" else " (hidden)"
        found.sections.append(Section(f"{sheet.title}{hidden}", "\n".join(rows)))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        found.left_out = _left_out(package.namelist())
    return found


def _mail(content: bytes) -> Words:
    """An e-mail and, under their names, the words of what was sent with it."""
    message = message_from_bytes(content, policy=default)
    heads = [f"{name}: {message[name]}" for name in ("From", "To", "Cc", "Date", "Subject") if message[name]]
    found = Words([Section("", "\n".join(heads)), Section("", _body(message))])
    for part in message.iter_attachments():
        _attached(part, found)
    return found


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    text = part.get_content()
    return _untagged(text) if part.get_content_subtype() == "html" else text


def _untagged(html: str) -> str:
    html = re.sub(r"(?is)<(script|style|head).*?</\1>|<!--.*?-->", "", html)
    html = re.sub(r"(?i)<br[^>]*>|</(p|div|tr|li|h\d)>", "\n", html)
    return unescape(re.sub(r"<[^>]*>", "", html))


def _attached(part: EmailMessage, found: Words) -> None:
    name, kind = part.get_filename() or "a file without a name", part.get_content_type()
    inner = part.get_payload(decode=True) if kind != EML else part.get_payload(0).as_bytes()  # type: ignore[union-attr]
    try:
        words = words_of(inner or b"", kind)  # type: ignore[arg-type]
    except CannotBeRead:
        found.left_out.append(f"the attachment {name}")
        return
    found.sections += [Section(f"Attached: {name}", each.text) for each in words.sections]
    found.left_out += words.left_out
