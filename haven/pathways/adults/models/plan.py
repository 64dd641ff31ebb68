"""The safeguarding plan: who does what to keep the adult safe, and when it is looked at again."""

from django.db import models
from django.db.models import F, Q

from haven.casework.access.models import User
from haven.casework.cases.models import Case
from haven.casework.operations.versions import Versioned
from haven.lib.ids import uuid7
from haven.pathways.adults import codes
from haven.pathways.adults.models.base import OfCase, keeps_earlier, one_of


@keeps_earlier("words", "triggers", "contingency")
class SafeguardingPlan(OfCase, Versioned):
    """Agreed steps to keep an adult safe, with the adult's view, what would trigger more, and a review day (R-082)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="plans")
    agreed_at = models.DateTimeField()
    adult_agrees = models.CharField(max_length=10)
    words = models.TextField()
    triggers = models.TextField(blank=True)
    contingency = models.TextField(blank=True)
    review_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", condition=Q(ended_at=None), name="one_safeguarding_plan_at_a_time"),
            one_of("adult_agrees", codes.AGREES, "the_adult_agrees_to_the_plan_or_not", or_unset=False),
            models.CheckConstraint(
                condition=Q(ended_at=None) | (~Q(ended_because="") & Q(ended_at__gte=F("agreed_at"))),
                name="a_plan_that_ended_says_why",
            ),
        ]


class PlanAction(OfCase, Versioned):
    """One step of a plan: what, who, which agency, by when; done, or passed on to somebody named."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="plan_actions")
    plan = models.ForeignKey(SafeguardingPlan, models.CASCADE, related_name="actions")
    words = models.CharField(max_length=300)
    who = models.CharField(max_length=120)
    agency = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_words = models.CharField(max_length=300, blank=True)
    transferred_to = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(who=""), name="a_step_of_a_plan_says_what_and_who")
        ]


class PlanReview(OfCase):
    """Looking again at a plan, on or before its day: does it still keep the adult safe? (R-083)"""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="plan_reviews")
    plan = models.ForeignKey(SafeguardingPlan, models.CASCADE, related_name="reviews")
    due_on = models.DateField()
    held_at = models.DateTimeField()
    outcome = models.CharField(max_length=10)
    words = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            one_of("outcome", codes.REVIEW_OUTCOMES, "a_review_goes_on_changes_or_ends", or_unset=False),
            models.CheckConstraint(condition=~Q(words=""), name="a_review_says_what_was_found"),
        ]
