"""When something is due, against a second calculation made another way."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from haven.casework.clocks.due import Desk, due_after_pause, due_moment, past_horizon
from haven.casework.clocks.timescales import Counting, Timescale
from haven.lib.calendar import end_of, england, start_of

LONDON = ZoneInfo("Europe/London")
DESK = Desk()

# Typed from GOV.UK's published lists, not from the package: the days England did not work, by year.
BANK_HOLIDAYS = """
2018 0101 0330 0402 0507 0528 0827 1225 1226
2019 0101 0419 0422 0506 0527 0826 1225 1226
2020 0101 0410 0413 0508 0525 0831 1225 1228
2021 0101 0402 0405 0503 0531 0830 1227 1228
2022 0103 0415 0418 0502 0602 0603 0829 0919 1226 1227
2023 0102 0407 0410 0501 0508 0529 0828 1225 1226
2024 0101 0329 0401 0506 0527 0826 1225 1226
2025 0101 0418 0421 0505 0526 0825 1225 1226
2026 0101 0403 0406 0504 0525 0831 1225 1228
"""
HOLIDAYS = {
    date(int(year), int(day[:2]), int(day[2:]))
    for year, *days in (line.split() for line in BANK_HOLIDAYS.split("\n") if line)
    for day in days
}


def rule(counting: Counting, amount: int = 2) -> Timescale:
    return Timescale("rule", "Rule", amount, counting, "A test", "it arrives", "it is done")


def due(counting: Counting, at: datetime, amount: int, desk: Desk = DESK) -> datetime:
    return due_moment(rule(counting), at, amount, england(), desk)


def london(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=LONDON)


def works(day: date) -> bool:
    return day.isoweekday() < 6 and day not in HOLIDAYS


def by_walking(counting: Counting, at: datetime, amount: int) -> datetime:
    """The second calculation: an hour, a day or a desk minute at a time, on the clock face of London."""
    face = at.astimezone(LONDON)
    if counting is Counting.HOURS:
        return datetime.fromtimestamp(at.timestamp() + 3600 * amount, tz=UTC)
    day, counted = face.date(), 0
    if counting is Counting.CALENDAR_DAYS:
        return start_of(date.fromordinal(day.toordinal() + amount + 1))
    arrived_in_time = works(day) and (face.hour, face.minute) < (17, 0)
    needed = amount if arrived_in_time else amount + 1
    while counted < needed:
        day = date.fromordinal(day.toordinal() + 1)
        counted += 1 if works(day) else 0
    return start_of(date.fromordinal(day.toordinal() + 1))


moments = st.datetimes(
    min_value=datetime(2018, 1, 1),  # noqa: DTZ001 - hypothesis adds the time zone
    max_value=datetime(2026, 10, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@settings(max_examples=400, deadline=None)
@given(
    counting=st.sampled_from([Counting.HOURS, Counting.CALENDAR_DAYS, Counting.WORKING_DAYS]),
    at=moments,
    amount=st.integers(min_value=1, max_value=40),
)
@example(Counting.WORKING_DAYS, london(date(2022, 9, 16), 10), 2)
@example(Counting.WORKING_DAYS, london(date(2023, 5, 5), 17), 1)
@example(Counting.HOURS, london(date(2024, 3, 30), 23), 4)
@example(Counting.HOURS, london(date(2024, 10, 26), 23), 4)
@example(Counting.CALENDAR_DAYS, london(date(2024, 3, 30), 23, 59), 1)
def test_the_due_moment_is_what_walking_day_by_day_finds(counting: Counting, at: datetime, amount: int) -> None:
    assert due(counting, at, amount) == by_walking(counting, at, amount)


@settings(max_examples=60, deadline=None)
@given(at=moments, amount=st.integers(min_value=1, max_value=30))
def test_working_hours_are_what_counting_desk_minutes_finds(at: datetime, amount: int) -> None:
    at = at.replace(second=0, microsecond=0)
    minute, left = at, amount * 60
    while left:
        face = minute.astimezone(LONDON)
        left -= works(face.date()) and 9 <= face.hour < 17
        minute += timedelta(minutes=1)

    assert due(Counting.WORKING_HOURS, at, amount) == minute


@settings(max_examples=200, deadline=None)
@given(counting=st.sampled_from(list(Counting)), at=moments, amount=st.integers(min_value=1, max_value=30))
def test_more_time_is_never_due_sooner_and_nothing_is_due_before_it_starts(
    counting: Counting, at: datetime, amount: int
) -> None:
    assert at < due(counting, at, amount) < due(counting, at, amount + 1)


def test_a_concern_of_friday_morning_is_due_when_tuesday_ends() -> None:
    assert due(Counting.WORKING_DAYS, london(date(2026, 3, 6), 14), 2) == start_of(date(2026, 3, 11))


def test_a_concern_that_arrives_after_the_desk_closes_on_friday_counts_from_monday() -> None:
    assert due(Counting.WORKING_DAYS, london(date(2026, 3, 6), 17), 2) == start_of(date(2026, 3, 12))
    assert due(Counting.WORKING_DAYS, london(date(2026, 3, 7), 9), 2) == start_of(date(2026, 3, 12))


def test_hours_run_through_the_night_the_clocks_change() -> None:
    before_spring = london(date(2024, 3, 30), 23)
    before_autumn = london(date(2024, 10, 26), 23)

    assert due(Counting.HOURS, before_spring, 4).astimezone(LONDON).hour == 4
    assert due(Counting.HOURS, before_autumn, 4).astimezone(LONDON).hour == 2


def test_three_months_from_the_last_of_november_end_with_the_last_of_february() -> None:
    assert due(Counting.MONTHS, london(date(2025, 11, 30), 9), 3) == end_of(date(2026, 2, 28))


def test_a_desk_open_on_saturdays_counts_them() -> None:
    desk = Desk(days=frozenset(range(6)))

    assert due(Counting.WORKING_DAYS, london(date(2026, 3, 6), 14), 1, desk) == end_of(date(2026, 3, 7))


def test_a_desk_that_closes_at_midnight_takes_the_whole_evening() -> None:
    desk = Desk(opens=time(8), closes=time(0))

    assert due(Counting.WORKING_DAYS, london(date(2026, 3, 6), 23, 59), 1, desk) == end_of(date(2026, 3, 9))


def test_a_desk_that_closes_before_it_opens_is_turned_away() -> None:
    with pytest.raises(ValueError, match="after it opens"):
        Desk(opens=time(17), closes=time(9))


def moved(counting: Counting, due_at: datetime, from_at: datetime, until_at: datetime) -> datetime:
    return due_after_pause(counting, due_at, (from_at, until_at), england(), DESK)


def test_a_pause_moves_hours_by_its_length_and_days_by_the_days_it_crossed() -> None:
    friday, monday = london(date(2026, 3, 6), 14), london(date(2026, 3, 9), 15, 30)

    assert moved(Counting.HOURS, friday, friday, monday) == monday
    assert moved(Counting.CALENDAR_DAYS, end_of(date(2026, 3, 20)), friday, monday) == end_of(date(2026, 3, 23))
    assert moved(Counting.WORKING_DAYS, end_of(date(2026, 3, 20)), friday, monday) == end_of(date(2026, 3, 23))
    assert moved(Counting.WORKING_HOURS, london(date(2026, 3, 9), 10), friday, monday) == london(
        date(2026, 3, 10), 11, 30
    )


def test_a_pause_within_one_day_moves_no_day() -> None:
    morning = london(date(2026, 3, 6), 9)

    assert moved(Counting.CALENDAR_DAYS, end_of(date(2026, 3, 20)), morning, morning + timedelta(hours=5)) == end_of(
        date(2026, 3, 20)
    )


def test_beyond_the_known_holidays_working_days_are_flagged_and_calendar_days_are_not() -> None:
    after = england().horizon + timedelta(days=1)

    assert past_horizon(Counting.WORKING_DAYS, end_of(after), england())
    assert not past_horizon(Counting.WORKING_DAYS, end_of(england().horizon), england())
    assert not past_horizon(Counting.CALENDAR_DAYS, end_of(after), england())


def test_a_timescale_without_its_source_is_turned_away() -> None:
    with pytest.raises(ValueError, match="source"):
        Timescale("rule", "Rule", 1, Counting.HOURS, "", "it arrives", "it is done")
