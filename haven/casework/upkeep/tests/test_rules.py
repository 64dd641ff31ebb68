"""The rules of the data: each is broken by what breaks it, counted for its authority, listed as a reader may see."""

from datetime import date, timedelta

import pytest

from haven.casework.access.models import User
from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.people.models import Address, Person
from haven.casework.tasks.models import Task
from haven.casework.upkeep.counting import count_findings, seen_by
from haven.casework.upkeep.models import Finding
from haven.casework.upkeep.rules import BY_CODE, INVARIANTS
from haven.project.testing.people import FRIDAY, TUESDAY

LATER = TUESDAY + timedelta(days=30)


def broken(code: str, at=TUESDAY) -> list:
    return list(BY_CODE[code].find(at))


def test_every_rule_gives_why_it_matters_and_where_it_comes_from():
    assert len({rule.code for rule in INVARIANTS}) == len(INVARIANTS) >= 15
    assert all(rule.title and rule.why and rule.source for rule in INVARIANTS)


def test_an_open_case_without_a_worker_is_found(case):
    assert broken("case_without_worker") == []
    Case.objects.filter(pk=case.pk).update(worker=None)

    assert broken("case_without_worker") == [case]


def test_a_case_that_waits_for_duty_has_the_desk_and_is_not_found(case):
    Case.objects.filter(pk=case.pk).update(worker=None, awaits_duty=True)

    assert broken("case_without_worker") == []


@pytest.mark.parametrize(("who", "code"), [("worker", "worker_gone"), ("manager", "manager_gone")])
def test_a_case_of_somebody_whose_account_is_closed_is_found(case, who, code):
    assert broken(code) == []
    User.objects.filter(pk=getattr(case, f"{who}_id")).update(suspended_at=FRIDAY)

    assert broken(code) == [case]


def test_a_case_that_nothing_will_bring_back_is_found(case, priya):
    assert broken("nothing_due") == [case]
    Task.objects.create(
        authority=case.authority, case=case, kind="note", words="Ring.", owner_id=priya.id, due_on=date(2026, 3, 9),
        created_at=FRIDAY,
    )  # fmt: skip

    assert broken("nothing_due") == []


def a_clock(**facts) -> Clock:
    given = {"rule": "local", "counting": "calendar_days", "amount": 2, "started_at": FRIDAY, "first_due_at": LATER}
    return Clock.objects.create(**{**given, "due_at": LATER, **facts})


def test_a_closed_case_whose_clock_runs_on_is_found(case):
    a_clock(authority=case.authority, case=case)
    assert broken("clock_after_closing") == []
    Case.objects.filter(pk=case.pk).update(closed_at=TUESDAY)

    assert broken("clock_after_closing") == [case]


def test_a_stage_that_the_process_does_not_have_is_found(case):
    assert broken("unknown_stage") == []
    Case.objects.filter(pk=case.pk).update(stage="limbo")

    assert broken("unknown_stage") == [case]


def test_a_birth_in_the_future_and_a_death_before_birth_are_found(case, joan):
    assert broken("impossible_days") == []
    Person.objects.filter(pk=joan.pk).update(died_on=date(1900, 1, 1))

    assert broken("impossible_days") == [case]


def test_two_present_addresses_and_none_are_found(case, joan):
    assert (broken("two_addresses"), broken("no_address")) == ([], [])
    Address.objects.create(
        person=joan, authority=case.authority, lines="9 Birch Lane", postcode="ZZ1 9BL", recorded_at=TUESDAY
    )
    assert broken("two_addresses") == [case]
    Address.objects.filter(person=joan).update(until_on=date(2026, 3, 1))

    assert (broken("two_addresses"), broken("no_address")) == ([], [case])


def test_a_report_taken_on_without_a_case_is_found(report):
    assert broken("report_without_case") == []
    Contact.objects.filter(pk=report.pk).update(state="accepted")

    assert broken("report_without_case") == [report]


def test_a_report_in_a_state_that_no_page_shows_is_found(report):
    assert broken("report_in_no_queue") == []
    Contact.objects.filter(pk=report.pk).update(state="held")

    assert broken("report_in_no_queue") == [report]


def test_a_report_that_waits_without_a_clock_is_found(report):
    assert broken("report_without_clock") == []
    Clock.objects.filter(contact_id=report.pk).delete()

    assert broken("report_without_clock") == [report]


def test_a_task_of_somebody_whose_account_is_closed_is_found(case, priya):
    task = Task.objects.create(
        authority=case.authority, case=case, kind="note", words="Ring.", owner_id=priya.id, due_on=date(2026, 3, 9),
        created_at=FRIDAY,
    )  # fmt: skip
    assert broken("task_of_nobody") == []
    User.objects.filter(pk=priya.id).update(is_active=False)

    assert broken("task_of_nobody") == [task]


def a_message(authority, **facts) -> Delivery:
    given = {"channel": "email", "purpose": "feedback", "to_address": "tom@example.org", "created_at": FRIDAY}
    return Delivery.objects.create(authority=authority, due_at=FRIDAY, subject="From us", body="Thank you.",
                                   **{**given, **facts})  # fmt: skip


def test_a_message_that_no_worker_will_carry_out_is_found(authority):
    a_message(authority)
    assert broken("delivery_without_channel") == []
    lost = a_message(authority, channel="")

    assert broken("delivery_without_channel") == [lost]


def test_a_message_due_for_more_than_a_day_is_found(authority):
    message = a_message(authority)

    assert broken("delivery_stuck", FRIDAY + timedelta(hours=23)) == []
    assert broken("delivery_stuck", TUESDAY) == [message]


def test_every_rule_is_counted_for_every_authority_sealed_cases_too(case, elsewhere):
    Case.objects.filter(pk=case.pk).update(worker=None, restriction="sealed")

    count_findings(TUESDAY)
    count_findings(TUESDAY)

    counts = dict(Finding.objects.filter(authority=case.authority).values_list("rule", "count"))
    assert set(counts) == {rule.code for rule in INVARIANTS}
    assert counts["case_without_worker"] == 1
    assert set(Finding.objects.filter(authority=elsewhere).values_list("count", flat=True)) == {0}


def test_the_list_behind_a_number_shows_what_the_reader_may_open(case, grace, desmond, other_team_worker):
    Case.objects.filter(pk=case.pk).update(worker=None)
    rule = BY_CODE["case_without_worker"]

    assert list(seen_by(rule, grace, TUESDAY)) == [case]
    assert list(seen_by(rule, other_team_worker, TUESDAY)) == []
    Case.objects.filter(pk=case.pk).update(restriction="sealed")
    assert list(seen_by(rule, grace, TUESDAY)) == []
    assert list(seen_by(rule, desmond, TUESDAY)) == [case]
