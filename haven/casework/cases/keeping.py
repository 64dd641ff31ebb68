"""Keeping: that a case was restricted or sealed, why, by whom, and when it is looked at again (TR-03)."""

from django.db import models
from django.db.models import Q

from haven.casework.access.models import User
from haven.casework.access.restrictions import Restriction
from haven.casework.cases.codes import KEPT_BECAUSE
from haven.casework.events.sealing import Salted
from haven.lib.ids import uuid7


class Keeping(Salted):
    """A case kept from all but its named people, from a moment until it is lifted with reasons.

    Who they are is in their relationships to the case, its worker and its manager. `review_on` is the day on which its
    keepers look at it again: nothing is kept for ever unseen.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="keepings")
    restriction = models.CharField(max_length=12, choices=Restriction.choices)
    because = models.CharField(max_length=20, choices=list(KEPT_BECAUSE.items()))
    words = models.TextField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    review_on = models.DateField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_reasons = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(lifted_at=None), name="a_case_is_kept_in_one_way"),
            models.CheckConstraint(condition=~Q(restriction="open"), name="keeping_is_restricting_or_sealing"),
            models.CheckConstraint(condition=~Q(words=""), name="keeping_a_case_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | Q(lifted_by__isnull=False) & ~Q(lifted_reasons=""),
                name="lifting_gives_who_and_why",
            ),
        ]
