"""The advocate's own pages: the cases for whose adult they speak, the plan, and the adult's wishes (R-097)."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from haven.casework.access.reading import show
from haven.casework.desk.loading import actor_of
from haven.casework.desk.saving import save_or_ask
from haven.casework.operations.refusals import NotAllowed
from haven.design.forms import GovForm
from haven.pathways.adults import operations
from haven.pathways.adults.panels.advocate import cases_of, for_advocate


class AddWish(GovForm):
    """What the adult wants, in their words."""

    wish = forms.CharField(
        label=_("What does the adult want?"), help_text=_("In their own words."), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


@require_GET
def advocacy(request: HttpRequest) -> HttpResponse:
    """Whom I speak for."""
    cases = list(cases_of(actor_of(request)))
    show(request, *cases, *(case.person for case in cases))
    return render(request, "adults/advocacy.html", {"cases": cases})


def advocate_case(request: HttpRequest, reference: str) -> HttpResponse:
    """The plan of one case, and adding the adult's wishes."""
    actor = actor_of(request)
    case = cases_of(actor).filter(reference=reference.upper()).first()
    if case is None:
        raise NotAllowed("We could not find that page.")
    show(request, case, case.person)
    request.read_reason = "advocate"  # type: ignore[attr-defined]
    page = {"case": case, "seen": for_advocate(case, actor)}
    run, onward = partial(operations.add_wish, case), reverse("advocate-case", args=[case.reference])
    form = AddWish(request.POST or None)
    return save_or_ask(request, form, run, onward, "adults/advocate_case.html", page, done=str(_("Added.")))
