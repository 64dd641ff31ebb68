"""Possible crime and the police hold."""

from datetime import timedelta

import pytest

from haven.casework.clocks.models import Clock, Pause
from haven.casework.operations.actor import Actor
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern, Enquiry, PossibleCrime
from haven.pathways.adults.operations.answers import AnswerNeeded
from haven.pathways.adults.operations.crime import AlreadyHeld, NotHeld
from haven.pathways.adults.operations.enquiry import NothingRuns
from haven.pathways.adults.operations.evidence import raised_with_police
from haven.pathways.adults.operations.next_steps import next_actions
from haven.pathways.adults.timescales import ADULT_SPOKEN_TO, ENQUIRY
from haven.project.testing.people import TUESDAY

LATER = TUESDAY + timedelta(days=2)


def test_a_possible_crime_is_told_to_the_police_or_says_why_not(concern: Concern, priya: Actor) -> None:
    with pytest.raises(AnswerNeeded, match="what the adult wanted"):
        adults.record_crime(concern, answer="yes", by=priya, at=TUESDAY)

    adults.record_crime(concern, answer="yes", why_not="Joan asked us not to.", by=priya, at=TUESDAY)

    assert not raised_with_police(concern.case)


def test_telling_the_police_later_is_kept_on_the_same_record(concern: Concern, priya: Actor) -> None:
    adults.record_crime(concern, answer="not_yet", by=priya, at=TUESDAY)
    adults.record_crime(concern, answer="yes", told_at=TUESDAY, reference="CAD 7", by=priya, at=LATER)

    assert PossibleCrime.objects.get(case=concern.case).reference == "CAD 7"
    assert raised_with_police(concern.case)


def test_telling_the_police_as_who_else_must_know_counts_too(concern: Concern, priya: Actor) -> None:
    adults.tell_also(concern, line="police", told_at=TUESDAY, by=priya, at=TUESDAY)

    assert raised_with_police(concern.case)


def test_a_police_hold_pauses_the_enquirys_clock_alone(enquiry: Enquiry, priya: Actor) -> None:
    due = Clock.objects.of(ENQUIRY, case=enquiry.case).get().due_at
    hold = adults.set_police_hold(enquiry.case, words="Do not speak to Kevin.", officer="DC Hall", by=priya, at=LATER)

    assert Pause.objects.filter(clock__case=enquiry.case, until_at=None).get().clock.rule == ENQUIRY.code
    with pytest.raises(NothingRuns, match="Lift the hold"):
        adults.resume_enquiry(enquiry, by=priya, at=LATER)

    adults.lift_police_hold(hold, words="DC Hall agreed.", by=priya, at=LATER + timedelta(days=5))

    assert Clock.objects.of(ENQUIRY, case=enquiry.case).get().due_at == due + timedelta(days=5)


def test_an_enquiry_that_begins_under_a_hold_begins_paused_and_the_page_offers_no_way_round(
    ready: Concern, priya: Actor, desmond: Actor
) -> None:
    hold = adults.set_police_hold(ready, words="Do not speak to Kevin.", officer="DC Hall", by=priya, at=TUESDAY)
    adults.decide_concern(ready, outcome="section_42", reasons="Three yeses.", by=desmond, at=TUESDAY)
    held = {step.code for step in next_actions(ready.case, priya)}
    adults.lift_police_hold(hold, words="DC Hall agreed.", by=priya, at=LATER)
    free = {step.code for step in next_actions(ready.case, priya)}

    assert not held & {"pause_enquiry", "resume_enquiry"} and "pause_enquiry" in free
    assert not Pause.objects.filter(clock__case=ready.case, until_at=None).exists()
    assert Pause.objects.get(clock__case=ready.case).from_at == TUESDAY


def test_a_paused_enquiry_offers_to_run_again(enquiry: Enquiry, priya: Actor) -> None:
    adults.pause_enquiry(enquiry, reason="hospital", by=priya, at=TUESDAY)
    codes = {step.code for step in next_actions(enquiry.case, priya)}

    assert "resume_enquiry" in codes and "pause_enquiry" not in codes


def test_there_is_one_hold_at_a_time_and_it_is_lifted_once(concern: Concern, priya: Actor) -> None:
    hold = adults.set_police_hold(concern, words="Wait.", officer="DC Hall", by=priya, at=TUESDAY)
    with pytest.raises(AlreadyHeld):
        adults.set_police_hold(concern, words="Wait.", officer="DC Hall", by=priya, at=TUESDAY)
    adults.lift_police_hold(hold, words="Agreed.", by=priya, at=LATER)
    with pytest.raises(NotHeld):
        adults.lift_police_hold(hold, words="Agreed.", by=priya, at=LATER)


def test_a_hold_set_before_the_decision_never_pauses_protection(concern: Concern, priya: Actor) -> None:
    adults.set_police_hold(concern, words="Wait.", officer="DC Hall", by=priya, at=TUESDAY)

    assert Clock.objects.of(ADULT_SPOKEN_TO, case=concern.case).running().exists()
    assert not Pause.objects.filter(clock__case=concern.case).exists()
