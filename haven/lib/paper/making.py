"""Making the PDF. Nothing of where the words came from is in it: no author, no date of writing, no attachment."""

import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent

EMPTY = "\u25a1"
MOST_UNKNOWN = 60
_CONTROLS = re.compile(r"\\u00[01][0-9a-f]|\\[bf]|[\x7f-\x9f]")
_UNKNOWN = re.compile(r'the text `"(.+?)"` could not be displayed')


@dataclass(frozen=True)
class Section:
    """Words under a heading; the heading may be empty."""

    heading: str
    text: str


@dataclass(frozen=True)
class PagePicture:
    """One page as a picture (PNG), its size in points, and what is said of it to those who do not see it."""

    png: bytes
    width: float
    height: float
    alt: str


def text_pdf(title: str, sections: Sequence[Section]) -> bytes:
    """Words as a tagged PDF, A4. The same words make the same bytes."""
    given = {"title": title, "sections": [_section(section) for section in sections]}
    return _compiled((HERE / "text.typ").read_bytes(), given)


def picture_pdf(title: str, pages: Sequence[PagePicture]) -> bytes:
    """Pictures of pages as a tagged PDF: one picture a page, nothing else on it."""
    with tempfile.TemporaryDirectory(prefix="haven-pages-") as made:
        folder, rows = Path(made), []
        for number, page in enumerate(pages):
            (folder / f"{number}.png").write_bytes(page.png)
            facts = {name: value for name, value in asdict(page).items() if name != "png"}
            rows.append({**facts, "file": f"{number}.png"})
        main = folder / "main.typ"
        main.write_bytes((HERE / "pictures.typ").read_bytes())
        return _compiled(main, {"title": title, "pages": rows}, folder)


def _section(section: Section) -> dict[str, Any]:
    paragraphs = [part.split("\n") for part in section.text.replace("\r", "").split("\n\n") if part.strip()]
    return {"heading": section.heading, "paragraphs": paragraphs}


def _compiled(source: bytes | Path, given: dict[str, Any], root: Path | None = None) -> bytes:
    """Made; a letter that none of this machine's fonts has is shown as an empty box, for PDF/UA allows no other."""
    words = _CONTROLS.sub(" ", json.dumps(given, ensure_ascii=False))
    for _ in range(MOST_UNKNOWN):
        try:
            pdf: bytes = typst.compile(source, root=root, sys_inputs={"given": words}, pdf_standards=["ua-1"])
            return pdf
        except RuntimeError as error:
            unknown = _UNKNOWN.search(str(error))
            if unknown is None:
                raise
            words = words.replace(_character(unknown[1]), EMPTY)
    return _compiled(source, json.loads("".join(each if each < "\u0250" else EMPTY for each in words)), root)


def _character(said: str) -> str:
    """The letter that typst names in its complaint, where it may write it as an escape."""
    escape = re.fullmatch(r"\\u\{([0-9a-f]+)\}", said)
    return chr(int(escape[1], 16)) if escape else said
