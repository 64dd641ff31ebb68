"""What whoever was given a task may do with it."""

from datetime import datetime

from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.tasks import doing, events
from haven.casework.tasks.models import Task


@operation(may="tasks.finish_task")
def finish_task(task: Task, *, by: Actor, at: datetime) -> Task:
    """Mark a task as done; an action is finished on its own page, saying what came of it."""
    if task.has_its_own_page:
        raise doing.FinishedElsewhere("Finish this on its case, where you say what came of it.")
    doing.finish_task(task, by=by, at=at)
    record(events.FINISHED, subject=task, by=by, at=at, codes={"kind": task.kind})
    return task
