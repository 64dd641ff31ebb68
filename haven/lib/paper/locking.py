"""A PDF that opens only with its words: AES-256 as PDF 2.0 has it, which every common reader knows, offline."""

import io

from pypdf import PdfReader, PdfWriter


def locked(pdf: bytes, words: str) -> bytes:
    """The same PDF, tags and all, encrypted."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt(user_password=words, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
