"""The concern: what was reported of one adult, what they say, and whether the section 42 duty applies."""

from django.db import models
from django.db.models import F, Q

from haven.casework.access.models import Authority, User
from haven.casework.cases.models import Case, Involvement
from haven.casework.contacts.models import Contact
from haven.casework.events.sealing import Salted
from haven.casework.operations.versions import Versioned
from haven.casework.organisations.models import Place
from haven.lib.ids import uuid7
from haven.pathways.adults import codes
from haven.pathways.adults.models.base import OfCase, keeps_earlier, one_of

MET = Q(outcome__in=("section_42", "other"))


class ConcernQuerySet(models.QuerySet["Concern"]):
    def undecided(self) -> "ConcernQuerySet":
        """Waiting for a named person's decision."""
        return self.filter(outcome="", case__closed_at=None)

    def awaiting_second_person(self) -> "ConcernQuerySet":
        """Decided as not an enquiry, and waiting for somebody else to agree (R-048)."""
        return self.filter(outcome="not_an_enquiry", case__stage="concern")

    def threshold_met(self) -> "ConcernQuerySet":
        """The wider counting convention: any enquiry followed (R-046)."""
        return self.filter(MET)

    def section_42(self) -> "ConcernQuerySet":
        """The narrower counting convention: a section 42 enquiry followed (R-046)."""
        return self.filter(outcome="section_42")


@keeps_earlier("adult_wants")
class Concern(Versioned):
    """A sign of suspected abuse or neglect of one adult, accepted by a named worker (SAC: safeguarding concern).

    `received_at` is when any part of the authority first had the report. `threshold_met` is a column as well as
    following from `outcome`, because both conventions are published side by side (R-046).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="concern")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="concerns")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    generated_key = models.CharField(max_length=80, null=True, unique=True, editable=False)
    source_code = models.CharField(max_length=40, blank=True)
    location = models.CharField(max_length=40, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="concerns")
    heard = models.BooleanField(null=True)
    not_heard_because = models.CharField(max_length=20, blank=True)
    adult_knows = models.CharField(max_length=10, blank=True)
    adult_wants = models.TextField(blank=True)
    adult_agrees = models.CharField(max_length=10, blank=True)
    override_ground = models.CharField(max_length=20, blank=True)
    repeat = models.BooleanField(default=False)
    care_provider = models.BooleanField(default=False)
    self_neglect = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    threshold_met = models.BooleanField(null=True)
    destination = models.CharField(max_length=40, blank=True)
    destination_accepted_by = models.CharField(max_length=120, blank=True)
    destination_sent_at = models.DateTimeField(null=True, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["authority", "received_at"], name="concerns_by_day_received"),
            models.Index(fields=["place", "received_at"], name="concerns_at_place"),
            models.Index(
                fields=["authority", "decided_at"],
                name="repeats_not_taken_on",
                condition=Q(repeat=True, outcome="not_an_enquiry"),
            ),
        ]
        constraints = [
            one_of("outcome", codes.OUTCOMES, "a_concern_has_a_listed_outcome"),
            models.CheckConstraint(
                condition=~Q(outcome="not_an_enquiry") | ~Q(destination=""), name="not_an_enquiry_has_a_destination"
            ),
            models.CheckConstraint(
                condition=(Q(outcome="") & Q(decided_at=None)) | (~Q(outcome="") & ~Q(decided_at=None)),
                name="a_decided_concern_says_when",
            ),
            models.CheckConstraint(
                condition=(Q(outcome="") & Q(threshold_met=None))
                | (MET & Q(threshold_met=True))
                | (Q(outcome="not_an_enquiry") & Q(threshold_met=False)),
                name="threshold_met_is_any_enquiry",
            ),
            models.CheckConstraint(
                condition=~Q(heard=False) | ~Q(not_heard_because=""), name="an_adult_not_heard_has_the_reason_why"
            ),
        ]

    @property
    def died(self) -> bool:
        """The adult has died: no section 42 enquiry is made for them (PR-13)."""
        return self.case.person.died_on is not None

    @property
    def location_code(self) -> str:
        """The published location code this one is counted under."""
        return codes.top(codes.LOCATIONS, self.location)

    @property
    def second_person_because(self) -> list[str]:
        """Why declining it needs a second person (R-048, PR-12); empty where it does not."""
        said = {
            "repeat": "an earlier concern about the same adult",
            "care_provider": "a care provider is concerned",
            "death": "the adult died",
            "self_neglect": "self-neglect",
        }
        marked = {
            "repeat": self.repeat,
            "care_provider": self.care_provider,
            "death": self.died,
            "self_neglect": self.self_neglect,
        }
        return [said[code] for code, yes in marked.items() if yes]


@keeps_earlier("reasons", "answer")
class LimbAnswer(models.Model):
    """One part of the test of section 42(1), answered on its own, with reasons (R-044)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    concern = models.ForeignKey(Concern, models.CASCADE, related_name="limbs")
    limb = models.CharField(max_length=10)
    answer = models.CharField(max_length=10)
    reasons = models.TextField(blank=True)
    settle_how = models.CharField(max_length=300, blank=True)
    settle_by = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concern", "limb"], name="each_part_of_section_42_is_answered_once"),
            one_of("limb", codes.LIMBS, "a_part_of_section_42_is_one_of_three", or_unset=False),
            one_of("answer", codes.LIMB_ANSWERS, "a_part_of_section_42_is_yes_no_or_not_yet_known", or_unset=False),
            models.CheckConstraint(
                condition=~Q(answer="not_yet") | (~Q(settle_how="") & ~Q(settle_by=None)),
                name="not_yet_known_says_what_would_settle_it_and_by_when",
            ),
        ]


class HarmType(models.Model):
    """A type of abuse or neglect in this case; one of them is the primary one (R-069)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="harm_types")
    code = models.CharField(max_length=40)
    primary = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "code", name="each_type_of_harm_is_given_once"),
            models.UniqueConstraint("case", condition=Q(primary=True), name="one_primary_type_of_harm_per_case"),
            one_of("code", codes.HARM_TYPES, "a_type_of_harm_is_in_the_list", or_unset=False),
        ]


class SourceOfRisk(models.Model):
    """Who or what the risk comes from, coded, and the involvement of whoever it is where they are named (R-071)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="sources_of_risk")
    code = models.CharField(max_length=40)
    involvement = models.ForeignKey(Involvement, models.SET_NULL, null=True, blank=True, related_name="sources_of_risk")

    class Meta:
        constraints = [one_of("code", codes.SOURCES_OF_RISK, "a_source_of_risk_is_in_the_list", or_unset=False)]


class AlsoTold(models.Model):
    """Somebody else who must know now: told (when, reference), or not needed because (PR-04)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="also_told")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="also_told")
    line = models.CharField(max_length=30)
    told_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    not_needed_because = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("line", codes.ALSO_TELL, "who_else_is_told_is_in_the_list", or_unset=False),
            models.CheckConstraint(
                condition=Q(told_at=None) ^ Q(not_needed_because=""), name="also_told_says_when_or_why_not_needed"
            ),
            models.UniqueConstraint(
                fields=["contact", "case", "line"], name="each_line_is_answered_once", nulls_distinct=False
            ),
        ]


class PossibleCrime(OfCase, Versioned):
    """Whether a crime may have been committed, and whether the police were told (PR-15)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="possible_crime")
    answer = models.CharField(max_length=10)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    why_not = models.TextField(blank=True)
    adult_wanted = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["told_at"], name="raised_with_the_police")]
        constraints = [
            one_of("answer", codes.CRIME_ANSWERS, "a_possible_crime_is_yes_no_or_not_yet_known", or_unset=False),
            models.CheckConstraint(
                condition=~Q(answer="yes") | ~Q(told_at=None) | ~Q(why_not=""),
                name="a_possible_crime_is_told_to_the_police_or_says_why_not",
            ),
        ]


class PoliceHold(OfCase, Salted):
    """The police asked us to wait: whom not to speak to, what not to alert. Never stops protection (PR-15)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="police_holds")
    words = models.TextField()
    officer = models.CharField(max_length=120, help_text="The named police officer")
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", condition=Q(lifted_at=None), name="one_police_hold_at_a_time"),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(officer=""), name="a_police_hold_says_what_and_who_asked"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | (Q(lifted_at__gte=F("set_at")) & ~Q(lifted_by=None)),
                name="a_lifted_hold_says_who_lifted_it",
            ),
        ]
