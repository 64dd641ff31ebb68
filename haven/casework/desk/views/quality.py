"""Whether the records keep the rules, and whether the timed jobs run."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from haven.casework.access.reading import show
from haven.casework.access.roles import DECIDES
from haven.casework.cases.models import Case
from haven.casework.desk.loading import actor_of, show_people_and_reports
from haven.casework.desk.quality import jobs_of, listed_of, rules_of


def quality(request: HttpRequest) -> HttpResponse:
    """How many records break each rule, as counted last night; and the timed jobs."""
    actor, now = actor_of(request), timezone.now()
    page = {"counted": rules_of(actor, now), "jobs": jobs_of(now), "lists": actor.has_role(*DECIDES), "now": now}
    return render(request, "desk/quality.html", page)


def quality_cases(request: HttpRequest, code: str) -> HttpResponse:
    """Which of them this reader may open, as of now."""
    listed = listed_of(code, actor_of(request), timezone.now())
    show(request, *listed.shown)
    show_people_and_reports(request, (each for each in listed.shown if isinstance(each, Case)))
    return render(request, "desk/quality_cases.html", {"listed": listed})
