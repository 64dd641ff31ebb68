"""Closing: the adult told, everybody who told us told or held, how to come back."""

from django.db import models
from django.db.models import Q

from haven.casework.access.models import User
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.events.sealing import Salted
from haven.casework.letters.models import Letter
from haven.casework.operations.versions import Versioned
from haven.lib.ids import uuid7
from haven.pathways.adults import codes
from haven.pathways.adults.models.base import OfCase, one_of


class Closing(OfCase, Versioned):
    """What has to be settled before a case closes, each answer with who gave it in the event (R-093).

    It begins when the adult is told, or when the case reaches closing. Nothing closes without a named person.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="closing")
    began_at = models.DateTimeField()
    adult_told_at = models.DateTimeField(null=True, blank=True)
    adult_told_how = models.CharField(max_length=12, blank=True)
    adult_not_told_because = models.CharField(max_length=20, blank=True)
    how_to_come_back = models.TextField(blank=True)
    plan_status = models.CharField(max_length=12, blank=True)
    children_considered = models.CharField(max_length=12, blank=True)
    learning_flag = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(closed_by=None), name="nothing_closes_without_a_named_person"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(how_to_come_back=""), name="a_closed_case_says_how_to_come_back"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(adult_told_at=None) | ~Q(adult_not_told_because=""),
                name="the_adult_is_told_or_it_says_why_not",
            ),
            one_of("adult_not_told_because", codes.ADULT_NOT_TOLD, "why_the_adult_was_not_told_is_in_the_list"),
            one_of("plan_status", codes.PLAN_STATUS, "what_became_of_the_plan_is_in_the_list"),
            one_of("children_considered", codes.CHILDREN_CONSIDERED, "what_was_done_for_children_is_in_the_list"),
        ]


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def settled(self) -> "FeedbackQuerySet":
        """Told, or held with a reason: what stops the clock and opens the closing gate."""
        return self.filter(~Q(told_at=None) | ~Q(held_because=""))


class Feedback(OfCase, Salted):
    """What somebody who told us was told, at what level and in what words, or why it was held back (PR-21)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="feedback")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="feedback")
    level = models.CharField(max_length=10, blank=True)
    ground = models.CharField(max_length=20, blank=True)
    how = models.CharField(max_length=12, blank=True)
    words = models.TextField(blank=True)
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, blank=True, related_name="+")
    delivery = models.ForeignKey(Delivery, models.SET_NULL, null=True, blank=True, related_name="+")
    held_because = models.CharField(max_length=30, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "contact"], name="feedback_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(told_at=None) ^ Q(held_because=""), name="feedback_is_told_or_held_with_a_reason"
            ),
            models.CheckConstraint(condition=Q(told_at=None) | ~Q(level=""), name="feedback_says_its_level"),
            models.CheckConstraint(
                condition=~Q(level="outcome") | ~Q(ground=""), name="telling_the_outcome_needs_a_ground"
            ),
            one_of("level", codes.FEEDBACK_LEVELS, "a_level_of_feedback_is_in_the_list"),
            one_of("held_because", codes.HELD_REASONS, "why_feedback_is_held_is_in_the_list"),
        ]
