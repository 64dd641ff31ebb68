"""Days as London lives them."""

from datetime import UTC, date, datetime

import pytest

from haven.lib.calendar import day_of, end_of, england, start_of

FRIDAY = date(2022, 9, 16)
TUESDAY = date(2022, 9, 20)


def test_an_hour_before_midnight_in_summer_utc_is_already_the_next_day_in_london() -> None:
    assert day_of(datetime(2022, 7, 1, 23, 30, tzinfo=UTC)) == date(2022, 7, 2)
    assert day_of(datetime(2022, 12, 1, 23, 30, tzinfo=UTC)) == date(2022, 12, 1)


def test_a_moment_without_its_time_zone_is_not_given_a_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        day_of(datetime(2022, 7, 1, 12).replace(tzinfo=None))  # noqa: DTZ001 - what must be turned away


def test_the_day_the_clocks_go_forward_has_23_hours_and_the_day_they_go_back_25() -> None:
    def hours(day: date) -> float:
        return (end_of(day).astimezone(UTC) - start_of(day).astimezone(UTC)).total_seconds() / 3600

    assert hours(date(2024, 3, 31)) == 23
    assert hours(date(2024, 10, 27)) == 25


def test_the_state_funeral_and_the_coronation_are_not_worked() -> None:
    assert not england().is_working(date(2022, 9, 19))
    assert not england().is_working(date(2023, 5, 8))


def test_the_working_day_after_the_friday_before_the_state_funeral_is_the_tuesday() -> None:
    assert england().add_working_days(FRIDAY, 1) == TUESDAY
    assert england().working_days_between(FRIDAY, TUESDAY) == 1


def test_may_day_2020_moved_to_the_friday() -> None:
    assert england().is_working(date(2020, 5, 4))
    assert not england().is_working(date(2020, 5, 8))


def test_a_scottish_holiday_is_worked_in_england() -> None:
    assert england().is_working(date(2025, 1, 2))


def test_a_desk_that_works_on_saturdays_counts_them() -> None:
    with_saturdays = england().on_weekdays(range(6))

    assert with_saturdays.add_working_days(FRIDAY, 1) == date(2022, 9, 17)


def test_a_desk_that_never_works_is_turned_away() -> None:
    with pytest.raises(ValueError, match="at least one"):
        england().on_weekdays([])


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="not taken away"):
        england().add_working_days(FRIDAY, -1)
    assert england().working_days_between(TUESDAY, FRIDAY) == 0
