"""Submission, SenderDay, SenderGap: what a partner sent, what it says it sent, and what of that may be missing."""

from django.db import models
from django.db.models import Q

from haven.casework.access.models import Authority, User
from haven.casework.contacts.models import Contact
from haven.casework.events.sealing import Salted
from haven.casework.partners.models.partners import Partner
from haven.lib.ids import uuid7

STAGES = {
    "received": "We have received it",
    "being_looked_at": "We are looking at it",
    "making_enquiries": "We are making enquiries",
    "decided": "We have made our decision",
    "finished": "We have finished",
}
"""All that a partner's system is ever told, in their order (PR-21). None says why one is not the next."""

FOR_EVERYBODY = ("received", "being_looked_at")
"""What anybody may be told who told us something."""


class Submission(models.Model):
    """A contact that a partner's system sent. `stage` is what the partner was last told: its request reads this row,
    and nothing of a case. `sequence` is the sender's own number of it; `missing` what it did not say (PR-03)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="submissions")
    contact = models.OneToOneField(Contact, models.CASCADE, related_name="submission")
    reference = models.CharField(max_length=20, unique=True)
    received_at = models.DateTimeField()
    sequence = models.BigIntegerField(null=True, blank=True)
    missing = models.JSONField(default=list)
    stage = models.CharField(max_length=20, choices=list(STAGES.items()), default="received")
    stage_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sequence=None) | Q(sequence__gte=1), name="a_sequence_begins_at_one")
        ]
        indexes = [
            models.Index(fields=["partner", "received_at"], name="submissions_by_day"),
            models.Index(fields=["partner", "sequence"], name="submissions_by_sequence"),
            models.Index(fields=["stage_at"], condition=~Q(stage="finished"), name="submissions_not_finished"),
        ]


class SenderDay(models.Model):
    """How many concerns a partner says it sent on a day, London time (TR-25)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="days")
    day = models.DateField()
    sent = models.PositiveIntegerField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("partner", "day", name="one_count_for_a_day")]


class SenderGapQuerySet(models.QuerySet["SenderGap"]):
    def open(self) -> "SenderGapQuerySet":
        """Neither filled by what came later nor explained by somebody."""
        return self.filter(closed_at=None)


class SenderGap(Salted):
    """Something a partner sent, or should have, that may not have reached us (TR-25). Shown until it came after all
    (`came`) or a named person explains it.

    A number that is missing is `first`..`last` of its sequence; of a `day` whose counts differ `first` were received
    and `last` sent; silence has begun `since`; a number used twice is `first`.
    """

    class Kind(models.TextChoices):
        SEQUENCE = "sequence", "Numbers missing"
        REPEATED = "repeated", "A number used twice"
        COUNT = "count", "Counts differ"
        SILENCE = "silence", "Silent for longer than usual"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="gaps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    first = models.BigIntegerField(null=True, blank=True)
    last = models.BigIntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    since = models.DateTimeField(null=True, blank=True)
    found_at = models.DateTimeField()
    came = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    explained_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reasons = models.TextField(blank=True)

    objects = SenderGapQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(came=True) | Q(explained_by__isnull=False) & ~Q(reasons=""),
                name="what_is_missing_came_or_is_explained",
            ),
            models.UniqueConstraint(
                fields=["partner", "kind", "first", "day", "since"],
                condition=Q(closed_at=None),
                name="one_open_gap_of_a_cause",
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(fields=["authority", "found_at"], condition=Q(closed_at=None), name="gaps_open")]
