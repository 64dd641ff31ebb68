"""The safeguarding journey as one picture: concern, threshold, kind of enquiry, risk, outcome."""

from collections import Counter
from typing import Any

from django.db.models import BooleanField, Case, Count, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from haven.casework.access.models import Authority
from haven.casework.desk.journeys import SEPARATOR, Journey, JourneyStage, show_journey
from haven.casework.measures.answers import Table
from haven.casework.measures.registry import measure
from haven.lib.period import Period
from haven.pathways.adults import codes
from haven.pathways.adults.measures.counted import SAEB, cases_of, received

JOURNEY = show_journey(
    Journey(
        "safeguarding_journey",
        (
            JourneyStage("concern", _("Concerns"), {"concern": _("Concerns received")}),
            JourneyStage(
                "threshold",
                _("Threshold"),
                {"met": _("Met for an enquiry"), "not_met": _("Not met"), "undecided": _("Not yet decided")},
            ),
            JourneyStage("kind", _("Enquiry"), {"section_42": _("Section 42"), "other": _("Other enquiry")}),
            JourneyStage(
                "risk",
                _("Risk"),
                {
                    "found": _("Risk identified"),
                    "not_found": _("None, or inconclusive"),
                    "running": _("Still running"),
                },
            ),
            JourneyStage(
                "outcome", _("Outcome"), {"removed": _("Removed"), "reduced": _("Reduced"), "remained": _("Remained")}
            ),
        ),
    )
)
Row = tuple[str, str | None, bool, str | None, str | None]


def cases_of_journey(authority: Authority, period: Period, row: str | None) -> Any:
    return cases_of(received(authority, period))


@measure(
    JOURNEY.measure,
    _("The safeguarding journey"),
    "table",
    f"{SAEB}, the safeguarding journey",
    _(
        "Follows the concerns received in the period to where they stood at its end; enquiries begun earlier "
        "are not in it."
    ),
    cases=cases_of_journey,
)
def safeguarding_journey(authority: Authority, period: Period) -> Table:
    """Each concern received in the period, and the way it went by the period's end. Base: concerns received."""
    steps: Counter[tuple[str, str]] = Counter()
    total = 0
    for row, how_many in _ways(authority, period):
        total += how_many
        way = ["concern", *_way(row)]
        steps.update({pair: how_many for pair in zip(way, way[1:], strict=False)})
    rows = [(SEPARATOR.join(pair), JOURNEY.words(*pair), how_many) for pair, how_many in sorted(steps.items())]
    return Table(rows, total)


def _ways(authority: Authority, period: Period) -> list[tuple[Row, int]]:
    """Every combination that occurs, with how many concerns went that way: one query."""
    done = Q(case__enquiries__authorised_at__lt=period.ends_at)
    in_time = Case(When(done, then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = (
        received(authority, period)
        .annotate(done=in_time, kind=F("case__enquiries__kind"), risk=F("case__enquiries__risk_assessment"))
        .annotate(became=F("case__enquiries__risk_outcome"))
        .order_by()
        .values_list("outcome", "kind", "done", "risk", "became")
        .annotate(how_many=Count("pk"))
    )
    return [(tuple(row[:5]), row[5]) for row in rows]


def _way(row: Row) -> list[str]:
    """The parts one combination passes through, after the concern itself."""
    outcome, kind, done, risk, became = row
    if not outcome:
        return ["undecided"]
    if outcome == "not_an_enquiry" or kind is None:
        return ["not_met"]
    if not done:
        return ["met", kind, "running"]
    if risk not in codes.RISK_IDENTIFIED:
        return ["met", kind, "not_found"]
    return ["met", kind, "found", became or "remained"]
