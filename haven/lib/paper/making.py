"""Making the PDF. Nothing of where the words came from is in it: no author, no date of writing, no attachment."""

import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Item:
    """One thing of a pack: its title, what the index says of it, its words and pages; none where it is not given."""

    title: str
    said: str
    sections: Sequence[Section] = ()
    pages: Sequence[PagePicture] = ()


def text_pdf(title: str, sections: Sequence[Section]) -> bytes:
    """Words as a tagged PDF, A4. The same words make the same bytes."""
    given = {"title": title, "sections": [_section(section) for section in sections]}
    return _compiled((HERE / "text.typ").read_bytes(), given)


def picture_pdf(title: str, pages: Sequence[PagePicture]) -> bytes:
    """Pictures of pages as a tagged PDF: one picture a page, nothing else on it."""
    with tempfile.TemporaryDirectory(prefix="haven-pages-") as made:
        return _in_folder(Path(made), "pictures.typ", {"title": title, "pages": _pictures(Path(made), "", pages)})


def pack_pdf(title: str, lead: str, items: Sequence[Item]) -> bytes:
    """Many things in one tagged PDF: an index that says of each where it is or why it is not there, then each."""
    with tempfile.TemporaryDirectory(prefix="haven-pages-") as made:
        rows = [_item(Path(made), number, item) for number, item in enumerate(items)]
        return _in_folder(Path(made), "pack.typ", {"title": title, "lead": _paragraphs(lead), "items": rows})


def _item(folder: Path, number: int, item: Item) -> dict[str, Any]:
    sections, pages = [_section(each) for each in item.sections], _pictures(folder, f"{number}-", item.pages)
    given = bool(sections or pages)
    return {"title": item.title, "said": item.said, "given": given, "sections": sections, "pages": pages}


def _pictures(folder: Path, start: str, pages: Sequence[PagePicture]) -> list[dict[str, Any]]:
    rows = []
    for number, page in enumerate(pages):
        name = f"{start}{number}.png"
        (folder / name).write_bytes(page.png)
        rows.append({"file": name, "width": page.width, "height": page.height, "alt": page.alt})
    return rows


def _in_folder(folder: Path, template: str, given: dict[str, Any]) -> bytes:
    main = folder / "main.typ"
    main.write_bytes((HERE / template).read_bytes())
    return _compiled(main, given, folder)


def _section(section: Section) -> dict[str, Any]:
    return {"heading": section.heading, "paragraphs": _paragraphs(section.text)}


def _paragraphs(text: str) -> list[list[str]]:
    return [part.split("\n") for part in text.replace("\r", "").split("\n\n") if part.strip()]


def _compiled(source: bytes | Path, given: dict[str, Any], root: Path | None = None) -> bytes:
    """Made; a letter that none of this machine's fonts has is shown as an empty box, for PDF/UA allows no other."""
    words = _CONTROLS.sub(" ", json.dumps(given, ensure_ascii=False))
    for _ in range(MOST_UNKNOWN):
        try:
            pdf: bytes = typst.compile(source, root=root, sys_inputs={"given": words}, pdf_standards=["ua-1"])  # type: ignore[type-var]
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
