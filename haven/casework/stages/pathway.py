"""Pathway and Stage: the contents page of a statutory process, as data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from haven.casework.clocks.waiting import Waiting
from haven.casework.operations.refusals import Refusal


@dataclass(frozen=True)
class Stage:
    """Where a case has got to. `leads_to` are the legal next stages; a move to any other is refused.

    `awaits_duty`: while a case is here, the duty desk sees it (PR-24). `final`: being here is being closed.
    `queue` is the name of the page that shows what waits here (TR-16).
    """

    code: str
    name: str
    leads_to: tuple[str, ...] = ()
    queue: str = ""
    awaits_duty: bool = False
    final: bool = False


@dataclass(frozen=True)
class Panel:
    """A part a pathway adds to the case page: a template and the function that fills it for a reader."""

    title: str
    template: str
    context: Callable[..., dict[str, Any]]
    place: str = "main"


@dataclass(frozen=True)
class Action:
    """Something a reader may do next with a case: its words and its page. `main`: what the case is waiting for."""

    label: str
    url: str
    main: bool = False
    key: str = ""


@dataclass(frozen=True)
class Block:
    """One question a manager's board answers: how many wait, since when, and which (PR-28).

    `rows` are rows of `small_table` under `columns`, oldest first and no more than a screen can hold; `count` is of
    all that the reader may see. `shown` are the cases and contacts the rows name, for the read record.
    """

    title: str
    count: int
    oldest: datetime | None = None
    rows: Sequence[Any] = ()
    words: str = ""
    columns: Sequence[Any] = ("Case", "The adult", "Who has it", "Since")
    shown: Sequence[Any] = ()
    overdue: int = 0


@dataclass(frozen=True)
class Wait:
    """One queue in the line above the duty desk: how many wait, since when the oldest, how many overdue (PR-27)."""

    label: str
    count: int = 0
    oldest: datetime | None = None
    overdue: int = 0


@dataclass(frozen=True)
class Pathway:
    """One statutory process, as the rest of the system knows it.

    The functions it offers, each asked with a handful of queries whatever the number of rows:
    `at_a_glance(case, actor)` → what the first screen of the case says (see desk/glance.py for the words it knows);
    `actions(case, actor)` → the Actions open to this reader; `signals(records, actor)` → for each contact or case, by
    its id, the few words a list shows beside it; `board(actor, at)` → Blocks of the manager's board;
    `waits(actor, at)` → the Waits above the duty desk. `first_look` and `decides` are the timescales that a report
    waits under before and after somebody has looked at it; `allocate_page` is the name of the page that gives a new
    case to a worker. `waiting` are states of its own in which something waits, beside its stages (TR-16).
    """

    code: str
    name: str
    prefix: str
    stages: tuple[Stage, ...]
    timescales: tuple[Any, ...] = ()
    questions: tuple[Any, ...] = ()
    panels: tuple[Panel, ...] = ()
    at_a_glance: Callable[..., dict[str, Any]] | None = None
    actions: Callable[..., list[Action]] | None = None
    signals: Callable[..., dict[Any, list[str]]] | None = None
    board: Callable[..., list[Block]] | None = None
    waits: Callable[..., list[Wait]] | None = None
    allocate_page: str = ""
    first_look: Any = None
    decides: Any = None
    waiting: tuple[Waiting, ...] = ()
    labels: dict[str, dict[str, str]] = field(default_factory=dict)

    def stage(self, code: str) -> Stage:
        """The stage with this code; refuses one the process does not have."""
        for stage in self.stages:
            if stage.code == code:
                return stage
        raise NoSuchStage(f"{self.name} has no stage {code!r}.")


class NoSuchStage(Refusal):
    """The process has no such stage."""


PATHWAYS: dict[str, Pathway] = {}


def register(pathway: Pathway) -> Pathway:
    """Make a pathway known; called once, by its `pathway.py`."""
    PATHWAYS[pathway.code] = pathway
    return pathway


def pathway_of(code: str) -> Pathway:
    """The pathway with this code."""
    return PATHWAYS[code]
