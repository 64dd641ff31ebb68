"""Makers of files that would harm whoever opens them, each made here and each harmless to us."""

import io
import struct
import zipfile
import zlib
from email.message import EmailMessage
from functools import cache

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from haven.lib.inspecting.foreign import TESTED
from haven.lib.paper.making import Section, text_pdf

EICAR = TESTED
SCRIPT = b"<script>alert(1)</script>"
MACHINE = (
    b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 60 + b"This program cannot be run in DOS mode.\r\r\n$" + b"\x00" * 64
)
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
RELATION = '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}" TargetMode="External"/>'  # noqa: E501
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="{}"/></Types>'  # noqa: E501
BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>{}</w:p></w:body></w:document>'
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><f>{}</f></c></row></sheetData></worksheet>'  # noqa: E501


def packed(parts: dict[str, bytes | str], squeeze: int = zipfile.ZIP_DEFLATED) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", squeeze) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return whole.getvalue()


def word(**more: bytes | str) -> bytes:
    """A Word file with these parts added (`__` for `/`, `_dot_` for `.`) or in place of its own."""
    own: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES.format("text/xml"),
        "word/document.xml": BODY.format(""),
    }
    return packed(own | {name.replace("__", "/").replace("_dot_", "."): data for name, data in more.items()})


def sheet(**more: bytes | str) -> bytes:
    own: dict[str, bytes | str] = {"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": SHEET.format("1+1")}
    return packed(own | {name.replace("__", "/").replace("_dot_", "."): data for name, data in more.items()})


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 64)) -> bytes:
    made = io.BytesIO()
    Image.effect_noise(size, 60).convert("P" if kind == "GIF" else "RGB").save(made, kind)
    return made.getvalue()


@cache
def pdf() -> bytes:
    return text_pdf("Bruises", [Section("What was seen", "A bruise on the left arm.")])


def pdf_with(root: dict[str, DictionaryObject], plain: bool = True) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf()))
    for name, value in root.items():
        writer._root_object[NameObject(name)] = value
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def action(kind: str, **facts: str) -> DictionaryObject:
    found = {NameObject("/S"): NameObject(kind)}
    return DictionaryObject(found | {NameObject(f"/{name}"): TextStringObject(text) for name, text in facts.items()})


def pdf_in_objects(words: bytes) -> bytes:
    """The words in a squeezed stream of objects, where they do not stand plainly."""
    squeezed = zlib.compress(b"7 0 " + words)
    head = b"9 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(squeezed)
    return pdf() + head + squeezed + b"\nendstream\nendobj\n%%EOF\n"


def pdf_locked() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt("secret", algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def pdf_holding(name: str, data: bytes) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.add_attachment(name, data)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def zip_named(name: str, mode: int = 0) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        info = zipfile.ZipInfo("x")
        info.filename, info.external_attr = name, mode << 16
        package.writestr(info, "boo")
        package.writestr("word/document.xml", BODY.format(""))
    return whole.getvalue()


@cache
def bomb() -> bytes:
    """60 million zeros six times over: 60 kilobytes each."""
    zeros = zlib.compress(b"")
    tool = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = tool.compress(bytes(60_000_000)) + tool.flush()
    return by_hand(
        [(f"word/part{n}.xml", zeros, 60_000_000) for n in range(6)] + [("word/document.xml", *raw(b"<x/>"))]
    )


def raw(data: bytes) -> tuple[bytes, int]:
    tool = zlib.compressobj(9, zlib.DEFLATED, -15)
    return tool.compress(data) + tool.flush(), len(data)


def by_hand(parts: list[tuple[str, bytes, int]], *, overlap: bool = False, locked: bool = False) -> bytes:
    """An archive that says of each part what we like: its name, its squeezed bytes, its size."""
    body, index = b"", b""
    for name, data, size in parts:
        flags, at = (1 if locked else 0), (0 if overlap else len(body))
        facts = struct.pack("<HHHHHLLLHH", 20, flags, 8, 0, 0, 0, len(data), size, len(name), 0)
        if not (overlap and body):
            body += b"PK\x03\x04" + facts + name.encode() + data
        index += b"PK\x01\x02\x14\x00" + facts + struct.pack("<HHHLL", 0, 0, 0, 0, at) + name.encode()
    end = struct.pack("<HHHHLLH", 0, 0, len(parts), len(parts), len(index), len(body), 0)
    return body + index + b"PK\x05\x06" + end


def nested(depth: int) -> bytes:
    made = packed({"word/document.xml": BODY.format("")})
    for _ in range(depth):
        made = packed({"word/document.xml": BODY.format(""), "word/embeddings/next.docx": made})
    return made


def old_office(*names: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + b"".join(name.encode("utf-16-le") for name in names)


def mail(name: str, data: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "tom@example.org", "duty@example.org", "Joan"
    message["Date"], message["Message-ID"] = "Fri, 6 Mar 2026 14:00:00 +0000", "<1@example.org>"
    message.set_content("She is not eating.")
    message.add_alternative("<html><body><p>She is not eating.</p></body></html>", subtype="html")
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def huge_png() -> bytes:
    """20,000 by 20,000 by its header; nothing behind it."""
    facts = struct.pack(">LLBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + facts
    end = struct.pack(">L", 0) + b"IEND" + struct.pack(">L", zlib.crc32(b"IEND"))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">L", 13) + chunk + struct.pack(">L", zlib.crc32(chunk)) + end


def commented(kind: str, words: bytes) -> bytes:
    """A picture with these words in a comment at its beginning, where a browser looks for what it is."""
    made = picture(kind)
    if kind == "GIF":
        return made[:13] + made[13:] + b"\x21\xfe" + bytes([len(words)]) + words + b"\x00"
    return made[:2] + b"\xff\xfe" + struct.pack(">H", len(words) + 2) + words + made[2:]


def field(instruction: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in instruction.split("|"))
    return BODY.format(runs)


def linked(kind: str, target: str) -> bytes:
    """A Word file that has something from elsewhere."""
    return word(word___rels__document_dot_xml_dot_rels=RELATIONS.format(RELATION.format(kind, target)))


def calculating(formula: str) -> bytes:
    """An Excel file with this formula."""
    return sheet(xl__worksheets__sheet2_dot_xml=SHEET.format(formula))
