"""StageEntry: when a case was in a stage."""

from django.db import models
from django.db.models import Q

from haven.casework.cases.models import Case
from haven.lib.ids import uuid7


class StageEntry(models.Model):
    """One stay of a case in a stage; `left_at` is empty where it is now."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="stage_entries")
    stage = models.CharField(max_length=30)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", condition=Q(left_at=None), name="a_case_is_in_one_stage"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=models.F("entered_at")),
                name="a_stage_is_left_after_it_is_entered",
            ),
        ]
