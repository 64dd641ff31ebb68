"""The documents of a case, and the work-list of a redacted copy: what goes, marked, made, checked (TR-13)."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from haven.casework.access.may import may
from haven.casework.access.reading import show
from haven.casework.desk import giving
from haven.casework.desk.giving_forms import AddDocument, MarkBox, MarkPerson, MarkTerm, StartCopy, people_of
from haven.casework.desk.loading import actor_of
from haven.casework.desk.saving import run_or_say, save, save_or_ask
from haven.casework.desk.views.sharing import pdf_response
from haven.casework.disclosure import asking, marking
from haven.casework.disclosure.models import RedactedCopy, RedactionMark
from haven.casework.documents.excerpting import add_document
from haven.casework.documents.opening import is_openable, is_readable, open_document
from haven.casework.operations.refusals import NotAllowed
from haven.lib.redacting.pages import CannotBeRead


def documents(request: HttpRequest, reference: str) -> HttpResponse:
    """Every document of the case: whose, how closely kept, whether it says where it was taken, its redacted copies."""
    case = giving.load_disclosed(request, reference)
    page = {"case": case, "rows": giving.file_rows(request, case)}
    form = AddDocument(request.POST or None, request.FILES or None, initial={"restriction": "open"})
    page["may_add"] = may(actor_of(request), "documents.mark_excerpt", case)
    if request.method == "POST":
        giving.must(request, "documents.mark_excerpt", case)
    here = reverse("case-documents", args=[case.reference])
    return save_or_ask(request, form, partial(add_document, case), here, "desk/case_documents.html", page, done="Kept.")


def document(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """One document: a warning first, then the file; and beginning a redacted copy of it."""
    case = giving.load_disclosed(request, reference)
    found = giving.load_document(request, case, pk)
    form = StartCopy(request.POST or None, initial={"purpose": "subject_access"})
    page = {"case": case, "document": found, "says_where": giving.where_is(found)}
    page["may_open"] = may(actor_of(request), "documents.open_document", found) and is_openable(found)
    page["may_redact"] = is_readable(found) and may(actor_of(request), "disclosure.redact", _as_copy(found, case))
    run = partial(marking.start_copy, _as_copy(found, case), case=case)
    return save_or_ask(request, form, run, copy_url, "desk/case_document.html", page)


def _as_copy(found: Any, case: Any) -> Any:
    """The document as one of this case: one that came with its report belongs to it as well."""
    found.case = found.case or case
    return found


def save_document(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """The file itself: a photograph without where it was taken, unless the whole of it is needed as evidence."""
    case = giving.load_disclosed(request, reference)
    found = giving.load_document(request, case, pk)
    if request.method != "POST":
        return redirect("case-document", case.reference, found.pk)
    whole = request.POST.get("whole") == "1"
    opened = open_document(found, warned=True, whole=whole, by=actor_of(request), at=timezone.now())
    return HttpResponse(opened.content, headers=opened.headers)


def copy_url(copy: RedactedCopy) -> str:
    """Where a redacted copy is worked on."""
    return reverse("redacted-copy", args=[copy.case.reference, copy.pk])


FORMS: dict[str, Callable[..., Any]] = {
    "term": marking.mark_term,
    "person": marking.mark_person,
    "box": marking.mark_box,
}


def redacted_copy(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """The work-list: marks, the page with its boxes, what was made and what the check found."""
    copy = _copy(request, reference, pk)
    page = _page_number(request)
    forms = _forms(request, copy, page)
    kind = request.POST.get("mark", "")
    if request.method == "POST" and kind in FORMS:
        run = partial(FORMS[kind], copy)
        saved = save(request, forms[kind], run, f"{copy_url(copy)}?page={page + 1}#marks", done=_("Marked."))
        if saved is not None:
            return saved
    context = {"case": copy.case, "copy": copy, "work": giving.work_list(copy, page), "forms": list(forms.values())}
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "desk/redacted_copy.html", {**context, **_named(forms)}, status=status)


def _named(forms: dict[str, Any]) -> dict[str, Any]:
    return {f"{name}_form": form for name, form in forms.items()}


def _forms(request: HttpRequest, copy: RedactedCopy, page: int) -> dict[str, Any]:
    """The three forms of the page, one of them filled in where it was sent; each with ids of its own."""
    sent = request.POST.get("mark", "")
    people = [person for person in people_of(copy.case) if person.pk != copy.case.person_id]
    show(request, *people)
    made: dict[str, tuple[Any, dict[str, Any]]] = {
        "term": (MarkTerm, {}), "person": (MarkPerson, {"people": people}), "box": (MarkBox, {"page": page}),
    }  # fmt: skip
    start = {"initial": {"reason": "third_party"}}
    return {
        name: form(request.POST if sent == name else None, auto_id=f"id_{name}_%s", **options, **start)
        for name, (form, options) in made.items()
        if name != "person" or people
    }


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(0, int(asked) - 1) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0


def mark_protected(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Mark every protected address and number, by one press."""
    copy = _copy(request, reference, pk)
    return run_or_say(request, partial(marking.mark_protected, copy), copy_url(copy), done=_("Marked."))


def remove_mark(request: HttpRequest, reference: str, pk: UUID, mark_pk: UUID) -> HttpResponse:
    """Take a mark away."""
    copy = _copy(request, reference, pk)
    mark = RedactionMark.objects.filter(copy=copy, pk=mark_pk).first()
    if mark is None:
        raise NotAllowed(giving.NOT_FOUND)
    mark.copy = copy
    return run_or_say(request, partial(marking.remove_mark, mark), copy_url(copy))


def make_copy(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Have the copy made and checked."""
    copy = _copy(request, reference, pk)
    return run_or_say(request, partial(asking.ask_copy, copy), copy_url(copy), done=_("The copy is being made."))


def copy_page(request: HttpRequest, reference: str, pk: UUID, number: int) -> HttpResponse:
    """One page of the document as a picture, for the work-list."""
    copy = _copy(request, reference, pk)
    try:
        content, kind = giving.picture_of(copy.document, number - 1)
    except CannotBeRead:
        raise NotAllowed(giving.NOT_FOUND) from None
    return HttpResponse(content, content_type=kind, headers={"X-Content-Type-Options": "nosniff"})


def copy_file(request: HttpRequest, reference: str, pk: UUID, part: str) -> HttpResponse:
    """What was made: the copy, or the words that are left."""
    copy = _copy(request, reference, pk)
    text = part == "text"
    content = marking.open_copy(copy, text=text, by=actor_of(request), at=timezone.now())
    kind = "application/pdf" if text else copy.content_type
    return pdf_response(content, f"redacted-{part}.{kind.rpartition('/')[2]}", kind)


def _copy(request: HttpRequest, reference: str, pk: UUID) -> RedactedCopy:
    return giving.load_copy(request, giving.load_disclosed(request, reference), pk)
