"""The pages of the safeguarding plan."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from haven.lib.calendar import day_of
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Enquiry, PlanAction, PlanReview, SafeguardingPlan


def url(name: str, case) -> str:
    return reverse(name, args=[case.reference])


def text(answer) -> str:
    return answer.content.decode()


def in_days(days: int) -> date:
    return day_of(timezone.now()) + timedelta(days=days)


@pytest.fixture
def plan(enquiry: Enquiry, priya) -> SafeguardingPlan:
    """Joan's plan, agreed by Priya with her."""
    now = timezone.now()
    return adults.agree_plan(
        enquiry, words="The bank asks Joan first.", adult_agrees="yes", review_on=in_days(30), by=priya, at=now
    )


def test_a_plan_is_agreed_with_a_day_to_look_at_it_again(sign_in, priya, enquiry):
    given = {"words": "The bank asks Joan first.", "adult_agrees": "yes", "review_on": in_days(30).isoformat()}
    answer = sign_in(priya).post(url("agree-plan", enquiry.case), given)

    assert answer.status_code == 302 and SafeguardingPlan.objects.get().review_on == in_days(30)


def test_a_step_is_finished_from_the_case_itself(sign_in, priya, plan):
    client = sign_in(priya)
    client.post(url("add-plan-action", plan.case), {"words": "New locks", "who": "Mary", "due_on": in_days(7)})
    step = PlanAction.objects.get()

    assert f"finish-plan-action/?which={step.pk}" in text(client.get(f"/cases/{plan.case.reference}/"))


def test_a_plan_that_was_to_be_looked_at_yesterday_is_refused(sign_in, priya, enquiry):
    given = {"words": "The bank asks Joan first.", "adult_agrees": "yes", "review_on": in_days(-1).isoformat()}
    answer = sign_in(priya).post(url("agree-plan", enquiry.case), given)

    assert answer.status_code == 422
    assert "Give a day after today" in text(answer) and "The bank asks Joan first." in text(answer)


def test_steps_are_added_and_finished_or_passed_on(sign_in, priya, plan):
    client = sign_in(priya)
    for words in ("New locks", "A call each week"):
        given = {"words": words, "who": "Mary", "due_on": in_days(7).isoformat()}
        client.post(url("add-plan-action", plan.case), given)
    locks, call = PlanAction.objects.order_by("words")[::-1]
    nothing = client.post(url("finish-plan-action", plan.case), {"subject": str(locks.pk)})
    client.post(url("finish-plan-action", plan.case), {"subject": str(locks.pk), "words": "Fitted."})
    client.post(url("finish-plan-action", plan.case), {"subject": str(call.pk), "transferred_to": "The day centre"})

    assert nothing.status_code == 422
    assert not PlanAction.objects.filter(done_at=None, transferred_to="").exists()


def test_a_plan_with_open_steps_does_not_end(sign_in, priya, plan):
    client = sign_in(priya)
    client.post(url("add-plan-action", plan.case), {"words": "New locks", "who": "Mary", "due_on": "2027-01-01"})
    answer = client.post(url("end-plan", plan.case), {"reasons": "She is safe now."})

    assert answer.status_code == 422
    assert "Some steps of the plan are still open" in text(answer) and "She is safe now." in text(answer)


def test_a_review_that_goes_on_says_when_it_is_looked_at_again(sign_in, priya, plan):
    client = sign_in(priya)
    page = text(client.get(url("review-plan", plan.case)))
    refused = client.post(url("review-plan", plan.case), {"outcome": "continue", "words": "It works."})
    given = {"outcome": "continue", "words": "It works.", "next_review_on": in_days(60).isoformat()}
    answer = client.post(url("review-plan", plan.case), given)

    assert "The bank asks Joan first." in page
    assert refused.status_code == 422 and answer.status_code == 302
    assert PlanReview.objects.get().outcome == "continue"


def test_changing_a_plan_somebody_else_changed_shows_both_texts(sign_in, priya, plan):
    old = plan.version
    adults.change_plan(plan, words="Grace’s words.", adult_agrees="yes", by=priya, at=timezone.now())
    given = {"words": "Priya’s words.", "adult_agrees": "no", "_version": old}
    answer = sign_in(priya).post(url("change-plan", plan.case), given)

    assert answer.status_code == 409
    assert "Grace’s words." in text(answer) and "Priya’s words." in text(answer)


def test_there_is_one_plan_at_a_time(sign_in, priya, plan):
    given = {"words": "Another.", "adult_agrees": "yes", "review_on": in_days(30).isoformat()}
    answer = sign_in(priya).post(url("agree-plan", plan.case), given)

    assert answer.status_code == 422 and "There is already a plan" in text(answer)


@pytest.mark.parametrize("name", ["change-plan", "add-plan-action", "review-plan", "end-plan"])
def test_a_page_of_a_plan_that_does_not_run_says_so(sign_in, priya, enquiry, name):
    answer = sign_in(priya).get(url(name, enquiry.case))

    assert answer.status_code == 409 and "no safeguarding plan running" in text(answer)


@pytest.mark.parametrize("name", ["change-plan", "add-plan-action", "finish-plan-action", "review-plan", "end-plan"])
def test_another_team_finds_no_page_of_the_plan(sign_in, other_team_worker, plan, name):
    assert sign_in(other_team_worker).get(url(name, plan.case)).status_code == 404
