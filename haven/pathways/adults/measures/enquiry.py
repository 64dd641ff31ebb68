"""Figures of enquiries begun: about whom, of which kind, what harm and where."""

from typing import Any

from django.db.models import Count as HowMany
from django.db.models import DateField, F, Func, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from haven.casework.access.models import Authority
from haven.casework.measures.answers import Count, Share, Table
from haven.casework.measures.registry import measure
from haven.casework.people.models import Person
from haven.lib.period import Period
from haven.pathways.adults import codes
from haven.pathways.adults.measures.counted import (
    SAC,
    SAEB,
    begun,
    by_code,
    cases_of,
    coded,
    rolled_up,
    with_the_police,
)
from haven.pathways.adults.models import HarmType

OLD = 65
NOT_RATES = _(
    "A share of those we know of. Who is missing shows only as a rate among adults with needs for care and support, "
    "by age, sex, ethnicity and ward, with intervals."
)
PEOPLE = _(
    "One adult may have several enquiries; each is counted once here, so this is lower than the number of enquiries."
)


class Turning(Func):
    """The day on which somebody born on a date reaches an age."""

    template = "((%(expressions)s) + interval '65 years')::date"
    output_field = DateField()


def adults(authority: Authority, period: Period) -> QuerySet[Person]:
    """The adults of enquiries begun in the period, each once."""
    return Person.objects.filter(pk__in=begun(authority, period).values("case__person_id"))


def aged_65_plus(people: QuerySet[Person], period: Period) -> QuerySet[Person]:
    """Those 65 or over on the period's last day, or when they died; by estimate where no date of birth is known."""
    old = Q(turning__lte=period.to_on) & (Q(died_on=None) | Q(turning__lte=F("died_on")))
    estimated = Q(date_of_birth=None, age_estimate__gte=OLD)
    return people.alias(turning=Turning(F("date_of_birth"))).filter(old | estimated)


def cases_begun(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(coded(begun(authority, period), "kind", codes.ENQUIRY_KINDS, row))


def cases_of_people(people: QuerySet[Person], authority: Authority, period: Period) -> Any:
    return cases_of(begun(authority, period).filter(case__person__in=people))


def cases_65_plus(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of_people(aged_65_plus(adults(authority, period), period), authority, period)


def cases_women(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of_people(Person.objects.filter(gender="female"), authority, period)


def cases_at(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(coded(begun(authority, period), "location", codes.LOCATIONS, row))


def cases_of_type(authority: Authority, period: Period, row: str | None) -> Any:
    primary = HarmType.objects.filter(primary=True)
    enquiries = begun(authority, period)
    if row == "not_known":
        return cases_of(enquiries.exclude(case__in=primary.values("case_id")))
    return cases_of(enquiries.filter(case__in=coded(primary, "code", codes.HARM_TYPES, row).values("case_id")))


def cases_police(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(with_the_police(begun(authority, period)))


@measure("adults_at_risk", _("Adults at risk in enquiries"), "count", f"{SAC}, table SG1a", PEOPLE, cases=cases_begun)
def adults_at_risk(authority: Authority, period: Period) -> Count:
    """Different adults in section 42 and other enquiries begun in the period."""
    people = begun(authority, period).aggregate(people=HowMany("case__person", distinct=True))
    return Count(people["people"])


@measure("adults_aged_65_plus", _("Aged 65 or over"), "share", f"{SAC}, table SG1a", NOT_RATES, cases=cases_65_plus)
def adults_aged_65_plus(authority: Authority, period: Period) -> Share:
    """Of the adults in enquiries begun, those 65 or over on the last day of the period, or when they died."""
    people = adults(authority, period)
    return Share(aged_65_plus(people, period).count(), people.count())


@measure("adults_women", _("Women"), "share", f"{SAC}, table SG1b", NOT_RATES, cases=cases_women)
def adults_women(authority: Authority, period: Period) -> Share:
    """Of the adults in enquiries begun, those recorded as female."""
    people = adults(authority, period)
    return Share(people.filter(gender="female").count(), people.count())


@measure(
    "enquiries_by_type",
    _("Kind of enquiry"),
    "table",
    f"{SAC}, table SG1f",
    _("Where the line is drawn between the two is local practice, so authorities are not compared on it."),
    cases=cases_begun,
)
def enquiries_by_type(authority: Authority, period: Period) -> Table:
    """Enquiries begun in the period: under the duty of section 42, or other safeguarding enquiries. Base: enquiries
    begun.
    """
    return rolled_up(by_code(begun(authority, period), "kind"), codes.ENQUIRY_KINDS)


@measure(
    "location_of_harm",
    _("Where it happened"),
    "table",
    f"{SAC}, table SG2b",
    _(
        "Care homes and hospitals are watched by staff and report more; harm at home is seen less. It is "
        "counted where it happened."
    ),
    cases=cases_at,
)
def location_of_harm(authority: Authority, period: Period) -> Table:
    """Enquiries begun in the period by where the harm is said to have happened. Base: enquiries begun."""
    return rolled_up(by_code(begun(authority, period), "location"), codes.LOCATIONS)


@measure(
    "type_of_harm",
    _("Type of harm"),
    "table",
    f"{SAC}, table SG2a",
    _(
        "One primary type for each enquiry, so this adds to 100; several often apply, and tables that count all "
        "of them add to "
        "more. Self-neglect may be dealt with elsewhere and be under-stated."
    ),
    cases=cases_of_type,
)
def type_of_harm(authority: Authority, period: Period) -> Table:
    """Enquiries begun in the period by the primary type of abuse or neglect. Base: enquiries begun."""
    enquiries = begun(authority, period)
    counts = by_code(enquiries.filter(case__harm_types__primary=True), "case__harm_types__code")
    without = enquiries.count() - sum(counts.values())
    return rolled_up({**counts, "": without} if without else counts, codes.HARM_TYPES)


@measure(
    "raised_with_police",
    _("Raised with the police"),
    "share",
    f"{SAEB}, safeguarding and crime",
    _(
        "Raised with the police at any point, not told to us by them. How many led to a prosecution cannot be "
        "said from these records."
    ),
    cases=cases_police,
)
def raised_with_police(authority: Authority, period: Period) -> Share:
    """Of the enquiries begun in the period, those raised with the police at any point."""
    enquiries = begun(authority, period)
    return Share(with_the_police(enquiries).count(), enquiries.count())
