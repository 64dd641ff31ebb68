"""The safeguarding plan."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from haven.casework.clocks.models import Clock
from haven.casework.operations.actor import Actor
from haven.lib.calendar import day_of, end_of
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Enquiry, SafeguardingPlan
from haven.pathways.adults.operations.answers import AnswerNeeded, WrongTime
from haven.pathways.adults.operations.plan import AlreadyPlanned, StepsRemain
from haven.pathways.adults.timescales import PLAN_REVIEW
from haven.project.testing.people import TUESDAY

LATER = TUESDAY + timedelta(days=5)
REVIEW = date(2026, 5, 1)


@pytest.fixture
def plan(enquiry: Enquiry, priya: Actor) -> SafeguardingPlan:
    return adults.agree_plan(
        enquiry, words="A lock on the purse.", adult_agrees="yes", review_on=REVIEW, by=priya, at=TUESDAY
    )


def test_a_plan_has_a_review_day_to_come_and_its_clock(enquiry: Enquiry, priya: Actor) -> None:
    with pytest.raises(AnswerNeeded, match="after today"):
        adults.agree_plan(enquiry, words="x", adult_agrees="yes", review_on=date(2026, 3, 10), by=priya, at=TUESDAY)

    adults.agree_plan(enquiry, words="x", adult_agrees="yes", review_on=REVIEW, by=priya, at=TUESDAY)

    assert Clock.objects.of(PLAN_REVIEW, case=enquiry.case).running().exists()
    with pytest.raises(AlreadyPlanned):
        adults.agree_plan(enquiry, words="y", adult_agrees="yes", review_on=REVIEW, by=priya, at=TUESDAY)


def test_the_clock_of_the_review_keeps_the_day_agreed_where_that_is_sooner(enquiry: Enquiry, priya: Actor) -> None:
    soon, late = day_of(TUESDAY) + timedelta(days=14), day_of(TUESDAY) + timedelta(days=200)
    plan = adults.agree_plan(enquiry, words="Locks.", adult_agrees="yes", review_on=soon, by=priya, at=TUESDAY)
    first = Clock.objects.of(PLAN_REVIEW, case=enquiry.case).get()
    adults.review_plan(plan, words="Well.", outcome="continue", next_review_on=late, by=priya, at=TUESDAY)
    then = Clock.objects.of(PLAN_REVIEW, case=enquiry.case).running().get()

    assert first.due_at == first.first_due_at == end_of(soon)
    assert then.due_at < end_of(late), "never more than three months"


def test_a_plan_does_not_end_with_open_steps_unless_they_are_passed_on(plan: SafeguardingPlan, priya: Actor) -> None:
    step = adults.add_plan_action(plan, words="Visit weekly", who="R. Patel", due_on=REVIEW, by=priya, at=TUESDAY)
    with pytest.raises(StepsRemain):
        adults.end_plan(plan, reasons="Safe now.", by=priya, at=LATER)
    with pytest.raises(AnswerNeeded):
        adults.finish_plan_action(step, by=priya, at=LATER)

    adults.finish_plan_action(step, transferred_to="Locality team", by=priya, at=LATER)
    adults.end_plan(plan, reasons="Safe now.", by=priya, at=LATER)

    assert not Clock.objects.of(PLAN_REVIEW, case=plan.case).running().exists()
    with pytest.raises(WrongTime):
        adults.end_plan(plan, reasons="Twice.", by=priya, at=LATER)


def test_a_review_sets_the_next_day_or_ends_the_plan(plan: SafeguardingPlan, priya: Actor) -> None:
    with pytest.raises(AnswerNeeded, match="looked at again"), transaction.atomic():
        adults.review_plan(plan, outcome="continue", words="Holding.", by=priya, at=LATER)

    adults.review_plan(plan, outcome="continue", words="Holding.", next_review_on=date(2026, 6, 1), by=priya, at=LATER)
    assert plan.review_on == date(2026, 6, 1)
    assert Clock.objects.of(PLAN_REVIEW, case=plan.case).running().get().started_at == LATER

    adults.review_plan(plan, outcome="end", words="No longer needed.", by=priya, at=LATER + timedelta(days=9))

    assert plan.ended_because == "No longer needed."


def test_an_authorised_enquiry_with_a_plan_leads_to_the_plan_and_ending_it_to_closing(
    plan: SafeguardingPlan, proposed: Enquiry, priya: Actor, desmond: Actor
) -> None:
    adults.authorise_conclusion(proposed, reasons="Done.", by=desmond, at=LATER)
    assert proposed.case.stage == "plan"
    with pytest.raises(WrongTime, match="still runs"):
        adults.prepare_closing(proposed.case, by=priya, at=LATER)

    plan.case = proposed.case
    adults.end_plan(plan, reasons="Safe now.", by=priya, at=LATER)

    assert proposed.case.stage == "closing"


def test_a_plan_may_follow_the_enquiry(proposed: Enquiry, priya: Actor, desmond: Actor) -> None:
    adults.authorise_conclusion(proposed, reasons="Done.", plan_to_follow=True, by=desmond, at=LATER)

    adults.agree_plan(proposed.case, words="x", adult_agrees="no", review_on=REVIEW, by=priya, at=LATER)

    assert proposed.case.stage == "plan"


def test_earlier_words_of_a_plan_are_kept(plan: SafeguardingPlan, priya: Actor) -> None:
    adults.change_plan(plan, words="A new lock.", adult_agrees="yes", version=plan.version, by=priya, at=LATER)

    assert list(plan.earlier.values_list("words", flat=True)) == ["A lock on the purse."]


def test_the_database_refuses_a_second_running_plan(plan: SafeguardingPlan) -> None:
    with pytest.raises(IntegrityError, match="one_safeguarding_plan_at_a_time"), transaction.atomic():
        SafeguardingPlan.objects.create(
            case=plan.case, agreed_at=TUESDAY, adult_agrees="yes", words="Another", review_on=REVIEW
        )
