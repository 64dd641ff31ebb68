"""The figures, and the cases behind each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from haven.casework.access.reading import show
from haven.casework.desk.figures import choose, figures_of, journeys_of, sections_of, still_loading
from haven.casework.desk.figures_cases import cases_page
from haven.casework.desk.loading import actor_of
from haven.casework.desk.published import published_for


def figures(request: HttpRequest) -> HttpResponse:
    """The figures of an authority for a period, as last counted."""
    now = timezone.now()
    chosen = choose(actor_of(request), request.GET, now)
    counted = figures_of(chosen, now)
    context = {
        "chosen": chosen,
        "counted": counted,
        "journeys": journeys_of(counted),
        "sections": sections_of(chosen, counted),
        "loading": still_loading(now),
        "report": published_for(chosen.authority.code, chosen.period),
    }
    return render(request, "desk/figures.html", context)


def figure_cases(request: HttpRequest, measure: str, row: str) -> HttpResponse:
    """The cases behind a figure that the reader may open."""
    chosen = choose(actor_of(request), request.GET, timezone.now())
    page = cases_page(chosen, measure, row, actor_of(request), request.GET.get("page", ""))
    show(request, *page.cases, *[case.person for case in page.cases])
    return render(request, "desk/figure_cases.html", {"chosen": chosen, "page": page})
