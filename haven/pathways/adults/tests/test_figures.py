"""The figures page: which year it opens on, each number's cases, and what was published beside it."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from haven.casework.access.actors import actor_for
from haven.casework.access.models import Authority, Membership, User
from haven.casework.measures.models import Snapshot
from haven.casework.operations.actor import Actor
from haven.lib.period import Period
from haven.pathways.adults.tests.scenarios import scenario
from haven.pathways.adults.year.running import build_year

Browser = Callable[[Actor], Any]
DAYS = "from=2021-04-01&to=2022-03-31"


@pytest.fixture
def year(db: None) -> Iterator[Authority]:
    """A small year of Riverton."""
    build_year(scenario(concerns=16, threshold_met=12, section_42=7, source_of_referral={"police": 4, "cqc": 12}))
    yield Authority.objects.get(code="riverton")


@pytest.fixture
def riverton(db: None) -> Authority:
    """Riverton, where nothing has arrived yet."""
    return Authority.objects.create(code="riverton", name="Riverton")


def somebody(authority: Authority, role: str) -> Actor:
    """A person with this role, in post for years."""
    user = User.objects.create_user(f"{role}@example.org", name="Somebody")
    Membership.objects.create(user=user, authority=authority, role=role, from_on=date(2015, 1, 1))
    return actor_for(user, timezone.now())


def test_the_page_opens_on_the_latest_complete_year_with_anything_in_it(year: Authority, sign_in: Browser) -> None:
    page = sign_in(somebody(year, "head_of_service")).get("/figures")

    assert page.status_code == 200
    assert page.context["chosen"].period.from_on == date(2021, 4, 1)
    said = page.content.decode()
    assert "The safeguarding journey" in said and "Read with care:" in said
    assert Snapshot.objects.filter(authority=year, measure="concerns_raised", from_on="2021-04-01").exists()


def test_figures_once_counted_are_read_and_not_counted_again(year: Authority, sign_in: Browser) -> None:
    browser = sign_in(somebody(year, "performance_analyst"))
    browser.get("/figures")
    Snapshot.objects.filter(measure="concerns_raised").update(payload={**one("concerns_raised"), "value": 4321})

    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = browser.get("/figures")
    assert "4,321" in page.content.decode()
    asked = [query["sql"] for query in queries if not query["sql"].startswith(("BEGIN", "COMMIT", "SELECT set_config"))]
    assert len([sql for sql in asked if "SAVEPOINT" not in sql]) <= 15


def one(measure: str) -> dict[str, Any]:
    payload: dict[str, Any] = Snapshot.objects.get(measure=measure).payload
    return payload


def test_each_number_leads_to_the_cases_behind_it(year: Authority, sign_in: Browser) -> None:
    browser = sign_in(somebody(year, "head_of_service"))
    browser.get("/figures")

    cases = browser.get(f"/figures/source_of_referral/police/?authority=riverton&{DAYS}")
    assert len(cases.context["page"].cases) == 4
    assert "Who told us: Police" in cases.content.decode()
    everything = browser.get(f"/figures/concerns_raised/all/?authority=riverton&{DAYS}")
    assert len(everything.context["page"].cases) == 16


def test_every_row_of_every_figure_opens_as_many_cases_as_it_counts(year: Authority, sign_in: Browser) -> None:
    browser = sign_in(somebody(year, "head_of_service"))
    shown = [one for section in browser.get("/figures").context["sections"] for one in section["shown"]]

    for card in shown:
        figure = card.figure
        rows = [(row["code"], row["count"]) for row in figure["rows"]] or [("all", figure["count"])]
        for code, count in rows:
            page = browser.get(f"/figures/{figure['id']}/{code}/?{DAYS}").context["page"]
            if figure["id"] not in PEOPLE:
                assert len(page.cases) == count, (figure["id"], code)


PEOPLE = ("adults_at_risk", "adults_aged_65_plus", "adults_women")
"""Figures of people, who may have several cases."""


def test_the_list_shows_only_what_the_reader_may_open_and_no_total(year: Authority, sign_in: Browser) -> None:
    browser = sign_in(somebody(year, "councillor"))
    browser.get("/figures")

    cases = browser.get(f"/figures/concerns_raised/all/?{DAYS}")
    assert cases.status_code == 200
    said = cases.content.decode()
    assert "None of these cases is yours to open." in said
    assert "This list may differ from the figure" in said
    listed = re.sub(r"\d\d:\d\d", "", said.split("<h1")[1].split("<footer")[0])
    assert "16" not in listed, "the number of the figure, which the time of day may hold too"


def test_what_the_list_shows_is_in_the_read_record(
    year: Authority, sign_in: Browser, shown: Callable[[], set[tuple[str, Any]]]
) -> None:
    browser = sign_in(somebody(year, "head_of_service"))

    cases = browser.get(f"/figures/source_of_referral/police/?{DAYS}").context["page"].cases
    assert {("case", case.pk) for case in cases} <= shown()
    assert {("person", case.person_id) for case in cases} <= shown()


@pytest.mark.parametrize("role", ["advocate", "business_support", "learning_officer"])
def test_who_has_no_part_in_figures_finds_no_page(riverton: Authority, sign_in: Browser, role: str) -> None:
    assert sign_in(somebody(riverton, role)).get("/figures").status_code == 404


def test_another_authoritys_figures_cannot_be_asked_for(riverton: Authority, sign_in: Browser) -> None:
    elsewhere = Authority.objects.create(code="westmere", name="Westmere")
    page = sign_in(somebody(elsewhere, "manager")).get(f"/figures?authority=riverton&{DAYS}")

    assert page.context["chosen"].authority == elsewhere


@pytest.mark.parametrize("asked", ["period=nonsense", "from=2022-01-01&to=2021-01-01", "from=1066-10-14&to=2022-01-01"])
def test_days_that_are_no_period_are_answered_with_the_usual_one(
    riverton: Authority, sign_in: Browser, asked: str
) -> None:
    browser = sign_in(somebody(riverton, "manager"))

    usual = browser.get("/figures").context["chosen"].period
    assert usual == Period.financial_year(Period.financial_year_of(timezone.localdate()).from_on.year - 1)
    assert browser.get(f"/figures?{asked}").context["chosen"].period == usual


def test_a_quarter_can_be_chosen(riverton: Authority, sign_in: Browser) -> None:
    page = sign_in(somebody(riverton, "manager")).get("/figures?period=2021-04-01..2021-06-30")

    assert page.status_code == 200
    assert page.context["chosen"].period.to_on == date(2021, 6, 30)


@pytest.mark.parametrize("path", ["no_such_figure/all", "concerns_raised", "no_such_figure"])
def test_a_figure_nobody_knows_is_not_found(riverton: Authority, sign_in: Browser, path: str) -> None:
    assert sign_in(somebody(riverton, "manager")).get(f"/figures/{path}/").status_code == 404


def test_westminsters_two_clocks_are_told_apart_on_the_page(db: None, sign_in: Browser) -> None:
    westminster = Authority.objects.create(code="westminster", name="Westerly")
    page = sign_in(somebody(westminster, "manager")).get("/figures?from=2022-04-01&to=2023-03-31")

    said = page.content.decode()
    assert "52.5% allocated within 5 days and 100% within 24 hours could not both hold on one clock" in said
    assert "Starts at receipt." in said and "Starts at the section 42 decision" in said


def test_a_published_table_that_does_not_add_up_says_so(db: None, sign_in: Browser) -> None:
    board = Authority.objects.create(code="saeb", name="Board")
    said = sign_in(somebody(board, "manager")).get("/figures?from=2018-04-01&to=2019-03-31").content.decode()

    assert "The printed shares come to 98%" in said
    assert "give percentages and no base" in said
