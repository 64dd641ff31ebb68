"""What people really send."""

import io
from collections.abc import Callable

import docx
import openpyxl
from pypdf import PdfReader, PdfWriter

from haven.lib.inspecting.tests.hostile import commented, mail, pdf, pdf_holding, picture, word


def a_letter() -> bytes:
    """As Word writes it: a picture, a link to a web page, an embedded workbook."""
    letter, made = docx.Document(), io.BytesIO()
    letter.add_heading("Visit to Joan", 1)
    letter.add_paragraph("She is not eating. Telephone: 01632 960 001. MZ. The link in the chain; import of food.")
    letter.add_picture(io.BytesIO(picture()))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    letter.part.relate_to("https://example.org/", kind, is_external=True)
    letter.save(made)
    return made.getvalue()


def a_workbook() -> bytes:
    book, made = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Day", "Meals", "=SUM(B2:B9)", "=IF(A2>1,VLOOKUP(A2,A:B,2),0)"])
    book.save(made)
    return made.getvalue()


def an_old_pdf() -> bytes:
    writer, made = PdfWriter(), io.BytesIO()
    writer.append(PdfReader(io.BytesIO(pdf())))
    writer.add_metadata({"/Author": "Tom"})
    writer.write(made)
    return made.getvalue()


HARMLESS: dict[str, Callable[[], bytes]] = {
    "a photograph": picture,
    "a photograph with its film behind it": lambda: picture() + b"\x00\x00\x00\x18ftypmp42" + bytes(500),
    "a photograph with XMP": lambda: commented("JPEG", b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF/></x:xmpmeta>"),
    "a large photograph": lambda: picture(size=(4000, 3000)),
    "a screen shot": lambda: picture("PNG"),
    "a moving picture": lambda: picture("GIF"),
    "a PDF": pdf,
    "a PDF written again": an_old_pdf,
    "a PDF with a letter attached": lambda: pdf_holding("a.docx", a_letter()),
    "a letter": a_letter,
    "a letter with a workbook in it": lambda: word(word__embeddings__Microsoft_Excel_Sheet_dot_xlsx=a_workbook()),
    "a workbook": a_workbook,
    "an e-mail with a PDF": lambda: mail("a.pdf", pdf()),
    "an e-mail with a letter": lambda: mail("a.docx", a_letter()),
    "an e-mail with an e-mail": lambda: mail("a.eml", mail("a.jpg", picture())),
    "a text": lambda: "Joan told me: “I am hungry” <sad>; -2 kg. MZ = “me zelf”".encode(),
    "a text that begins with MZ": lambda: b"MZ said she saw it.",
    "a text in UTF-16": lambda: "\ufeffJoan is not eating".encode("utf-16-le"),
    "a table": lambda: b"day,meals\n1,2\n-3,+4\n",
    "rich text": lambda: b"{\\rtf1\\ansi Joan is not eating\\par}",
    "a photograph of a telephone": lambda: b"\x00\x00\x00\x18ftypheic" + bytes(500),
    "a film": lambda: b"\x00\x00\x00\x18ftypisom" + bytes(500),
    "a recording": lambda: b"ID3\x04\x00\x00" + bytes(500),
}
"""What people really send: nothing may be found in any of it."""
