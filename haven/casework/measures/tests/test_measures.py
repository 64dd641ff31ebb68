"""Figures say what they count, round as published tables do, and open to their cases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from haven.casework.access.models import Authority
from haven.casework.cases.models import Case
from haven.casework.measures.answers import Count, Share, Table, percent
from haven.casework.measures.jobs import count_figures
from haven.casework.measures.models import Snapshot
from haven.casework.measures.registry import MEASURES, NoSuchMeasure, cases_behind, compute_all, measure
from haven.casework.measures.snapshots import load_snapshot, periods_counted, save_snapshot
from haven.casework.operations.actor import Actor
from haven.lib.period import Period

YEAR = Period.financial_year(2025)
TONIGHT = datetime(2026, 4, 1, 2, 20, tzinfo=UTC)
SAID: dict[str, Any] = {"source": "A test", "caution": "A rise is more reporting"}
KEYS = ["id", "kind", "title", "definition", "source", "caution", "base_n", "value", "count", "rows"]


def opened(authority: Authority, period: Period, row: str | None = None) -> QuerySet[Case]:
    found = Case.objects.filter(authority=authority, **period.within("opened_at"))
    return found.filter(urgency=row) if row else found


@pytest.fixture
def measures() -> Iterator[None]:
    """Three measures, one of each kind, in place of those of the pathways."""
    before = dict(MEASURES)
    MEASURES.clear()

    @measure("opened", "Cases opened", "count", cases=opened, **SAID)
    def opened_count(authority: Authority, period: Period) -> Count:
        """Cases opened in
        the period."""
        return Count(opened(authority, period).count())

    @measure("today", "Opened as for today", "share", **SAID)
    def today(authority: Authority, period: Period) -> Share:
        """Of cases opened, those for today."""
        return Share(opened(authority, period, "today").count(), opened(authority, period).count())

    @measure("urgency", "By urgency", "table", cases=opened, **SAID)
    def urgency(authority: Authority, period: Period) -> Table:
        """Cases opened by urgency."""
        whole = opened(authority, period)
        return Table([("today", "Today", whole.filter(urgency="today").count())], whole.count())

    yield
    MEASURES.clear()
    MEASURES.update(before)


@pytest.mark.usefixtures("measures")
def test_each_kind_of_figure_has_its_shape(case: Case, authority: Authority) -> None:
    count, share, table = compute_all(authority, YEAR)

    assert [list(one) for one in (count, share, table)] == [KEYS] * 3
    assert (count["kind"], count["value"], count["definition"]) == ("count", 1, "Cases opened in the period.")
    assert (share["value"], share["count"], share["base_n"]) == (100.0, 1, 1)
    assert table["rows"] == [{"code": "today", "label": "Today", "count": 1, "percent": 100.0}]


@pytest.mark.usefixtures("measures")
def test_a_share_of_nothing_is_no_percentage(authority: Authority) -> None:
    _, share, _ = compute_all(authority, YEAR)

    assert (share["value"], share["count"], share["base_n"]) == (None, 0, 0)


def test_a_half_is_rounded_up_as_published_tables_do() -> None:
    assert [percent(1, 8), percent(1, 3), percent(313, 382), percent(1, 2000)] == [12.5, 33.3, 81.9, 0.1]


@pytest.mark.usefixtures("measures")
def test_a_measure_without_its_caution_or_twice_is_turned_away() -> None:
    def counted(authority: Authority, period: Period) -> Count:
        """Cases."""
        return Count(0)

    for wrong in ({"id": "opened", "kind": "count"}, {"id": "x", "kind": "median"}, {"id": "x", "caution": ""}):
        with pytest.raises(ValueError, match="measure"):
            measure(**{"title": "X", "kind": "count", **SAID, **wrong})(counted)


@pytest.mark.usefixtures("measures")
def test_a_figure_opens_the_cases_its_reader_may_open(
    case: Case, authority: Authority, desmond: Actor, other_team_worker: Actor
) -> None:
    def behind(row: str | None, actor: Actor) -> list[Case]:
        return list(cases_behind("urgency", authority, YEAR, row, actor=actor))

    assert behind("today", desmond) == [case]
    assert behind("routine", desmond) == []
    assert behind("today", other_team_worker) == []


@pytest.mark.usefixtures("measures")
def test_a_figure_without_a_list_says_so(authority: Authority, desmond: Actor) -> None:
    for name in ("today", "never heard of"):
        with pytest.raises(NoSuchMeasure):
            cases_behind(name, authority, YEAR, actor=desmond)


@pytest.mark.usefixtures("measures")
def test_the_page_reads_last_nights_figures_in_one_query(
    case: Case, authority: Authority, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert load_snapshot(authority, YEAR) is None
    save_snapshot(authority, YEAR, TONIGHT)
    Case.objects.filter(pk=case.pk).update(urgency="routine")

    with django_assert_num_queries(1):
        figures = load_snapshot(authority, YEAR)

    assert figures is not None
    assert figures.computed_at == TONIGHT
    assert [one["id"] for one in figures.measures] == ["opened", "today", "urgency"]
    assert figures.measures[1]["count"] == 1


@pytest.mark.usefixtures("measures")
def test_counting_again_replaces_and_forgets_measures_that_are_gone(case: Case, authority: Authority) -> None:
    save_snapshot(authority, YEAR, TONIGHT)
    del MEASURES["today"]
    Case.objects.filter(pk=case.pk).update(urgency="routine")
    save_snapshot(authority, YEAR, TONIGHT)

    figures = load_snapshot(authority, YEAR)
    assert figures is not None
    assert [one["id"] for one in figures.measures] == ["opened", "urgency"]
    assert figures.measures[1]["rows"][0]["count"] == 0
    assert Snapshot.objects.count() == 2


@pytest.mark.usefixtures("measures", "case")
def test_every_night_this_year_the_last_and_every_period_asked_for_are_counted(authority: Authority) -> None:
    quarter = Period(date(2026, 1, 1), date(2026, 3, 31))
    save_snapshot(authority, quarter, TONIGHT)
    count_figures(0)

    counted = periods_counted(authority)
    figures = load_snapshot(authority, quarter)
    assert len(counted) == 3
    assert quarter in counted
    assert figures is not None
    assert figures.computed_at > TONIGHT
    assert figures.measures[0]["value"] == 1


def test_a_period_counts_both_its_days_in_london() -> None:
    day = Period(date(2026, 3, 29), date(2026, 3, 29))

    assert (day.starts_at, day.ends_at) == (
        datetime(2026, 3, 29, 0, tzinfo=UTC),
        datetime(2026, 3, 29, 23, tzinfo=UTC),
    )
    assert day.days() == 1
    assert YEAR.years() == pytest.approx(1, abs=0.001)
    assert Period.financial_year_of(date(2026, 3, 31)) == YEAR
    with pytest.raises(ValueError, match="ends on or after"):
        Period(date(2026, 3, 29), date(2026, 3, 28))
