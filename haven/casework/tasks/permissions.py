"""Who may finish a task: whoever it was given to, or somebody of the team it was given to."""

import rules

from haven.casework.operations.actor import Actor
from haven.casework.tasks.models import Task


@rules.predicate
def is_theirs(actor: Actor, task: Task) -> bool:
    """It is the actor's own, or their team's."""
    return actor.is_user and Task.objects.for_actor(actor).filter(pk=task.pk).exists()


rules.add_perm("tasks.finish_task", is_theirs)
