"""The enquiry: with the adult, what they want, whether they are safer, and who said it was done."""

from django.db import models
from django.db.models import F, Q

from haven.casework.access.models import User
from haven.casework.cases.models import Case
from haven.casework.events.sealing import Salted
from haven.casework.operations.versions import Versioned
from haven.casework.tasks.models import Task
from haven.lib.ids import uuid7
from haven.pathways.adults import codes
from haven.pathways.adults.models.base import OfCase, keeps_earlier, one_of


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def running(self) -> "EnquiryQuerySet":
        """Begun, and no conclusion authorised."""
        return self.filter(authorised_at=None)

    def completed(self) -> "EnquiryQuerySet":
        """The conclusion is authorised."""
        return self.exclude(authorised_at=None)

    def awaiting_authorisation(self) -> "EnquiryQuerySet":
        """A conclusion is proposed and somebody else has to authorise it."""
        return self.filter(authorised_at=None).exclude(concluded_at=None)

    def unallocated(self) -> "EnquiryQuerySet":
        """Decided, with no named officer."""
        return self.filter(officer=None, authorised_at=None)


@keeps_earlier("risk_words", "conclusion_words")
class Enquiry(OfCase, Versioned):
    """What the authority finds out, or causes others to, so as to decide what should be done (Care Act 2014 s42(2)).

    `lead` is the manager, `officer` the named enquiry officer. `concluded_at` is when the officer's work was done and a
    conclusion proposed; `authorised_at` is completion. A risk outcome exists only where a risk was identified.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="enquiries")
    kind = models.CharField(max_length=12)
    begun_at = models.DateTimeField()
    lead = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="enquiries_led")
    officer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="enquiries")
    short = models.BooleanField(default=False)
    location = models.CharField(max_length=40, blank=True)
    asked = models.CharField(max_length=20, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    asked_whom = models.CharField(max_length=20, blank=True)
    not_asked_because = models.CharField(max_length=20, blank=True)
    achieved = models.CharField(max_length=12, blank=True)
    ended_by_adult = models.BooleanField(default=False)
    risk_assessment = models.CharField(max_length=30, blank=True)
    risk_outcome = models.CharField(max_length=12, blank=True)
    risk_words = models.TextField(blank=True)
    remained_because = models.CharField(max_length=20, blank=True)
    conclusion_words = models.TextField(blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    concluded_at = models.DateTimeField(null=True, blank=True)
    authorised_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    authorised_at = models.DateTimeField(null=True, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "enquiries"
        indexes = [
            models.Index(fields=["case", "-begun_at"], name="enquiries_of_case"),
            models.Index(fields=["begun_at"], name="enquiries_by_day_begun"),
            models.Index(fields=["authorised_at"], name="enquiries_by_day_completed"),
        ]
        constraints = [
            one_of("kind", codes.ENQUIRY_KINDS, "an_enquiry_is_section_42_or_other", or_unset=False),
            one_of("asked", codes.ASKED, "asked_is_in_the_list"),
            one_of("achieved", codes.ACHIEVED, "achieved_is_in_the_list"),
            one_of("risk_assessment", codes.RISK_ASSESSMENT, "a_risk_assessment_is_in_the_list"),
            one_of("risk_outcome", codes.RISK_OUTCOMES, "a_risk_outcome_is_in_the_list"),
            models.CheckConstraint(
                condition=Q(risk_outcome="") | Q(risk_assessment__in=codes.RISK_IDENTIFIED),
                name="risk_outcome_only_where_a_risk_was_identified",
            ),
            models.CheckConstraint(
                condition=~Q(risk_outcome="remained") | ~Q(remained_because=""), name="a_risk_that_remained_says_why"
            ),
            models.CheckConstraint(
                condition=Q(achieved="") | Q(asked="expressed"), name="only_outcomes_expressed_are_achieved"
            ),
            models.CheckConstraint(
                condition=~Q(asked="not_asked") | ~Q(not_asked_because=""), name="not_asked_says_why"
            ),
            models.CheckConstraint(
                condition=Q(authorised_at=None)
                | (~Q(authorised_by=None) & ~Q(proposed_by=None) & ~Q(authorised_by=F("proposed_by"))),
                name="a_conclusion_is_authorised_by_someone_else",
            ),
            models.CheckConstraint(
                condition=Q(authorised_at=None) | Q(officer=None) | ~Q(authorised_by=F("officer")),
                name="nobody_authorises_their_own_enquiry",
            ),
            models.CheckConstraint(
                condition=Q(authorised_at=None) | (~Q(asked="") & ~Q(risk_assessment="")),
                name="an_authorised_enquiry_says_whether_asked_and_what_risk",
            ),
        ]

    @property
    def risk_identified(self) -> bool:
        """A risk was identified, so it has an outcome (SG2c, SG2e)."""
        return self.risk_assessment in codes.RISK_IDENTIFIED

    @property
    def is_section_42(self) -> bool:
        """Made under the duty, and not as an other safeguarding enquiry."""
        return self.kind == "section_42"


class Participation(OfCase, Versioned):
    """Whether the adult can take part: capacity, pressure, substantial difficulty, and who supports them (PR-18).

    Capacity is for the decision in hand and is presumed (Mental Capacity Act 2005 s1(2)); substantial difficulty is the
    test of Care Act 2014 s68(3), and is not the same. Referred and waiting never delays protection.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="participations")
    enquiry = models.OneToOneField(Enquiry, models.CASCADE, related_name="participation")
    capacity = models.CharField(max_length=20)
    under_pressure = models.BooleanField(null=True)
    difficulty = models.CharField(max_length=5, blank=True)
    advocate = models.CharField(max_length=20, blank=True)
    advocate_name = models.CharField(max_length=120, blank=True)
    advocate_referred_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("capacity", codes.CAPACITY, "capacity_is_in_the_list", or_unset=False),
            one_of("difficulty", codes.DIFFICULTY, "substantial_difficulty_is_yes_or_no"),
            one_of("advocate", codes.ADVOCATE, "who_supports_the_adult_is_in_the_list"),
            models.CheckConstraint(
                condition=~Q(difficulty="yes") | ~Q(advocate=""), name="substantial_difficulty_says_who_supports"
            ),
            models.CheckConstraint(
                condition=~Q(advocate="waiting") | ~Q(advocate_referred_at=None),
                name="waiting_for_an_advocate_says_since_when",
            ),
        ]


class DesiredOutcome(models.Model):
    """One thing the adult wants to happen, in their words, rated by them and by the worker apart (R-073, R-074)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="desired_outcomes")
    position = models.PositiveSmallIntegerField()
    words = models.TextField()
    by_adult = models.CharField(max_length=12, blank=True)
    by_worker = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="a_desired_outcome_has_words"),
            one_of("by_adult", codes.ACHIEVED, "the_adult_rates_from_the_list"),
            one_of("by_worker", codes.ACHIEVED, "the_worker_rates_from_the_list"),
        ]


class Conversation(OfCase, Salted):
    """Speaking with the adult, or trying to. Only one that reached them stops the clock (PR-31)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="conversations")
    at = models.DateTimeField()
    how = models.CharField(max_length=20)
    reached = models.BooleanField()
    with_whom = models.CharField(max_length=20, default="adult")
    words = models.TextField(blank=True)
    adult_words = models.TextField(blank=True)
    how_to_work_with_me = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="conversations_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reached=False) | ~Q(words="") | ~Q(adult_words=""), name="a_conversation_has_words"
            )
        ]


class Action(OfCase, Versioned):
    """Something that has to be done in the enquiry, by whom and by when, and what came of it (R-081)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="actions")
    enquiry = models.ForeignKey(Enquiry, models.CASCADE, null=True, blank=True, related_name="actions")
    words = models.CharField(max_length=300)
    code = models.CharField(max_length=20, blank=True)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    owner_words = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    task = models.ForeignKey(Task, models.SET_NULL, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(owner=None) | ~Q(owner_words=""), name="an_action_has_an_owner"),
            one_of("code", codes.ACTIONS_TAKEN, "an_action_taken_is_in_the_list"),
        ]
