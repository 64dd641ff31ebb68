"""A safe form of a file that was kept apart: pictures or words made anew, in which nothing can run.

What cannot be made anew without reading what is dangerous in it (a virus, a lock, a bomb, an unknown kind) is only
described: its name, size, fingerprint, and the words that stand in it plainly.
"""

import re

from haven.casework.documents.models import Document
from haven.casework.documents.naming import saved_as
from haven.lib.paper.making import Section, text_pdf
from haven.lib.redacting.making import make_copy
from haven.lib.redacting.pages import CannotBeRead
from haven.lib.redacting.words import PDF

ONLY_DESCRIBED = {"virus", "program", "encrypted", "bomb", "false_parts", "huge_picture", "unreadable", "unknown_kind"}
_WORDS = re.compile(rb"[\x20-\x7e\t]{6,}")
MOST_WORDS = 20_000
"""Characters of the plain words of a file that is only described."""


def safe_form(document: Document, content: bytes) -> tuple[bytes, str]:
    """The bytes of the safe form and their kind: a picture or a PDF."""
    if not ONLY_DESCRIBED.intersection(document.findings) and not document.virus:
        try:
            made = make_copy(content, document.content_type, terms=[])
        except CannotBeRead:
            return described(document, content), PDF
        return made.content, made.kind
    return described(document, content), PDF


def described(document: Document, content: bytes) -> bytes:
    """A PDF that says what the file is and shows the plain words in it."""
    facts = [
        f"Name: {document.name}",
        f"Size: {document.size} bytes",
        f"Fingerprint (SHA-256): {document.sha256}",
        f"Kept apart because {'; '.join(document.found) or 'no scanner has looked at it'}.",
    ]
    facts += [f"The virus scanner calls it {document.virus}."] if document.virus else []
    words = "\n\n".join(run.decode("ascii") for run in _WORDS.findall(content))[:MOST_WORDS]
    sections = [Section("What it is", "\n\n".join(facts)), Section("Words that stand in it", words or "None.")]
    return text_pdf("A file that was kept apart", sections)


def safe_name(document: Document, kind: str) -> str:
    """What the safe form is saved as; it says that it is not the file itself."""
    return saved_as(f"safe form of {document.name}", kind)
