"""Ageing: an alarm that something has waited too long."""

from django.db import models
from django.db.models import Q

from haven.casework.access.models import Authority
from haven.lib.ids import uuid7


class Ageing(models.Model):
    """What waits in one state at one authority has waited too long, since when, and who was told when (TR-18).

    One stands at a time for a state. `times_told` counts the alerts; from the second on the next roles are told too
    (TR-17). It ends by itself when nothing in the state is too old any more. No record is named in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    state = models.CharField(max_length=60)
    oldest_at = models.DateTimeField()
    late = models.PositiveIntegerField()
    raised_at = models.DateTimeField()
    told_at = models.DateTimeField()
    times_told = models.PositiveSmallIntegerField(default=1)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "state"], condition=Q(ended_at=None), name="one_standing_alarm_of_a_state"
            ),
            models.CheckConstraint(condition=Q(late__gte=1), name="an_alarm_is_about_something_late"),
        ]

    def __str__(self) -> str:
        return self.state
