"""Snapshot: a figure as it was counted one night."""

from django.db import models
from django.db.models import F, Q

from haven.casework.access.models import Authority
from haven.lib.ids import uuid7


class Snapshot(models.Model):
    """One measure of an authority over a period, counted at a moment; the figures page reads these.

    `payload` is the measure as `Measure.compute` gives it: numbers, codes and words of the definition, nobody's name.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.CASCADE, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    measure = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()
    payload = models.JSONField()
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "from_on", "to_on", "measure"], name="one_snapshot_of_a_measure_for_a_period"
            ),
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="a_snapshot_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.measure
