"""Writing once for several people, and looking side by side at what each of them gets (TR-10)."""

from functools import partial
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from haven.casework.access.reading import show
from haven.casework.desk.giving import NOT_FOUND, load_writing, must, reports_in, side_by_side
from haven.casework.desk.giving_forms import AddRecipient, StartWriting, WritePart, people_of
from haven.casework.desk.loading import load_case
from haven.casework.desk.saving import run_or_say, save_or_ask
from haven.casework.disclosure import renditions, sharing
from haven.casework.documents.keeping import get
from haven.casework.letters.models import Recipient, Rendition, Writing, WritingPart
from haven.casework.operations.refusals import NotAllowed
from haven.casework.operations.versions import version_of


def share(request: HttpRequest, reference: str) -> HttpResponse:
    """What was written for several people, and beginning another."""
    case = load_case(request, reference)
    must(request, "disclosure.share", case)
    form = StartWriting(request.POST or None, initial={"kind": "summary"})
    writings = Writing.objects.filter(case=case).select_related("started_by").order_by("-started_at")
    run = partial(sharing.start_writing, case)
    return save_or_ask(request, form, run, writing_url, "desk/share.html", {"case": case, "writings": writings})


def writing_url(writing: Writing) -> str:
    """Where one is worked on."""
    return reverse("writing", args=[writing.case.reference, writing.pk])


def writing(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """The parts, who gets them, and each letter side by side with what it leaves out."""
    found = _writing(request, reference, pk)
    sides = side_by_side(found)
    parts = found.parts.prefetch_related("about").order_by("position")
    ready = bool(sides) and all(side.rendition for side in sides)
    page = {"case": found.case, "writing": found, "parts": parts, "sides": sides, "ready": ready}
    return render(request, "desk/writing.html", page)


def write_part(request: HttpRequest, reference: str, pk: UUID, part_pk: UUID | None = None) -> HttpResponse:
    """Write a section or change one."""
    found = _writing(request, reference, pk)
    part = _of(WritingPart, found, part_pk) if part_pk else None
    people = people_of(found.case)
    show(request, *people)
    form = WritePart(request.POST or None, people=people, initial=_asked(part))
    run = partial(sharing.write_part, found, part=part)
    page = {"case": found.case, "writing": found, "part": part, "version": version_of(part)}
    return save_or_ask(request, form, run, writing_url(found), "desk/write_part.html", page, done=_("Kept."))


def remove_part(request: HttpRequest, reference: str, pk: UUID, part_pk: UUID) -> HttpResponse:
    """Take a section away."""
    found = _writing(request, reference, pk)
    return run_or_say(request, partial(sharing.remove_part, _of(WritingPart, found, part_pk)), writing_url(found))


def add_recipient(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Add one who is to have it."""
    found = _writing(request, reference, pk)
    people, reports = people_of(found.case), reports_in(found.case)
    show(request, *people, *reports)
    form = AddRecipient(request.POST or None, people=people, reports=reports, initial={"channel": "hand"})
    run = partial(sharing.add_recipient, found)
    page = {"case": found.case, "writing": found}
    return save_or_ask(request, form, run, writing_url(found), "desk/add_recipient.html", page, done=_("Added."))


def remove_recipient(request: HttpRequest, reference: str, pk: UUID, recipient_pk: UUID) -> HttpResponse:
    """Take somebody off the list."""
    found = _writing(request, reference, pk)
    run = partial(sharing.remove_recipient, _of(Recipient, found, recipient_pk))
    return run_or_say(request, run, writing_url(found))


def make_renditions(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Make the letters, and ask a second person where one is needed."""
    found = _writing(request, reference, pk)
    run = partial(renditions.make_renditions, found)
    return run_or_say(request, run, writing_url(found), done=_("The letters are made. Look at each."))


def send_renditions(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Send each recipient their own."""
    found = _writing(request, reference, pk)
    run = partial(renditions.send_renditions, found)
    return run_or_say(request, run, writing_url(found), done=_("Sent, to each their own."))


def rendition_pdf(request: HttpRequest, reference: str, pk: UUID, rendition_pk: UUID) -> HttpResponse:
    """The PDF of one letter, to look at or to print."""
    found = _writing(request, reference, pk)
    rendition = Rendition.objects.filter(recipient__writing=found, pk=rendition_pk).first()
    if rendition is None:
        raise NotAllowed(NOT_FOUND)
    return pdf_response(get(rendition.pdf_path, rendition.pdf_sha256), "letter.pdf")


def pdf_response(content: bytes, name: str, kind: str = "application/pdf") -> HttpResponse:
    """A file to be saved, which no browser runs."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=kind, headers=headers)


def _writing(request: HttpRequest, reference: str, pk: UUID) -> Writing:
    found = load_writing(load_case(request, reference), pk)
    must(request, "disclosure.share", found)
    return found


R = TypeVar("R", WritingPart, Recipient)


def _of(model: type[R], found: Writing, pk: UUID) -> R:
    row: R | None = model._default_manager.filter(writing=found, pk=pk).first()
    if row is None:
        raise NotAllowed(NOT_FOUND)
    row.writing = found
    return row


def _asked(part: WritingPart | None) -> dict[str, object]:
    if part is None:
        return {"level": "outcome", "restriction": "open"}
    names = ("heading", "text", "level", "audience", "needs_agreement", "source_label", "restriction")
    about = [str(person.pk) for person in part.about.all()]
    return {name: getattr(part, name) for name in names} | {"about": about}
