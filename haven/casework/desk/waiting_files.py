"""Files that wait: kept apart until somebody decides, held for the virus scan, never scanned (TR-16, TR-17)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.urls import reverse

from haven.casework.access.may import may
from haven.casework.access.reading import show, show_ids
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.desk.loading import actor_of
from haven.casework.documents.deciding import reject_file, release_file
from haven.casework.documents.models import Document
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.waiting.seen import files_seen_by

SHOWN = 50
"""Rows of each list, those due first; the count is of all."""

OUTCOMES = {"release": "Release it, to be opened in a safe form", "reject": "Nobody is to open it"}


@dataclass(frozen=True)
class FileThatWaits:
    """One row: the file, the report or case it belongs to, whether it is late, and where the reader decides."""

    document: Document
    reference: str
    href: str
    late: bool
    decide_href: str

    @property
    def called(self) -> str:
        """Its name, for who may open what it belongs to; else the kind alone."""
        return self.document.name if self.href else self.document.content_type


@dataclass(frozen=True)
class FilesThatWait:
    """One list: its heading, who decides, how many wait, since when, how many late, and the first rows."""

    title: str
    words: str
    count: int
    oldest: datetime | None
    late: int
    rows: list[FileThatWaits]


def lists_for(request: HttpRequest, at: datetime) -> list[FilesThatWait]:
    """The three lists, each by what is due first."""
    seen = files_seen_by(actor_of(request))
    return [
        _list(request, seen.quarantined(), at, "Kept apart", "A manager or the guardian decides about each: "
              "released to be opened in a safe form, or not to be opened. The file stays as it came."),
        _list(request, seen.held(), at, "Held for the virus scan", "The scanner is asked again every minute. If it "
              "stays silent, the people who run Haven must look at it; a manager or the guardian may decide."),
        _list(request, seen.not_scanned(), at, "Not scanned", "Kept while there was no virus scanner. Whoever works on "
              "the case may open one after a warning; nobody needs to decide."),
    ]  # fmt: skip


def _list(request: HttpRequest, found: Any, at: datetime, title: str, words: str) -> FilesThatWait:
    how = found.aggregate(n=Count("pk"), oldest=Min("added_at"), late=Count("pk", filter=Q(due_at__lte=at)))
    documents = list(found.select_related("case").order_by("due_at", "added_at")[:SHOWN])
    return FilesThatWait(title, words, how["n"], how["oldest"], how["late"], _rows(request, documents, at))


def _rows(request: HttpRequest, documents: list[Document], at: datetime) -> list[FileThatWaits]:
    actor, ids = actor_of(request), [each.contact_id for each in documents if each.contact_id]
    reports: dict[UUID | None, str] = dict(Contact.objects.filter(pk__in=ids).values_list("pk", "reference"))
    opened = set(Contact.objects.readable_by(actor).filter(pk__in=ids).values_list("pk", flat=True))
    opened |= set(Case.objects.visible_to(actor).filter(pk__in=_cases(documents)).values_list("pk", flat=True))
    show(request, *documents)
    show_ids(request, "case", _cases(documents))
    show_ids(request, "contact", [pk for pk in ids if pk in reports])
    return [_row(each, reports, opened, actor, at) for each in documents]


def _cases(documents: Iterable[Document]) -> list[UUID]:
    return [each.case_id for each in documents if each.case_id]


def _row(
    each: Document, reports: dict[UUID | None, str], opened: set[UUID], actor: Actor, at: datetime
) -> FileThatWaits:
    opens = (each.case_id or each.contact_id) in opened
    reference = each.case.reference if each.case else reports.get(each.contact_id, "") if opens else "A report"
    href = reverse("case" if each.case else "report", args=[reference]) if reference and opens else ""
    waits = each.state == Document.State.QUARANTINED or each.scan == Document.Scan.HELD
    decide = reverse("decide-file", args=[each.pk]) if waits and may(actor, "documents.decide_file", each) else ""
    return FileThatWaits(each, reference, href, bool(each.due_at and each.due_at <= at), decide)


def load_waiting(request: HttpRequest, pk: UUID) -> Document:
    """A file that the reader may decide about, or not found."""
    document = files_seen_by(actor_of(request)).select_related("case", "decided_by").filter(pk=pk).first()
    if document is None or not may(actor_of(request), "documents.decide_file", document):
        raise NotAllowed("We could not find that page.")
    show(request, document)
    show_ids(request, "case" if document.case_id else "contact", [document.case_id or document.contact_id])
    return document


def decide_file(document: Document, *, outcome: str, reasons: str, by: Actor, at: datetime) -> Document:
    """Release it or reject it, as was chosen."""
    run = {"release": release_file, "reject": reject_file}[outcome]
    return run(document, reasons=reasons, by=by, at=at)
