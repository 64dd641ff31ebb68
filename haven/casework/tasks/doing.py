"""Giving and finishing tasks. Plain verbs: the operation that calls them records its own event."""

from datetime import date, datetime
from uuid import UUID

from haven.casework.access.models import Team, User
from haven.casework.cases.models import Case
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import Refusal
from haven.casework.tasks.models import Task


class NobodyToDoIt(Refusal):
    """A task belongs to somebody or to a team."""


class AlreadyDone(Refusal):
    """A task is finished once; the first words stay."""


class FinishedElsewhere(Refusal):
    """The task stands for a record that is finished with words of its own."""


def add_task(
    *,
    authority_id: UUID,
    kind: str,
    words: str,
    due_on: date,
    at: datetime,
    by: Actor,
    case: Case | None = None,
    contact_id: UUID | None = None,
    owner: User | None = None,
    team: Team | None = None,
) -> Task:
    """Give somebody, or a team, something to do by a day. Refused without either."""
    if owner is None and team is None:
        raise NobodyToDoIt("Say who will do this: a person or a team.")
    task = Task(authority_id=authority_id, case=case, contact_id=contact_id, kind=kind, words=words)
    task.owner, task.team, task.due_on, task.created_at = owner, team, due_on, at
    task.save(force_insert=True)
    return task


def finish_task(task: Task, *, words: str = "", by: Actor, at: datetime) -> Task:
    """Say that the task is done, and how. Refused when it is done already."""
    done_by = by.id if by.is_user else None
    unfinished = Task.objects.filter(pk=task.pk, done_at=None)
    if not unfinished.update(done_at=at, done_by_id=done_by, done_words=words.strip()):
        raise AlreadyDone("This was already marked as done.")
    task.done_at, task.done_by_id, task.done_words = at, done_by, words.strip()
    return task
