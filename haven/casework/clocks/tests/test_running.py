"""Clocks start, pause, stop and are found."""

import logging
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from haven.casework.access.models import Authority
from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock, LocalPolicy
from haven.casework.clocks.policies import NoSuchAuthority, remembering, rules_of, set_policy
from haven.casework.clocks.running import (
    AlreadyPaused,
    LatenessNeedsReason,
    NeverPaused,
    NotPaused,
    NotRunning,
    explain_lateness,
    pause,
    resume,
    start,
    start_many,
    stop,
    stop_many,
)
from haven.casework.clocks.timescales import Counting, Timescale
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.lib.calendar import end_of
from haven.lib.ids import uuid7

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 3, 6, 14, 0, tzinfo=LONDON)
TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=LONDON)


def rule(code: str, amount: int, counting: Counting, pausable: bool = False) -> Timescale:
    return Timescale(code, code, amount, counting, "A test", "it arrives", "it is done", pausable=pausable)


DECIDE = rule("decide", 2, Counting.WORKING_DAYS)
LOOK = rule("look", 4, Counting.HOURS)
ENQUIRY = rule("enquiry", 89, Counting.CALENDAR_DAYS, pausable=True)


def begin(case: Case, timescale: Timescale, by: Actor, at: datetime = FRIDAY) -> Clock:
    return start(timescale, authority_id=case.authority_id, case=case, at=at, by=by)


def test_five_clocks_start_with_one_query_and_one_insert(
    case: Case, amara: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    five = [rule(f"rule_{n}", n, Counting.HOURS) for n in range(1, 6)]

    with django_assert_num_queries(2):
        start_many(five, authority_id=case.authority_id, case=case, at=FRIDAY, by=amara)

    assert Clock.objects.for_cases([case]).running().count() == 5


def test_inside_a_load_the_rules_of_an_authority_are_read_once(
    case: Case, amara: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with remembering(), django_assert_num_queries(3):
        begin(case, DECIDE, amara)
        begin(case, LOOK, amara)


def test_a_second_clock_of_a_timescale_does_not_run_beside_the_first(case: Case, amara: Actor) -> None:
    begin(case, DECIDE, amara)

    with pytest.raises(IntegrityError, match="one_clock_of_a_timescale"), transaction.atomic():
        begin(case, DECIDE, amara)


def test_after_it_stopped_the_same_timescale_may_run_again_and_the_first_stays(case: Case, amara: Actor) -> None:
    first = begin(case, DECIDE, amara)
    stop(DECIDE, case=case, at=TUESDAY, by=amara)
    begin(case, DECIDE, amara, at=TUESDAY)

    first.refresh_from_db()
    assert first.stopped_at == TUESDAY
    assert Clock.objects.of(DECIDE, case=case).count() == 2


def test_stopping_twice_keeps_the_first_moment(case: Case, amara: Actor) -> None:
    clock = begin(case, DECIDE, amara)

    assert stop(DECIDE, case=case, at=TUESDAY, by=amara) == 1
    assert stop(DECIDE, case=case, at=TUESDAY + timedelta(days=1), by=amara) == 0
    clock.refresh_from_db()
    assert clock.stopped_at == TUESDAY


def test_several_clocks_stop_with_one_statement(
    case: Case, amara: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    begin(case, DECIDE, amara)
    begin(case, LOOK, amara)

    with django_assert_num_queries(1):
        assert stop_many([DECIDE, LOOK], case=case, at=TUESDAY, by=amara) == 2


def test_a_clock_without_a_case_or_a_contact_is_not_looked_for(amara: Actor) -> None:
    with pytest.raises(ValueError, match="whose clock"):
        stop(DECIDE, at=TUESDAY, by=amara)


def test_a_contact_has_its_own_clock(authority: Authority, amara: Actor) -> None:
    contact = uuid7()
    start(LOOK, authority_id=authority.pk, contact_id=contact, at=FRIDAY, by=amara)

    assert stop(LOOK, contact_id=contact, at=FRIDAY + timedelta(hours=1), by=amara) == 1
    assert Clock.objects.met(LOOK).count() == 1


def test_a_clock_is_overdue_from_the_moment_it_is_due(case: Case, amara: Actor) -> None:
    clock = begin(case, DECIDE, amara)
    due_at = end_of(date(2026, 3, 10))

    assert clock.due_at == due_at
    assert not Clock.objects.overdue(due_at - timedelta(seconds=1)).exists()
    assert Clock.objects.overdue(due_at).get() == clock
    assert not clock.is_late(TUESDAY)
    assert clock.is_late(due_at)


def test_a_clock_stopped_as_it_falls_due_was_not_met(case: Case, amara: Actor) -> None:
    clock = begin(case, DECIDE, amara)
    stop(DECIDE, case=case, at=clock.due_at, by=amara)

    assert not Clock.objects.met(DECIDE).exists()


def test_while_paused_a_clock_is_not_overdue_and_afterwards_it_is_due_later(case: Case, priya: Actor) -> None:
    clock = begin(case, ENQUIRY, priya)
    first_due = clock.due_at
    pause(clock, reason="police_hold", by=priya, at=TUESDAY)

    assert not Clock.objects.overdue(first_due + timedelta(days=1)).exists()
    assert Clock.objects.paused().get() == clock

    resume(clock, by=priya, at=TUESDAY + timedelta(days=10))
    clock.refresh_from_db()
    assert clock.first_due_at == first_due
    assert clock.due_at == end_of(date(2026, 6, 13))
    assert clock.pauses.get().until_at == TUESDAY + timedelta(days=10)


def test_figures_are_had_with_and_without_pauses(case: Case, priya: Actor) -> None:
    clock = begin(case, ENQUIRY, priya)
    pause(clock, reason="police_hold", by=priya, at=TUESDAY)
    stop(ENQUIRY, case=case, at=clock.due_at + timedelta(days=3), by=priya)

    assert Clock.objects.met(ENQUIRY).exists()
    assert not Clock.objects.met_without_pauses(ENQUIRY).exists()
    assert not Clock.objects.paused().exists()


def test_a_timescale_that_never_pauses_is_not_paused(case: Case, priya: Actor) -> None:
    with pytest.raises(NeverPaused):
        pause(begin(case, DECIDE, priya), reason="police_hold", by=priya, at=TUESDAY)


def test_a_clock_is_paused_once_and_resumed_only_when_paused(case: Case, priya: Actor) -> None:
    clock = begin(case, ENQUIRY, priya)
    with pytest.raises(NotPaused):
        resume(clock, by=priya, at=TUESDAY)
    pause(clock, reason="police_hold", by=priya, at=TUESDAY)
    with pytest.raises(AlreadyPaused):
        pause(clock, reason="adult_unwell", by=priya, at=TUESDAY)


def test_a_stopped_clock_is_not_paused(case: Case, priya: Actor) -> None:
    clock = begin(case, ENQUIRY, priya)
    stop(ENQUIRY, case=case, at=TUESDAY, by=priya)

    with pytest.raises(NotRunning):
        pause(clock, reason="police_hold", by=priya, at=TUESDAY)


def test_why_it_took_longer_is_kept_and_added_to(case: Case, priya: Actor) -> None:
    clock = begin(case, ENQUIRY, priya)
    with pytest.raises(LatenessNeedsReason):
        explain_lateness(clock, reason=" ", by=priya, at=TUESDAY)
    explain_lateness(clock, reason="In hospital.", by=priya, at=TUESDAY)
    explain_lateness(clock, reason="Then moved home.", by=priya, at=TUESDAY)

    clock.refresh_from_db()
    assert clock.reason_late == "In hospital.\nThen moved home."


def test_beyond_the_known_holidays_the_clock_warns_and_is_logged(
    case: Case, amara: Actor, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("haven"), "propagate", True)

    clock = begin(case, DECIDE, amara, at=datetime(2029, 3, 6, 14, tzinfo=LONDON))

    assert clock.horizon_warning
    assert str(clock.pk) in caplog.text


POLICY: dict[str, Any] = {"timescale": DECIDE, "source": "Procedure 4", "by": Actor.job("setup"), "at": FRIDAY}


def test_an_authoritys_own_number_counts_from_its_day_until_the_next(authority: Authority) -> None:
    set_policy(authority, amount=3, from_on=date(2026, 3, 1), **POLICY)
    set_policy(authority, amount=5, from_on=date(2026, 4, 1), **POLICY)

    def on(day: date) -> int:
        return rules_of(authority.pk).amount(DECIDE, day)

    assert [on(date(2026, 2, 28)), on(date(2026, 3, 1)), on(date(2026, 3, 31)), on(date(2026, 4, 1))] == [2, 3, 3, 5]
    assert LocalPolicy.objects.get(amount=3).until_on == date(2026, 3, 31)


def test_a_new_number_leaves_running_clocks_where_they_were(case: Case, authority: Authority, amara: Actor) -> None:
    clock = begin(case, DECIDE, amara)
    set_policy(authority, amount=9, from_on=date(2026, 3, 1), **POLICY)

    clock.refresh_from_db()
    assert (clock.amount, clock.due_at) == (2, end_of(date(2026, 3, 10)))


def test_an_authoritys_own_desk_hours_decide_from_which_day_it_counts(
    case: Case, authority: Authority, amara: Actor
) -> None:
    Authority.objects.filter(pk=authority.pk).update(desk_closes="13:00")

    assert begin(case, DECIDE, amara).due_at == end_of(date(2026, 3, 11))


def test_a_social_worker_does_not_set_the_number(authority: Authority, priya: Actor) -> None:
    with pytest.raises(NotAllowed):
        set_policy(authority, amount=9, from_on=date(2026, 3, 1), **{**POLICY, "by": priya})


def test_an_authority_nobody_knows_has_no_clocks(case: Case, amara: Actor) -> None:
    with pytest.raises(NoSuchAuthority):
        start(DECIDE, authority_id=uuid7(), case=case, at=FRIDAY, by=amara)
