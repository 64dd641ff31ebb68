"""Person and the facts kept about one: addresses, contact points, safe contact, flags, relationships."""

from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from haven.casework.access.models import Authority, User
from haven.casework.access.restrictions import Restriction
from haven.casework.operations.versions import Versioned
from haven.casework.organisations.models import Organisation, Place
from haven.casework.people.codes import ETHNICITIES, FLAGS, GENDERS, RELATIONSHIPS, SUPPORT_REASONS
from haven.lib.ids import uuid7
from haven.lib.text import normalise


def name_shown(known_as: str, given_name: str, family_name: str) -> str:
    """“Joan Whitlock”: known-as or given name, then the family name unless it is in there already."""
    first = known_as or given_name
    whole = bool(family_name) and normalise(family_name) in normalise(first)
    return first if whole else f"{first} {family_name}".strip()


class Person(Versioned):
    """Somebody Haven knows of, however little: a name, a description or a whereabouts is enough (PR-03)."""

    read_kind = "person"
    locks = True

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    known_as = models.CharField(max_length=120, blank=True)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    other_names = models.CharField(max_length=200, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    age_estimate = models.PositiveSmallIntegerField(null=True, blank=True)
    age_estimated_on = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=20, choices=list(GENDERS.items()), default="not_known")
    ethnicity = models.CharField(max_length=20, choices=list(ETHNICITIES.items()), default="not_known")
    language = models.CharField(max_length=60, blank=True)
    interpreter_needed = models.BooleanField(default=False)
    communication = models.CharField(max_length=200, blank=True)
    primary_support_reason = models.CharField(max_length=30, choices=list(SUPPORT_REASONS.items()), default="not_known")
    died_on = models.DateField(null=True, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    description = models.CharField(max_length=300, blank=True)
    search_name = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        indexes = [
            GinIndex(fields=["search_name"], name="person_name_trigrams", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["date_of_birth"], name="person_by_date_of_birth"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """What they like to be called, with their family name; else the name we have; else that they are not named."""
        return name_shown(self.known_as, self.given_name, self.family_name) or "Not named"

    def age_on(self, day: date) -> int | None:
        """Whole years on the day (at death, once died); from the estimate where no date of birth is known."""
        day = min(day, self.died_on) if self.died_on else day
        if self.date_of_birth:
            born = self.date_of_birth
            return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        if self.age_estimate is not None and self.age_estimated_on:
            return self.age_estimate + max(0, day.year - self.age_estimated_on.year)
        return self.age_estimate

    def names_to_search(self) -> str:
        """Every name this person is known by, in the form searches compare."""
        names = (self.known_as, self.given_name, self.family_name, self.other_names)
        return normalise(" ".join(part for part in names if part))[:300]


class Fact(models.Model):
    """What every fact about a person carries: whose it is, where it came from, who wrote it (TR-27).

    `learnt_in_id` is the case in which it was learnt: it shows only to whom that case shows (TR-03).
    """

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    protected = models.BooleanField(default=False)
    restriction = models.CharField(max_length=12, choices=Restriction.choices, default=Restriction.OPEN)
    source = models.CharField(max_length=120, blank=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    learnt_in_id = models.UUIDField(null=True, blank=True)

    class Meta:
        abstract = True


class Address(Fact):
    """Where somebody lives, stays or lived, between two days. No fixed address replaces a postcode (PR-03).

    A protected one keeps its words in `protected_value` alone; `lines` and `postcode` are empty (TR-07).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="addresses")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="addresses")
    lines = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    no_fixed_address = models.BooleanField(default=False)
    kind = models.CharField(max_length=10, default="lives")
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=120, blank=True)
    protected_value = models.OneToOneField(
        "people.ProtectedValue", models.RESTRICT, null=True, blank=True, related_name="address"
    )

    class Meta:
        indexes = [models.Index(fields=["postcode"], name="address_by_postcode")]
        constraints = [
            models.CheckConstraint(
                condition=Q(protected=False, protected_value=None)
                | Q(protected=True, protected_value__isnull=False, lines="", postcode="", place=None),
                name="a_protected_address_stands_nowhere_in_words",
            )
        ]


class ContactPoint(Fact):
    """A telephone number or e-mail address of a person. A protected one keeps it in `protected_value` alone (TR-07)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=120)
    protected_value = models.OneToOneField(
        "people.ProtectedValue", models.RESTRICT, null=True, blank=True, related_name="contact_point"
    )

    class Meta:
        indexes = [models.Index(fields=["value"], name="contact_point_by_value")]
        constraints = [
            models.CheckConstraint(
                condition=Q(protected=False, protected_value=None)
                | Q(protected=True, protected_value__isnull=False, value=""),
                name="a_protected_number_stands_nowhere_in_words",
            )
        ]


class SafeContact(Versioned):
    """How the adult can be reached without putting them in danger, and who must not know (PR-22)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField(Person, models.CASCADE, related_name="safe_contact")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    how = models.CharField(max_length=200, blank=True)
    when_safe = models.CharField(max_length=200, blank=True)
    who_must_not_know = models.CharField(max_length=200, blank=True)
    no_post = models.BooleanField(default=False)
    no_voicemail = models.BooleanField(default=False)
    no_text = models.BooleanField(default=False)
    no_email = models.BooleanField(default=False)
    do_not_ring = models.BooleanField(default=False)

    def warnings(self) -> list[str]:
        """What not to do, in words."""
        said = {
            "do_not_ring": "do not ring",
            "no_post": "no post",
            "no_voicemail": "no voicemail",
            "no_text": "no texts",
            "no_email": "no e-mail",
        }
        return [words for field, words in said.items() if getattr(self, field)]


class Flag(models.Model):
    """Something every worker must see before acting, with its source and the day it is looked at again (R-009).

    Learnt in a case that is kept from the reader, it shows as `RING_FIRST` alone, where it is one of `WARNS` (PR-05).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="flags")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=list(FLAGS.items()))
    words = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    learnt_in_id = models.UUIDField(null=True, blank=True)


class Relationship(models.Model):
    """How one person stands to another person or an organisation. `risk_to`: the other may harm the person.

    Naming an alleged source of harm makes the risk-to link by itself; only a manager ends it, with reasons (PR-22).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="relationships")
    other = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="related_by")
    other_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=30, choices=list(RELATIONSHIPS.items()), default="not_known")
    lives_with = models.BooleanField(null=True)
    risk_to = models.BooleanField(default=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_reasons = models.TextField(blank=True)
    learnt_in_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(other=None) ^ Q(other_organisation=None),
                name="a_relationship_is_to_one_person_or_one_organisation",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_by=None) | ~Q(ended_reasons=""),
                name="ending_a_relationship_gives_its_reasons",
            ),
        ]
