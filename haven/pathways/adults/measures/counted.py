"""What figures are counted from: concerns received, enquiries begun, enquiries completed; and how codes roll up."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from haven.casework.access.models import Authority
from haven.casework.measures.answers import Table
from haven.lib.period import Period
from haven.pathways.adults import codes
from haven.pathways.adults.models import AlsoTold, Concern, Enquiry, PossibleCrime

LONDON = ZoneInfo("Europe/London")
SAC = "Safeguarding Adults Collection"
SAEB = "Safeguarding Adults Executive Board, annual report 2018/19"


def received(authority: Authority, period: Period) -> QuerySet[Concern]:
    """Concerns of which any part of the authority first had the report in the period."""
    return Concern.objects.filter(authority=authority, **period.within("received_at"))


def begun(authority: Authority, period: Period) -> QuerySet[Enquiry]:
    """Enquiries of either kind decided upon in the period."""
    return Enquiry.objects.filter(case__authority=authority, **period.within("begun_at"))


def completed(authority: Authority, period: Period) -> QuerySet[Enquiry]:
    """Enquiries whose conclusion was authorised in the period, whenever they began."""
    return Enquiry.objects.filter(case__authority=authority, **period.within("authorised_at"))


def risk_found(authority: Authority, period: Period) -> QuerySet[Enquiry]:
    """Completed enquiries in which a risk was identified."""
    return completed(authority, period).filter(risk_assessment__in=codes.RISK_IDENTIFIED)


def under_days(enquiries: QuerySet[Enquiry], days: int) -> QuerySet[Enquiry]:
    """Those completed in under so many calendar days in London, from the decision to the authorised conclusion."""
    taken = TruncDate("authorised_at", tzinfo=LONDON) - TruncDate("begun_at", tzinfo=LONDON)
    return enquiries.alias(taken=ExpressionWrapper(taken, output_field=DurationField())).filter(
        taken__lt=timedelta(days=days)
    )


def with_the_police(enquiries: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    """Enquiries raised with the police at any point, as a possible crime or as who else must know (F-08)."""
    return enquiries.filter(_police())


def without_the_police(enquiries: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    """The others."""
    return enquiries.filter(~_police())


def _police() -> Q:
    crime = PossibleCrime.objects.filter(case=OuterRef("case"), told_at__isnull=False)
    lines = Q(case=OuterRef("case")) | Q(case=None, contact_id=OuterRef("case__contact_id"))
    told = AlsoTold.objects.filter(lines, line="police", told_at__isnull=False)
    return Q(Exists(crime)) | Q(Exists(told))


def by_code(records: QuerySet, field: str) -> dict[str, int]:
    """How many of each code, in one query; an empty code is kept as empty."""
    rows = records.order_by().values_list(field).annotate(how_many=Count("pk"))
    return {code or "": how_many for code, how_many in rows}


def rolled_up(counts: dict[str, int], entries: codes.Codes, *, rest: str = "not_known") -> Table:
    """Every published code in its order with its count; finer codes under their own, anything else under `rest`."""
    published = codes.tops(entries)
    known = {entry.code for entry in published}
    total: dict[str, int] = {entry.code: 0 for entry in published}
    for code, how_many in counts.items():
        top = codes.top(entries, code)
        key = top if top in known else rest
        total[key] = total.get(key, 0) + how_many
    labels = {entry.code: entry.label for entry in published}
    rows = [(code, labels.get(code, "Not known"), how_many) for code, how_many in total.items()]
    return Table(rows, sum(counts.values()))


def coded(records: QuerySet, field: str, entries: codes.Codes, row: str | None) -> QuerySet:
    """The records of one row of a table: the code and all that roll up to it. *Not known* takes the empty ones too."""
    if row is None:
        return records
    wanted = Q(**{f"{field}__in": codes.finer(entries, row) or (row,)})
    return records.filter(wanted | Q(**{field: ""}) if row == "not_known" else wanted)


def cases_of(records: QuerySet) -> QuerySet:
    """The ids of the cases these records belong to."""
    return records.order_by().values("case_id")
