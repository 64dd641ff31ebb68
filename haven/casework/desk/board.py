"""The manager's board: what waits, how many, since when, and which (PR-28). The process adds its own blocks.

Counts are of what the reader may see, over indexes of what is open; the rows are the oldest few.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, Subquery, Window
from django.urls import NoReverseMatch, reverse

from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact, adult_line
from haven.casework.desk.work import stage_name_of
from haven.casework.operations.actor import Actor
from haven.casework.stages.pathway import PATHWAYS, Block
from haven.casework.tasks.models import Task
from haven.casework.watch.models import Lookout
from haven.design.moments import moment_in_words
from haven.lib.calendar import day_of

ROWS = 8
"""Rows of one block: the oldest. The rest are in the lists the block leads to."""

UNLOOKED = Q(state=Contact.State.RECEIVED)
UNSAFE = Q(urgency="act_now") & ~Q(safe_tonight="yes")


@dataclass
class Load:
    """The open work of one worker: how much, how urgent, at which stages."""

    name: str
    total: int = 0
    act_now: int = 0
    today: int = 0
    stages: dict[str, int] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The stages in words, most first."""
        ordered = sorted(self.stages.items(), key=lambda pair: -pair[1])
        return ", ".join(f"{name} {count}" for name, count in ordered)


def blocks_for(actor: Actor, at: datetime) -> list[Block]:
    """Every block of the board for this reader: arrivals, what the processes say, tasks."""
    own = [pathway.board(actor, at) for pathway in PATHWAYS.values() if pathway.board is not None]
    return [*arrivals(actor), *(block for blocks in own for block in blocks), overdue_tasks(actor, day_of(at))]


def arrivals(actor: Actor) -> list[Block]:
    """Reports nobody has looked at, and those to act on now without the adult being safe; two statements."""
    listed = Contact.objects.visible_to(actor).waiting().filter(UNLOOKED | UNSAFE)
    counted = listed.annotate(
        unlooked=Window(Count("pk", filter=UNLOOKED)), since=Window(Min("received_at", filter=UNLOOKED)),
        unsafe=Window(Count("pk", filter=UNSAFE)), unsafe_since=Window(Min("received_at", filter=UNSAFE)),
    )  # fmt: skip
    rows = counted.select_related("claimed_by").prefetch_related("adults").order_by("received_at")
    contacts: list[Any] = list(rows[: 4 * ROWS])
    unlooked = [contact for contact in contacts if contact.state == Contact.State.RECEIVED][:ROWS]
    unsafe = [each for each in contacts if each.urgency == "act_now" and each.safe_tonight != "yes"][:ROWS]
    first = contacts[0] if contacts else None
    return [
        _of_contacts("Not looked at", first.unlooked if first else 0, first and first.since, unlooked),
        _of_contacts("Act now, not yet safe", first.unsafe if first else 0, first and first.unsafe_since, unsafe),
    ]


def _of_contacts(title: str, count: int, oldest: datetime | None, contacts: list[Contact]) -> Block:
    rows = [
        [
            {"text": contact.reference, "href": _page("report", contact.reference)},
            adult_line(contact),
            contact.claimed_by.name if contact.claimed_by else "Nobody yet",
            moment_in_words(contact.received_at),
        ]
        for contact in contacts
    ]
    columns = ("Report", "The adult", "Who has it", "Received")
    return Block(title, count, oldest, rows, columns=columns, shown=contacts)


def overdue_tasks(actor: Actor, today: date) -> Block:
    """Tasks past their day, of the reader's teams and of the open cases the reader may see; one statement."""
    seen = Task.objects.for_actor(actor) | Task.objects.filter(case__in=Case.objects.visible_to(actor).open())
    late = seen.overdue(today).filter(authority_id__in=actor.authority_ids)
    counted = late.annotate(of=Window(Count("pk")), first=Window(Min("created_at")))
    tasks: list[Any] = list(counted.select_related("case", "owner", "team").order_by("due_on")[:ROWS])
    rows = [[_task(task), task.words, _owner(task), f"{task.due_on:%d %b %Y}".lstrip("0")] for task in tasks]
    cases = [task.case for task in tasks if task.case is not None]
    count, oldest = (tasks[0].of, tasks[0].first) if tasks else (0, None)
    columns = ("Case", "What", "Who", "Was due")
    return Block("Tasks overdue", count, oldest, rows, columns=columns, shown=cases, overdue=count)


def _task(task: Task) -> dict[str, str]:
    if task.case is None:
        return {"text": "–"}
    return {"text": task.case.reference, "href": reverse("case", args=[task.case.reference])}


def _owner(task: Task) -> str:
    who = task.owner or task.team
    return who.name if who is not None else ""


def loads(actor: Actor) -> tuple[list[Load], datetime | None]:
    """Each worker's open work by stage and urgency, the most loaded first; and when the watch last looked, which the
    board says beside it (TR-18) and would else ask for by itself: one statement. None where no case is open."""
    looked_at = Max(Subquery(Lookout.objects.values("ran_at")[:1]))
    grouped = Case.objects.visible_to(actor).open().values("worker__name", "pathway", "stage", "urgency")
    rows = list(grouped.annotate(n=Count("pk"), looked_at=looked_at).order_by())
    return gathered(rows), rows[0]["looked_at"] if rows else None


def gathered(rows: Iterable[dict[str, Any]]) -> list[Load]:
    """Counts by worker, from counts by worker, stage and urgency; work nobody has comes first."""
    found: dict[str, Load] = {}
    for row in rows:
        name = row["worker__name"] or ""
        load = found.setdefault(name, Load(name or "Nobody yet"))
        stage = stage_name_of(row["pathway"], row["stage"])
        load.stages[stage] = load.stages.get(stage, 0) + row["n"]
        load.total += row["n"]
        load.act_now += row["n"] if row["urgency"] == "act_now" else 0
        load.today += row["n"] if row["urgency"] == "today" else 0
    return sorted(found.values(), key=lambda load: (load.name != "Nobody yet", -load.act_now, -load.total))


def _page(name: str, reference: str) -> str:
    """A pathway's own page of that name; nowhere, where none serves it."""
    try:
        return reverse(name, args=[reference])
    except NoReverseMatch:
        return ""
