"""Waiting: a state in which something can wait, as data. The engine lists its own, each pathway its own (TR-16)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from haven.casework.clocks.timescales import Timescale
from haven.casework.operations.actor import Actor


@dataclass(frozen=True)
class Waiting:
    """One state in which something can wait: the page that shows it, and how long it may wait before somebody is told.

    `find(actor)` gives what waits, as far as the actor may see; of everybody, where there is no actor. `since` is the
    field from which it has waited, `urgency` the one that holds how urgent it is, `authority` whose it is. `limit` is
    in hours, day and night; `due` a field that says when it was due, where there is one. `reference` is the path to
    the reference that a list shows, `leads_to` the page that takes it. `tells` are the roles told when it is too old,
    each of as many as they may see; `told_all` those told the number of all, where a number betrays nothing.
    """

    code: str
    words: str
    page: str
    find: Callable[[Actor | None], QuerySet[Any]]
    since: str
    limit: Timescale
    tells: tuple[str, ...]
    told_all: tuple[str, ...] = ()
    pathway: str = ""
    urgency: str = ""
    due: str = ""
    due_is_a_day: bool = False
    authority: str = "authority_id"
    reference: str = ""
    leads_to: str = ""

    def late(self, at: datetime, cutoff: datetime, today: Any) -> Q:
        """Which of them have waited too long: past their own due moment, else past the limit."""
        if self.due:
            return Q(**{f"{self.due}__lt": today if self.due_is_a_day else at})
        return Q(**{f"{self.since}__lt": cutoff})
