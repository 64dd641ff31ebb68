"""Open work: which cases, what each waits for next, in the order of its due moment."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse

from haven.casework.access.roles import CASE_READERS, READS_ONE
from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock
from haven.casework.operations.actor import Actor
from haven.casework.stages.pathway import PATHWAYS
from haven.casework.tasks.models import Task

SHOWN = 100
"""Rows on one screen of work; those due first. More than a worker can hold means the list is the manager's."""

ALERTS_WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """The next thing a case owes: what, by when, whether its clock is paused."""

    label: str
    at: datetime
    paused: bool = False


@dataclass
class Work:
    """One case in a list of work."""

    case: Case
    stage: str
    due: Due | None = None
    signals: list[str] = field(default_factory=list)
    age: int | None = None

    @property
    def href(self) -> str:
        return reverse("case", args=[self.case.reference])


def cases_read_by(actor: Actor) -> str:
    """Which cases somebody opens at all: those of their work, single ones they were given, or none."""
    if actor.has_role(*CASE_READERS):
        return "own"
    return "given" if actor.has_role(*READS_ONE) else ""


def own_work(actor: Actor, today: date) -> list[Work]:
    """What somebody works on; of those who read single cases only, the open ones they were given."""
    if actor.has_role(*CASE_READERS):
        return open_work(actor, today, mine=True)
    return listed(Case.objects.visible_to(actor).open(), actor, today) if actor.has_role(*READS_ONE) else []


def open_work(actor: Actor, today: date, *, mine: bool) -> list[Work]:
    """The actor's own open cases, or the other open cases of their teams, soonest due first."""
    cases = Case.objects.visible_to(actor).open()
    if mine:
        return listed(cases.filter(worker_id=actor.id), actor, today)
    return listed(cases.filter(team_id__in=actor.case_team_ids), actor, today)


def listed(cases: QuerySet[Case], actor: Actor, today: date) -> list[Work]:
    """The first SHOWN of these cases by next due moment, with their clocks and signals: four statements at most."""
    running = Clock.objects.filter(case=OuterRef("pk"), stopped_at=None).order_by("due_at")
    ordered = cases.annotate(next_due_at=Subquery(running.values("due_at")[:1])).order_by(
        F("next_due_at").asc(nulls_last=True), "opened_at"
    )
    found = list(with_clocks(ordered.select_related("person", "worker", "team"))[:SHOWN])
    said = signals_of(found, actor)
    return [
        Work(case, stage_name(case), next_due(case), said.get(case.pk, []), case.person.age_on(today)) for case in found
    ]


def with_clocks(cases: QuerySet[Case]) -> QuerySet[Case]:
    """These cases with their running clocks, soonest first, in `running`."""
    clocks = Clock.objects.running().prefetch_related("pauses").order_by("due_at")
    return cases.prefetch_related(Prefetch("clocks", clocks, to_attr="running"))


def next_due(case: Case) -> Due | None:
    """What the case owes first, of its clocks that are not paused; a paused one only where there is no other."""
    owed = dues(case)
    return min(owed, key=lambda due: (due.paused, due.at), default=None)


def dues(case: Case) -> list[Due]:
    """Everything the case owes, from its running clocks (loaded by `with_clocks`), soonest first."""
    labels = timescale_labels(case.pathway)
    clocks: Iterable[Clock] = case.running  # type: ignore[attr-defined]
    return [
        Due(labels.get(clock.rule, clock.rule), clock.due_at, any(p.until_at is None for p in clock.pauses.all()))
        for clock in clocks
    ]


def timescale_labels(pathway: str) -> dict[str, str]:
    """Timescale code → its label, of one pathway."""
    found = PATHWAYS.get(pathway)
    return {timescale.code: timescale.label for timescale in found.timescales} if found else {}


def stage_name(case: Case) -> str:
    """Where the case has got to, in a few words."""
    return stage_name_of(case.pathway, case.stage)


def stage_name_of(pathway: str, stage: str) -> str:
    """A stage of a process, in a few words."""
    found = PATHWAYS.get(pathway)
    names = {each.code: each.name for each in found.stages} if found else {}
    return names.get(stage, stage.replace("_", " ").capitalize()).split(":")[0]


def signals_of(cases: list[Case], actor: Actor) -> dict[UUID, list[str]]:
    """The few words each case's own process says beside it."""
    said: dict[UUID, list[str]] = {}
    for pathway in PATHWAYS.values():
        own = [case for case in cases if case.pathway == pathway.code]
        if own and pathway.signals is not None:
            said.update(pathway.signals(own, actor))
    return said


def tasks_due(actor: Actor, today: date) -> tuple[list[Task], list[Task]]:
    """The actor's tasks and their teams': those overdue, and those due today, each soonest first; one statement."""
    due = Task.objects.for_actor(actor).due(today).select_related("case", "owner", "team").order_by("due_on")
    tasks = list(due[:SHOWN])
    return [task for task in tasks if task.due_on < today], [task for task in tasks if task.due_on == today]


def alerts(work: list[Work], overdue: list[Task], at: datetime) -> list[str]:
    """What must not be missed today, in words; nothing where all is in hand."""
    late = [row for row in work if row.due and not row.due.paused and row.due.at <= at]
    soon = [row for row in work if row.due and not row.due.paused and at < row.due.at <= at + ALERTS_WITHIN]
    urgent = [row for row in work if row.case.urgency == "act_now"]
    said = [
        (len(urgent), "marked Act now", "marked Act now"),
        (len(late), "over its time", "over their time"),
        (len(soon), "due within a day", "due within a day"),
        (len(overdue), "task overdue", "tasks overdue"),
    ]
    return [f"{count} {one if count == 1 else many}" for count, one, many in said if count]


def tasks_of_cases(tasks: list[Task]) -> list[Case]:
    """The cases these tasks are about."""
    return [task.case for task in tasks if task.case is not None]
