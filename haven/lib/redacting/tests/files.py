"""Files of every kind that is taken, made from words, with the same words hidden where each kind can hide them."""

import io
import random
from email.message import EmailMessage

import docx
import openpyxl
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, FloatObject, NameObject, TextStringObject

from haven.lib.paper.making import Section, text_pdf
from haven.lib.redacting.words import DOCX, EML, PDF, TEXT, XLSX


def a_pdf(words: list[str], title: str) -> bytes:
    """Several pages, a heading with the title, an outline, tags."""
    return text_pdf(title, [Section(title, " ".join(words)), Section("Second part", " ".join(reversed(words)))])


def a_pdf_with_everything(words: list[str], secret: str) -> bytes:
    """The same with the secret in properties, an attachment, a comment, a form field and an earlier revision."""
    writer = PdfWriter(clone_from=io.BytesIO(a_pdf(words, secret)))
    writer.add_metadata({"/Author": secret, "/Keywords": f"about {secret}", "/Subject": secret})
    writer.add_attachment(f"{secret}.txt", secret.encode())
    writer.add_annotation(0, FreeText(text=secret, rect=(50, 50, 300, 80)))
    add_field(writer, secret)
    return with_revision(written(writer), secret)


def written(writer: PdfWriter) -> bytes:
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def add_field(writer: PdfWriter, value: str) -> None:
    """A form field of the first page that holds the value."""
    field = DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"),
        NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject("name"),
        NameObject("/V"): TextStringObject(value), NameObject("/DA"): TextStringObject("/Helv 10 Tf 0 g"),
        NameObject("/Rect"): ArrayObject([FloatObject(n) for n in (50, 100, 300, 120)]),
    })  # fmt: skip
    known = writer._add_object(field)
    page = writer.pages[0]
    page.setdefault(NameObject("/Annots"), ArrayObject()).append(known)
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([known])})
    form[NameObject("/NeedAppearances")] = BooleanObject(True)
    writer._root_object[NameObject("/AcroForm")] = form


def with_revision(content: bytes, secret: str) -> bytes:
    """A later revision appended: the first with all it held stays in the bytes."""
    start = content.rfind(b"startxref")
    earlier = int(content[start:].split()[1])
    size = PdfReader(io.BytesIO(content)).trailer["/Size"]
    root = PdfReader(io.BytesIO(content)).trailer.raw_get("/Root")
    new = f"\n{size} 0 obj\n(was {secret})\nendobj\n".encode()
    at = len(content) + 1
    table = f"xref\n{size} 1\n{at:010} 00000 n \ntrailer\n<</Size {size + 1}/Root {root.idnum} 0 R/Prev {earlier}>>\n"
    return content + new + table.encode() + f"startxref\n{len(content) + len(new)}\n%%EOF\n".encode()


def a_word_file(words: list[str], secret: str) -> bytes:
    document = docx.Document()
    document.core_properties.author = document.core_properties.title = secret
    document.add_heading(secret, 1)
    document.add_paragraph(" ".join(words))
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = secret, " ".join(words)
    document.sections[0].header.paragraphs[0].text = f"About {secret}"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def a_workbook(words: list[str], secret: str) -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = secret
    book.active.title = "Sheet"
    for number, word in enumerate(words, 1):
        book.active.cell(number, 1, word)
        book.active.cell(number, 2, secret)
    hidden = book.create_sheet("Hidden")
    hidden.sheet_state, hidden["A1"] = "hidden", secret
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def an_email(words: list[str], secret: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "tom@example.org", "duty@example.org"
    message["Subject"], message["Message-ID"] = f"About {secret}", "<1@example.org>"
    message.set_content(" ".join(words))
    message.add_attachment(f"More of {secret}: {' '.join(words)}".encode(), "text", "plain", filename=f"{secret}.txt")
    message.add_attachment(a_pdf(words, secret), "application", "pdf", filename="letter.pdf")
    return message.as_bytes()


def a_text(words: list[str], secret: str) -> bytes:
    return f"{secret}\n{' '.join(words)}\n".encode()


def a_photograph(secret: str, kind: str = "JPEG", size: tuple[int, int] = (640, 480)) -> bytes:
    """A picture that says where it was taken and what it is of."""
    picture = Image.effect_noise(size, 60).convert("RGB")
    ImageDraw.Draw(picture).text((40, 40), secret, fill="white")
    exif = picture.getexif()
    exif[0x010E], exif[0x013B] = secret, secret
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (51.0, 30.0, 0.0)
    made = io.BytesIO()
    picture.save(made, kind, exif=exif, **({"comment": secret} if kind == "JPEG" else {}))
    return made.getvalue()


MAKERS = {
    PDF: a_pdf_with_everything, DOCX: a_word_file, XLSX: a_workbook, EML: an_email, TEXT: a_text,
}  # fmt: skip

SYLLABLES = "ba ko ri mel tan war lock hol ford ny ash wen dra pol kis um te go zu vi".split()
SPELLINGS = (str, str.upper, str.lower, str.title, lambda word: f"{word}'s", lambda word: f"“{word}”,",
             lambda word: "-".join(word) if len(word) > 5 else word, lambda word: word.replace("a", "á"))  # fmt: skip


def a_word(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()


def a_secret(chance: random.Random) -> str:
    """A name, two names, an address, a telephone number, a postcode."""
    kind = chance.randrange(5)
    if kind == 0:
        return a_word(chance)
    if kind == 1:
        return f"{a_word(chance)} {a_word(chance)}"
    if kind == 2:
        return f"{chance.randint(100, 999)} {a_word(chance)} Row"
    if kind == 3:
        return f"01632 960 {chance.randint(100, 999)}"
    return f"ZZ{chance.randint(1, 9)} {chance.randint(1, 9)}{chance.choice('ABD')}{chance.choice('EFG')}"


def some_words(chance: random.Random, secrets: list[str]) -> list[str]:
    """Ordinary words with the secrets among them in many spellings."""
    words = [a_word(chance) for _ in range(chance.randint(5, 120))]
    for secret in secrets:
        for _ in range(chance.randint(1, 6)):
            words.insert(chance.randrange(len(words)), chance.choice(SPELLINGS)(secret))
    return words
