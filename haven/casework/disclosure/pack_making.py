"""Making a pack: one PDF, its index first, then every item that goes, whole or redacted; checked like a copy."""

import hashlib
import io
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haven.casework.access import wall
from haven.casework.access.actors import actor_for
from haven.casework.disclosure.codes import REASONS
from haven.casework.disclosure.holding import words_of_item
from haven.casework.disclosure.making import teller
from haven.casework.disclosure.marking import bytes_of, bytes_to_give
from haven.casework.disclosure.models import DisclosurePack, PackItem
from haven.casework.documents.keeping import put
from haven.casework.documents.models import Document
from haven.casework.documents.opening import read_document
from haven.casework.letters.approving import approval_needed, ask_approval
from haven.casework.operations.models import JobProgress
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change
from haven.lib.paper.making import Item, PagePicture, Section, pack_pdf
from haven.lib.redacting.making import make_copy
from haven.lib.redacting.pages import CannotBeRead, count_pages, page_png, page_texts
from haven.lib.redacting.pictures import opened_picture
from haven.lib.redacting.spelling import holds, without
from haven.lib.redacting.words import PDF

NAME = "disclosure pack"
POINTS_WIDE = 540.0


def make_pack(pack_id: UUID, at: datetime) -> None:
    """Make the pack and ask a second person to approve its bytes; a fault stops it and is shown."""
    with transaction.atomic():
        wall.open_to_all("which authority a pack belongs to, for a job carries its id alone")
        pack = (
            DisclosurePack.objects.select_for_update(of=("self",))
            .select_related("started_by")
            .filter(pk=pack_id)
            .first()
        )
        if pack is None or pack.sha256 or pack.given_at:
            return
        wall.open_for_work("making one pack of this authority", pack.authority_id)
        items = list(pack.items.select_related("copy__document").order_by("dated_at", "id"))
        progress = JobProgress.objects.create(name=NAME, total=len(items), started_at=at, updated_at=at)
        DisclosurePack.objects.filter(pk=pack.pk).update(progress=progress)
    with transaction.atomic():
        wall.open_for_work("making one pack of this authority", pack.authority_id)
        try:
            content = pdf_of(pack, items, progress, at)
        except (CannotBeRead, Refusal):
            JobProgress.objects.filter(pk=progress.pk).update(state="failed", updated_at=at)
            return
        _keep(pack, content, at)
        JobProgress.objects.filter(pk=progress.pk).update(state="done", done=len(items), updated_at=at)


def _keep(pack: DisclosurePack, content: bytes, at: datetime) -> None:
    sha256 = hashlib.sha256(content).hexdigest()
    change(pack, made_at=at, sha256=sha256, path=put(content, sha256))
    if approval_needed("pack"):
        ask_approval(pack, why="pack", sha256=sha256, by=actor_for(pack.started_by, at), at=at)


def pdf_of(pack: DisclosurePack, items: list[PackItem], progress: JobProgress, at: datetime) -> bytes:
    """The index, then the items that go, in order. Refused where a copy is not approved or a file cannot be read."""
    tell, made = teller(progress, at), []
    for number, item in enumerate(items, 1):
        made.append(_given(item) if item.answer != "withhold" else Item(item.title, said_of(item)))
        tell(number, len(items))
    lead = f"For {pack.recipient}. What is taken out or held back is listed with the law it rests on."
    return pack_pdf("What is held, and what is given", lead, made)


def said_of(item: PackItem) -> str:
    """What the index says of an item: whether it goes, and the law where not all of it does."""
    answer = {"include": "Given.", "redact": "Given, with words taken out.", "withhold": "Not given."}[item.answer]
    return f"{answer} {REASONS[item.reason]}." if item.reason else answer


def _given(item: PackItem) -> Item:
    if item.kind == "document":
        return _document(item)
    found = words_of_item(item.kind, item.held_id)
    sections = [Section(without(part.heading, item.terms), without(part.text, item.terms)) for part in found]
    if any(holds(f"{part.heading} {part.text}", item.terms) for part in sections):
        raise CannotBeRead("Words that were to go are still there.")
    return Item(item.title, said_of(item), sections or [Section("", "Nothing is written in it.")])


def _document(item: PackItem) -> Item:
    """A redacted copy as approved; a whole document made anew, so that nothing hidden goes with it."""
    if item.answer == "redact" and item.copy is not None:
        content, kind = bytes_to_give(item.copy), item.copy.content_type
        text = bytes_of(item.copy, text=True) if item.copy.text_path else b""
        return Item(item.title, said_of(item), _words(text), _pages(item.title, content, kind))
    document = Document.objects.get(pk=item.held_id)
    made = make_copy(read_document(document), document.content_type, terms=[])
    if made.findings:
        raise CannotBeRead("The check of this document found something.")
    return Item(item.title, said_of(item), _words(made.text_pdf), _pages(item.title, made.content, made.kind))


def _words(pdf: bytes) -> list[Section]:
    """The words of a copy that is pictures, so that they can be read aloud and searched."""
    texts = [text.replace("\r\n", "\n") for text in page_texts(pdf)] if pdf else []
    return [Section("The words of the pages that follow", "\n\n".join(texts))] if any(texts) else []


def _pages(title: str, content: bytes, kind: str) -> list[PagePicture]:
    if kind == PDF:
        total, pages = count_pages(content), []
        for number in range(total):
            png, width, height = page_png(content, number)
            pages.append(PagePicture(png, width, height, f"{title}, page {number + 1} of {total}"))
        return pages
    picture, png_bytes = opened_picture(content), io.BytesIO()
    picture.convert("RGB").save(png_bytes, "PNG")
    height = POINTS_WIDE * picture.height / max(picture.width, 1)
    return [PagePicture(png_bytes.getvalue(), POINTS_WIDE, height, f"{title}: a photograph")]
