"""Being shown what is protected, recording it, ending its protection, and the visit sheet."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from haven.casework.access.may import may
from haven.casework.access.reading import show
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.desk import protected_forms as forms
from haven.casework.desk.loading import actor_of, load_case, load_person
from haven.casework.desk.protected import REASONS, shown_to, value_for, visit_sheet
from haven.casework.desk.saving import save_or_ask
from haven.casework.desk.views.cases import seen
from haven.casework.operations.refusals import NotAllowed, Refusal
from haven.casework.people import protection
from haven.casework.people.codes import REVEAL_REASONS
from haven.casework.people.keeping import protected_by_default
from haven.casework.people.models import Person, ProtectedValue
from haven.casework.people.revealing import show_former_names


def reveal(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Show something protected of a case, for a reason."""
    case = load_case(request, reference)
    value = value_for(pk, case, actor_of(request))
    show(request, value.person)
    back = reverse("person", args=[value.person_id]) if value.person_id else reverse("case", args=[case.reference])
    return _reveal(request, value, back)


def reveal_of_report(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Show something protected of a report that is no case yet, for a reason."""
    contact = Contact.objects.readable_by(actor_of(request)).filter(reference=reference.upper()).first()
    if contact is None:
        raise NotAllowed("We could not find that page.")
    case = Case.objects.visible_to(actor_of(request)).filter(reported_in__contact=contact).first()
    value = value_for(pk, case, actor_of(request))
    if value.contact_id != contact.pk:
        raise NotAllowed("We could not find that page.")
    show(request, contact)
    return _reveal(request, value, reverse("report", args=[contact.reference]))


def _reveal(request: HttpRequest, value: ProtectedValue, back: str) -> HttpResponse:
    """The page that shows it, once; or the reasons to choose from."""
    page: dict[str, Any] = {"value": value, "back": back, "reasons": REASONS, "case": value.case}
    if request.method != "POST":
        return render(request, "desk/reveal.html", page)
    try:
        kept = shown_to(value, reason=request.POST.get("reason", ""), by=actor_of(request), at=timezone.now())
    except NotAllowed:
        raise
    except Refusal as refusal:
        return render(request, "desk/reveal.html", {**page, "refusal": refusal}, status=422)
    request.shows_protected = True  # type: ignore[attr-defined]
    request.read_reason = f"shown what is protected: {kept.today}"  # type: ignore[attr-defined]
    return render(request, "desk/revealed.html", {**page, "kept": kept})


def print_visit_sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """The visit sheet: masked, until its worker asks for the protected values on it."""
    case, now, asked = load_case(request, reference), timezone.now(), request.method == "POST"
    _must(request, "people.print_visit_sheet", case)
    sheet = visit_sheet(case, show=asked, by=actor_of(request), at=now)
    request.shows_protected = asked  # type: ignore[attr-defined]
    request.read_reason = "visit sheet" if asked else ""  # type: ignore[attr-defined]
    page = {"case": case, "sheet": sheet, "glance": seen(request, case), "now": now, "asked": asked}
    return render(request, "desk/visit_sheet.html", page)


def record_address(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Add or correct an address."""
    case, person = _of(request, reference, pk, "people.record_address")
    by_default = bool(protected_by_default(person))
    form = forms.RecordAddress(request.POST or None, by_default=by_default)
    run = partial(protection.record_address, case, person=person)
    return _asked(request, form, run, case, person, "Address recorded.")


def record_number(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Add a telephone number or an e-mail address."""
    case, person = _of(request, reference, pk, "people.record_number")
    form = forms.RecordNumber(request.POST or None, by_default=bool(protected_by_default(person)))
    return _asked(request, form, partial(protection.record_number, case, person=person), case, person, "Recorded.")


def record_home_entry(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Record how to get in."""
    case, person = _of(request, reference, pk, "people.record_home_entry")
    form = forms.RecordHomeEntry(request.POST or None)
    return _asked(request, form, partial(protection.record_home_entry, case, person=person), case, person, "Recorded.")


def end_protection(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """A manager ends a protection, with reasons."""
    case = load_case(request, reference)
    value = value_for(pk, case, actor_of(request))
    _must(request, "people.end_protection", value)
    run = partial(protection.end_protection, value)
    more = {"ends": value.get_kind_display()}
    return _asked(
        request, forms.Reasons(request.POST or None), run, case, value.person or case.person, "Ended.", **more
    )


def former_names(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Show the names somebody was known by before, for a reason."""
    case, person = _of(request, reference, pk, "people.show_former_names")
    page: dict[str, Any] = {"case": case, "person": person, "reasons": REASONS, "back": _page(person)}
    reason = request.POST.get("reason", "")
    if reason not in REVEAL_REASONS:
        return render(request, "desk/former_names.html", page, status=422 if request.method == "POST" else 200)
    request.read_reason = f"former names: {REVEAL_REASONS[reason]}"  # type: ignore[attr-defined]
    page["names"] = show_former_names(case, person=person, reason=reason, by=actor_of(request), at=timezone.now())
    return render(request, "desk/former_names.html", page)


def _of(request: HttpRequest, reference: str, pk: UUID, permission: str) -> tuple[Case, Person]:
    """The case and the person of it, for a reader who may do this."""
    case, person = load_case(request, reference), load_person(request, pk)
    part = person.pk == case.person_id or case.involvements.filter(person=person).exists()
    if not part:
        raise NotAllowed("We could not find that page.")
    _must(request, permission, case)
    return case, person


def _asked(
    request: HttpRequest, form: Any, run: Any, case: Case, person: Person, done: str, **more: str
) -> HttpResponse:
    context = {**more, "case": case, "person": person, "back": _page(person), "title": request.resolver_match.view_name}  # type: ignore[union-attr]
    return save_or_ask(request, form, run, _page(person), "desk/record_protected.html", context, done=done)


def _page(person: Person) -> str:
    return reverse("person", args=[person.pk])


def _must(request: HttpRequest, permission: str, subject: object) -> None:
    if not may(actor_of(request), permission, subject):
        raise NotAllowed("We could not find that page.")
