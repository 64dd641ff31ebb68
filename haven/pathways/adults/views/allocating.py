"""Giving a concern to a named worker, with the load of each in sight (R-055)."""

from collections import Counter
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from haven.casework.access.restrictions import Restriction
from haven.casework.access.roles import CASE_READERS, DECIDES
from haven.casework.cases.models import Case
from haven.casework.desk.loading import actor_of
from haven.casework.desk.saving import save_or_ask
from haven.casework.operations.actor import Actor
from haven.casework.operations.versions import version_of
from haven.casework.watch.ties import candidates_for
from haven.pathways.adults import operations
from haven.pathways.adults.forms.reports import AllocateConcern
from haven.pathways.adults.views.report_page import posted
from haven.pathways.adults.views.stepping import opened


@require_http_methods(["GET", "POST"])
def allocate_concern(request: HttpRequest, reference: str) -> HttpResponse:
    """Allocate the concern; a team's tray is no allocation."""
    case = opened(request, reference, "allocate_concern")
    workers, managers = holders(case, CASE_READERS), holders(case, DECIDES)
    form = AllocateConcern(
        workers, managers, posted(request), initial={"worker": case.worker_id, "manager": case.manager_id}
    )
    page = {
        "case": case,
        "rows": loads(workers, actor_of(request)),
        "columns": COLUMNS,
        "title": _("Allocate the concern"),
        "version": version_of(case),
    }
    run = partial(operations.allocate_concern, case.concern)
    onward = reverse("case", args=[case.reference])
    return save_or_ask(request, form, run, onward, "adults/report_allocate.html", page)


COLUMNS = [
    "Worker",
    "Team",
    {"text": "Open", "numeric": True},
    {"text": "Act now", "numeric": True},
    {"text": "Not yet decided", "numeric": True},
]


def holders(case: Case, roles: tuple[str, ...]) -> Any:
    """The active accounts that hold one of these roles today, whom nothing keeps from the case (TR-05)."""
    return candidates_for(case, roles, timezone.now())


def loads(workers: Any, actor: Actor) -> list[list[Any]]:
    """Each worker's open cases, least first: how many, how many Act now, how many still to be decided.

    Restricted ones are not counted: a number may not betray that there is one (TR-03).
    """
    people = list(workers.prefetch_related("memberships__team"))
    ours = Case.objects.open().showing(actor).filter(restriction=Restriction.OPEN)
    held = ours.filter(worker__in=[worker.pk for worker in people])
    rows = list(held.values_list("worker_id", "urgency", "awaits_duty"))
    total, urgent = Counter(row[0] for row in rows), Counter(row[0] for row in rows if row[1] == "act_now")
    undecided = Counter(row[0] for row in rows if row[2])
    people.sort(key=lambda worker: (total[worker.pk], worker.name))
    return [[each.name, team_of(each), total[each.pk], urgent[each.pk], undecided[each.pk]] for each in people]


def team_of(worker: Any) -> str:
    """The names of the worker's teams."""
    return ", ".join(sorted({row.team.name for row in worker.memberships.all() if row.team}))
