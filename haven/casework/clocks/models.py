"""Clock, Pause and LocalPolicy: stored facts, never counters. Overdue is a question asked as of a moment."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from haven.casework.access.models import Authority
from haven.casework.cases.models import Case
from haven.casework.clocks.timescales import Counting, Timescale
from haven.lib.ids import uuid7

COUNTINGS = [(counting.value, counting.value.replace("_", " ")) for counting in Counting]


def rule_of(rule: Timescale | str) -> str:
    """The code of a timescale, given itself or its code."""
    return rule if isinstance(rule, str) else rule.code


class ClockQuerySet(models.QuerySet["Clock"]):
    def of(self, rule: Timescale | str, *, case: Case | None = None, contact_id: UUID | None = None) -> "ClockQuerySet":
        """The clocks of one timescale, of a case or a contact where given."""
        given = {"case": case, "contact_id": contact_id}
        return self.filter(rule=rule_of(rule), **{name: value for name, value in given.items() if value is not None})

    def for_cases(self, cases: Any) -> "ClockQuerySet":
        """The clocks of these cases (a queryset or a list)."""
        return self.filter(case__in=cases)

    def running(self) -> "ClockQuerySet":
        """Not stopped; a paused clock is still one of them."""
        return self.filter(stopped_at=None)

    def paused(self) -> "ClockQuerySet":
        """Not stopped, and paused now."""
        return self.running().filter(_is_paused())

    def overdue(self, at: datetime) -> "ClockQuerySet":
        """Not stopped, not paused and due at or before the moment."""
        return self.running().filter(~_is_paused(), due_at__lte=at)

    def met(self, rule: Timescale | str) -> "ClockQuerySet":
        """Of one timescale, those stopped before they were due, pauses allowed for."""
        return self.filter(rule=rule_of(rule), stopped_at__lt=F("due_at"))

    def met_without_pauses(self, rule: Timescale | str) -> "ClockQuerySet":
        """The same, as if no clock had ever been paused: figures print both (PR-31)."""
        return self.filter(rule=rule_of(rule), stopped_at__lt=F("first_due_at"))


def _is_paused() -> Exists:
    return Exists(Pause.objects.filter(clock=OuterRef("pk"), until_at=None))


class Clock(models.Model):
    """One timescale running for one case or contact: begun, due, and perhaps stopped.

    `due_at` is worked out once, with the amount in force that day, so history never moves; only a pause moves it, and
    `first_due_at` keeps the first answer. `horizon_warning`: due beyond the last year whose holidays are known, to be
    looked at again when they are proclaimed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule = models.CharField(max_length=60)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="clocks")
    contact_id = models.UUIDField(null=True, blank=True)
    counting = models.CharField(max_length=20, choices=COUNTINGS)
    amount = models.PositiveSmallIntegerField()
    pausable = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    reason_late = models.TextField(blank=True)
    horizon_warning = models.BooleanField(default=False)

    objects = ClockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(contact_id__isnull=False),
                name="a_clock_runs_for_a_case_or_a_contact",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(stopped_at__gte=F("started_at")), name="a_clock_stops_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["rule", "case", "contact_id"],
                condition=Q(stopped_at=None),
                nulls_distinct=False,
                name="one_clock_of_a_timescale_runs_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "due_at"], condition=Q(stopped_at=None), name="clocks_running_by_due"),
            models.Index(fields=["authority", "rule"], condition=Q(stopped_at=None), name="clocks_running_by_rule"),
            models.Index(fields=["case", "rule"], name="clocks_by_case"),
            models.Index(
                fields=["contact_id", "rule"], condition=Q(contact_id__isnull=False), name="clocks_by_contact"
            ),
            models.Index(fields=["authority", "rule", "started_at"], name="clocks_by_rule"),
        ]

    def __str__(self) -> str:
        return self.rule

    @property
    def is_running(self) -> bool:
        """Not stopped."""
        return self.stopped_at is None

    def is_late(self, at: datetime) -> bool:
        """Stopped too late, or still running at or after the moment it was due. Says nothing of pauses."""
        return (self.stopped_at or at) >= self.due_at


class Pause(models.Model):
    """A stretch during which a clock did not count: when, and why, by a code from the pathway's closed list."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clock = models.ForeignKey(Clock, models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=60)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    paused_by = models.UUIDField(null=True, blank=True)
    resumed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="every_pause_gives_its_reason"),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")), name="a_pause_ends_after_it_begins"
            ),
            models.UniqueConstraint("clock", condition=Q(until_at=None), name="a_clock_is_paused_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.reason


class LocalPolicy(models.Model):
    """An authority's own number for a timescale, from a day until a day, with who says so and why (T-02 …)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.CASCADE, related_name="local_policies")
    rule = models.CharField(max_length=60)
    amount = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=1), name="a_local_amount_is_at_least_one"),
            models.CheckConstraint(condition=~Q(source=""), name="every_local_policy_says_its_source"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_policy_ends_after_it_begins"
            ),
            models.UniqueConstraint("authority", "rule", "from_on", name="one_policy_of_a_timescale_begins_on_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.amount}"
