"""What the figures page shows: whose figures, of which days, and each with its chart, its cases and what was
published.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.access.roles import FIGURES
from haven.casework.contacts.models import Contact
from haven.casework.desk.journeys import JOURNEYS
from haven.casework.desk.published import Published, published_for
from haven.casework.desk.sections import SECTIONS
from haven.casework.measures.registry import compute_all
from haven.casework.measures.snapshots import Figures, load_snapshot, periods_counted, save_snapshot
from haven.casework.operations.actor import Actor
from haven.casework.operations.models import JobProgress
from haven.casework.operations.refusals import NotAllowed
from haven.design.charts import Chart, bar
from haven.lib.calendar import day_of
from haven.lib.period import Period

ALL = "all"
"""In the address of the cases behind a figure: not one row of it, but all of it."""

NARROW = 210
"""Pixels for the longest bar, so that a picture with its labels fills half the page and its words stay readable."""

LONGEST = 3700
"""Days: ten years. A longer period is not counted on a page."""


@dataclass(frozen=True)
class Chosen:
    """Whose figures, of which days, and the days that may be chosen instead."""

    authority: Authority
    authorities: list[Authority]
    period: Period
    years: list[Period]

    @property
    def query(self) -> str:
        """What an address says to choose the same again."""
        days = {"from": self.period.from_on.isoformat(), "to": self.period.to_on.isoformat()}
        return urlencode({"authority": self.authority.code, **days})

    @property
    def quarters(self) -> list[Period]:
        """The quarters of the financial year the period begins in."""
        year = Period.financial_year_of(self.period.from_on).from_on.year
        ends = [(year, 4, 6, 30), (year, 7, 9, 30), (year, 10, 12, 31), (year + 1, 1, 3, 31)]
        return [Period(date(y, first, 1), date(y, last, day)) for y, first, last, day in ends]


@dataclass
class Shown:
    """One figure as it stands on the page."""

    figure: dict[str, Any]
    href: str
    published: str = ""
    note: str = ""
    picture: SafeString = SafeString("")
    rows: list[dict[str, Any]] = field(default_factory=list)
    columns: list[Any] = field(default_factory=list)


def choose(actor: Actor, asked: Mapping[str, str], now: datetime) -> Chosen:
    """The authority and days asked for; without them the latest complete financial year in which anything arrived.

    Of the authorities where the reader holds a role that sees figures, the one served longest first; a role elsewhere
    opens nothing here.
    """
    here = [pk for pk, role in actor.roles_at if role in FIGURES]
    since = Min("memberships__from_on", filter=Q(memberships__user_id=actor.id))
    served = Authority.objects.filter(pk__in=here).alias(since=since).order_by("since", "name")
    authorities: list[Authority] = list(served)
    if not authorities:
        raise NotAllowed("We could not find that page.")
    authority = next((each for each in authorities if each.code == asked.get("authority")), authorities[0])
    latest = latest_complete_year(authority, day_of(now))
    period = days_asked(asked) or latest
    years = [each for each in periods_counted(authority) if each == Period.financial_year_of(each.from_on)]
    years = sorted({*years, latest, Period.financial_year_of(period.from_on)}, key=lambda year: year.from_on)
    return Chosen(authority, authorities, period, years[::-1])


def days_asked(asked: Mapping[str, str]) -> Period | None:
    """The days in the address, where they are a period that can be counted."""
    from_on, _dots, to_on = asked.get("period", "").partition("..")
    try:
        period = Period(date.fromisoformat(asked.get("from", from_on)), date.fromisoformat(asked.get("to", to_on)))
    except ValueError:
        return None
    return period if period.days() <= LONGEST else None


def latest_complete_year(authority: Authority, today: date) -> Period:
    """The last financial year that is over and in which something arrived; just the last one, if nothing ever did."""
    this_year = Period.financial_year_of(today)
    arrived = Contact.objects.filter(authority=authority, received_at__lt=this_year.starts_at).order_by("-received_at")
    moment = arrived.values_list("received_at", flat=True).first()
    return Period.financial_year_of(day_of(moment)) if moment else Period.financial_year(this_year.from_on.year - 1)


def figures_of(chosen: Chosen, now: datetime) -> Figures:
    """The figures as last counted. A year or quarter not counted before is counted and kept; other days are not."""
    found = load_snapshot(chosen.authority, chosen.period)
    if found is not None:
        return found
    with wall.lifted("figures count every case, sealed included", chosen.authority.pk):
        if chosen.period in (*chosen.quarters, Period.financial_year_of(chosen.period.from_on)):
            return save_snapshot(chosen.authority, chosen.period, now)
        return Figures(now, compute_all(chosen.authority, chosen.period))


def still_loading(now: datetime) -> JobProgress | None:
    """A year that is being loaded at this moment, so that unfinished figures are not taken for finished ones."""
    lately = now - timedelta(minutes=2)
    return JobProgress.objects.filter(state=JobProgress.State.RUNNING, updated_at__gte=lately, total__gt=0).first()


def sections_of(chosen: Chosen, figures: Figures) -> list[dict[str, Any]]:
    """The page's sections with their figures; a measure that stands in none comes last."""
    report = published_for(chosen.authority.code, chosen.period)
    shown = {one["id"]: show(one, chosen, report) for one in figures.measures if one["id"] not in JOURNEYS}
    sections = [
        _section(section.title, section.lead, [shown.pop(id) for id in section.measures if id in shown])
        for section in SECTIONS
    ]
    return [*sections, _section(_("Other figures"), "", list(shown.values()))]


def _section(title: Any, lead: Any, shown: list[Shown]) -> dict[str, Any]:
    """A section, and how its cards stand: tables in columns, numbers beside a table, or numbers in a row."""
    tables = sum(1 for one in shown if one.figure["kind"] == "table")
    layout = "columns" if tables > 2 else "beside" if tables == 1 else "fours" if len(shown) > 6 else "rows"
    return {"title": title, "lead": lead, "shown": shown, "layout": layout}


def journeys_of(figures: Figures) -> list[Chart]:
    """The pictures of the way through, drawn from figures already counted."""
    return [JOURNEYS[one["id"]].chart(one) for one in figures.measures if one["id"] in JOURNEYS and one["base_n"]]


def show(figure: dict[str, Any], chosen: Chosen, report: Published | None) -> Shown:
    """One figure with its picture, the way to its cases, and what was published."""
    shown = Shown(figure, address(figure["id"], ALL, chosen))
    if report is not None:
        shown.published, shown.note = report.of(figure["id"]), report.notes.get(figure["id"], "")
    if figure["kind"] == "table":
        shown.picture = picture(figure)
        shown.columns, shown.rows = table(figure, chosen, report)
    return shown


def address(measure: str, row: str, chosen: Chosen) -> str:
    """Where the cases behind a figure, or behind one row of it, are listed."""
    return f"{reverse('figure-cases', args=[measure, row])}?{chosen.query}"


def picture(figure: dict[str, Any]) -> SafeString:
    """The bars of a table; nothing, where there is nothing to draw."""
    rows = [(row["label"], row["count"], row["percent"]) for row in figure["rows"]]
    if not figure["base_n"]:
        return SafeString("")
    return bar(rows, title=figure["title"], description=figure["definition"], width=NARROW).svg


def table(figure: dict[str, Any], chosen: Chosen, report: Published | None) -> tuple[list[Any], list[dict[str, Any]]]:
    """The columns and rows under the bars; a column of published figures where there is one."""
    printed = {row["code"]: report.of(figure["id"], row["code"]) for row in figure["rows"]} if report else {}
    columns: list[Any] = [figure["title"], _number(_("Count")), _number("%")]
    if any(printed.values()):
        columns.append(_number(_("Published")))
    rows = []
    for row in figure["rows"]:
        cells: list[Any] = [row["label"], counted(figure, row, chosen), percent(row["percent"])]
        rows.append({"cells": [*cells, printed[row["code"]] or "–"] if len(columns) > 3 else cells})
    return columns, rows


def counted(figure: dict[str, Any], row: dict[str, Any], chosen: Chosen) -> dict[str, Any]:
    """The cell of a row's count: it leads to its cases, and says so to those who hear the link alone."""
    if not row["count"]:
        return {"text": "0"}
    hidden = format_html('<span class="govuk-visually-hidden"> {}: {}</span>', _("cases"), row["label"])
    words = format_html("{}{}", f"{row['count']:,}", hidden)
    return {"html": words, "href": address(figure["id"], row["code"], chosen)}


def _number(text: str) -> dict[str, Any]:
    return {"text": text, "numeric": True}


def percent(value: float | None) -> str:
    """A percentage as it is printed; a dash of nothing."""
    return "–" if value is None else f"{value:.1f}"
