"""Is this person known? Found under typos, swapped names and missing facts; never merged by itself."""

from datetime import UTC, date, datetime

import pytest

from haven.casework.people.finding import find_people
from haven.casework.people.models import Person
from haven.casework.people.recording import add_person

TUESDAY = datetime(2026, 11, 10, 10, 0, tzinfo=UTC)
BORN = date(1941, 3, 2)


@pytest.fixture
def joan(db: None) -> Person:
    for given, family in (("Kwame", "Synthetic-Mensah"), ("Siobhan", "Example"), ("Ann", "Placeholder")):
        add_person(at=TUESDAY, given_name=given, family_name=family, date_of_birth=date(1950, 1, 1))
    return add_person(at=TUESDAY, given_name="Joan", family_name="Testerly", date_of_birth=BORN)


@pytest.mark.parametrize("typed", ["Joan Testerly", "joan testerley", "Testerly Joan", "Jöan Testerly", "Joan Testery"])
def test_a_name_is_found_under_typos_accents_and_order(joan: Person, typed: str) -> None:
    assert find_people(name=typed)[0].person == joan


def test_a_date_of_birth_alone_finds_who_was_born_then(joan: Person) -> None:
    assert [match.person for match in find_people(date_of_birth=BORN)] == [joan]


def test_each_match_says_why(joan: Person) -> None:
    reasons = find_people(name="Joan Testerly", date_of_birth=BORN)[0].reasons
    assert "same date of birth" in reasons and any("alike" in reason for reason in reasons)


def test_asking_nothing_finds_nobody(joan: Person) -> None:
    assert find_people() == []


def test_an_estimated_age_grows_with_the_years(db: None) -> None:
    man = add_person(at=TUESDAY, description="The man at no. 12", age_estimate=70)
    assert man.display_name == "Not named"
    assert man.age_on(date(2028, 11, 10)) == 72
