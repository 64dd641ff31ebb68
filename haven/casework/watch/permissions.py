"""Who may decide an alert: whoever it is for, and never the person it is about."""

import rules

from haven.casework.operations.actor import Actor
from haven.casework.watch.models import Alert


@rules.predicate
def is_for_them(actor: Actor, alert: Alert) -> bool:
    """It stands in the actor's own queue."""
    return actor.is_user and Alert.objects.visible_to(actor).filter(pk=alert.pk).exists()


rules.add_perm("watch.decide_alert", is_for_them)
