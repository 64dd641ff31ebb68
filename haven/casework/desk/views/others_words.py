"""Words that came from somebody else: the list, marking more, lifting a label (TR-11)."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from haven.casework.access.may import may
from haven.casework.desk.giving import NOT_FOUND, must
from haven.casework.desk.giving_forms import LiftLabel, MarkExcerpt
from haven.casework.desk.loading import actor_of, load_case
from haven.casework.desk.saving import save_or_ask
from haven.casework.documents import excerpting
from haven.casework.documents.models import Excerpt
from haven.casework.operations.refusals import NotAllowed


def others_words(request: HttpRequest, reference: str) -> HttpResponse:
    """Whose words stand in the record of this case, and where they may go."""
    case = load_case(request, reference)
    excerpts = Excerpt.objects.filter(case=case).select_related("added_by", "lifted_by").order_by("-added_at")
    page = {"case": case, "excerpts": excerpts, "may_lift": may(actor_of(request), "documents.lift_label", case)}
    return render(request, "desk/others_words.html", page)


def mark_excerpt(request: HttpRequest, reference: str) -> HttpResponse:
    """Mark words as somebody else's."""
    case = load_case(request, reference)
    must(request, "documents.mark_excerpt", case)
    form = MarkExcerpt(request.POST or None, initial={"restriction": "restricted"})
    run, back = partial(excerpting.mark_excerpt, case), reverse("others-words", args=[case.reference])
    return save_or_ask(request, form, run, back, "desk/mark_excerpt.html", {"case": case}, done="Marked.")


def lift_label(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Lift a label, with reasons."""
    case = load_case(request, reference)
    excerpt = Excerpt.objects.filter(case=case, lifted_at=None, pk=pk).first()
    if excerpt is None:
        raise NotAllowed(NOT_FOUND)
    must(request, "documents.lift_label", excerpt)
    back, page = reverse("others-words", args=[case.reference]), {"case": case, "excerpt": excerpt}
    form = LiftLabel(request.POST or None)
    return save_or_ask(request, form, partial(excerpting.lift_label, excerpt), back, "desk/lift_label.html", page)
