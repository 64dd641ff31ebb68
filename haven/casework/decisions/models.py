"""Decision: what a named person decided, and why."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from haven.casework.access.models import User
from haven.casework.cases.models import Case
from haven.casework.decisions.questions import Question
from haven.casework.events.sealing import Salted
from haven.lib.ids import uuid7
from haven.lib.period import Period


class DecisionQuerySet(models.QuerySet["Decision"]):
    def on(self, question: Question) -> "DecisionQuerySet":
        """Those that answer one question."""
        return self.filter(question=question.code)

    def made_in(self, period: Period) -> "DecisionQuerySet":
        """Those made within the period."""
        return self.filter(**period.within("at"))

    def for_cases(self, cases: Any) -> "DecisionQuerySet":
        """Those of these cases (a queryset or a list)."""
        return self.filter(case__in=cases)


class Decision(Salted):
    """The answer of a named person to a question about a case, with reasons, under the law and guidance of that day.

    `at` is when it was made, `recorded_at` when it was written. `proposed` is what the system had proposed, if
    anything: the system proposes, a named person decides (PR-11). Never changed: deciding again makes another row.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="decisions")
    question = models.CharField(max_length=60)
    outcome = models.CharField(max_length=60)
    proposed = models.CharField(max_length=60, blank=True)
    reasons = models.TextField()
    legal_source = models.CharField(max_length=200)
    guidance = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="decisions")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    countersigned_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="countersigned")
    countersigned_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reasons__regex=r"\S"), name="every_decision_gives_its_reasons"),
            models.CheckConstraint(condition=~Q(outcome=""), name="every_decision_has_an_outcome"),
            models.CheckConstraint(condition=~Q(legal_source=""), name="every_decision_says_its_source"),
            models.CheckConstraint(
                condition=Q(countersigned_by=None) | ~Q(countersigned_by=F("by")),
                name="nobody_countersigns_their_own_decision",
            ),
            models.CheckConstraint(
                condition=Q(countersigned_by=None, countersigned_at=None)
                | Q(countersigned_by__isnull=False, countersigned_at__gte=F("at")),
                name="a_countersignature_has_its_name_and_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "question", "-at"], name="decisions_of_case"),
            models.Index(fields=["question", "at"], name="decisions_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.outcome}"
