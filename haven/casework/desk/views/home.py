"""The first pages after signing in: my work, my team's."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haven.casework.access.reading import show
from haven.casework.access.roles import ENTERS, FIGURES
from haven.casework.desk.conversing import waits_for_answer
from haven.casework.desk.loading import actor_of
from haven.casework.desk.navigation import places_for
from haven.casework.desk.saving import run_or_say
from haven.casework.desk.unsent import unsent_of
from haven.casework.desk.work import alerts, cases_read_by, open_work, own_work, tasks_due, tasks_of_cases
from haven.casework.operations.refusals import NotAllowed
from haven.casework.tasks import operations
from haven.casework.tasks.models import Task
from haven.lib.calendar import day_of


def front(request: HttpRequest) -> HttpResponse:
    """Where somebody begins: their work, the figures where that is all they see, or signing in."""
    actor = actor_of(request)
    if not request.user.is_authenticated:
        return redirect("account_login")
    if actor.has_role(*ENTERS) or not actor.has_role(*FIGURES):
        return redirect("home")
    return redirect("figures")


def home(request: HttpRequest) -> HttpResponse:
    """What is mine to do: tasks due, my cases by what is due next, what I have begun and not sent."""
    actor, now = actor_of(request), timezone.now()
    work = own_work(actor, day_of(now))
    overdue, today = tasks_due(actor, day_of(now))
    for row in work:
        show(request, row.case, row.case.person)
    show(request, *tasks_of_cases(overdue + today))
    context = {"work": work, "overdue": overdue, "today": today, "unsent": unsent_of(actor, now), "now": now}
    reads = cases_read_by(actor)
    said = alerts(work if reads == "own" else [], overdue, now)
    context |= {"elsewhere": [] if work else places_for(actor), "reads": reads, "alerts": said}
    context["messages_wait"] = waits_for_answer(actor, now)
    return render(request, "desk/home.html", context)


@require_POST
def finish_task(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark a task of mine or my team's as done."""
    task = Task.objects.for_actor(actor_of(request)).select_related("case").filter(pk=pk).first()
    if task is None:
        raise NotAllowed("We could not find that page.")
    return run_or_say(request, partial(operations.finish_task, task), reverse("home"), done=_("Marked as done."))


def team(request: HttpRequest) -> HttpResponse:
    """My teams' open cases, soonest due first, with who has each."""
    now = timezone.now()
    work = open_work(actor_of(request), day_of(now), mine=False)
    for row in work:
        show(request, row.case, row.case.person)
    return render(request, "desk/team.html", {"work": work, "now": now})
