"""Closing a case, and opening it again."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from haven.casework.access.models import Authority
from haven.casework.clocks.models import Clock
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.models import Person
from haven.casework.people.recording import set_safe_contact
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Closing, Concern, Enquiry
from haven.pathways.adults.operations.answers import AnswerNeeded, WrongTime
from haven.pathways.adults.operations.closing import GapsRemain, NotSafeThatWay
from haven.pathways.adults.operations.gaps import closing_gaps
from haven.pathways.adults.operations.next_steps import next_actions
from haven.pathways.adults.timescales import ENQUIRY
from haven.project.testing.people import TUESDAY, make_report

LATER = TUESDAY + timedelta(days=6)
COME_BACK = {"reasons": "She is safe.", "how_to_come_back": "Ring the council."}


def codes_of(case: Any) -> list[str]:
    return [gap.code for gap in closing_gaps(case)]


def test_the_gate_names_every_gap_and_nothing_closes(closing: Enquiry, desmond: Actor) -> None:
    with pytest.raises(GapsRemain, match="the adult has not been told") as refused:
        adults.close_case(closing.case, reasons="x", how_to_come_back="", by=desmond, at=LATER)

    assert [gap.code for gap in refused.value.gaps] == ["adult_told", "feedback", "how_to_come_back"]
    assert closing.case.stage == "closing"


def test_each_gap_closes_as_it_is_settled(closing: Enquiry, told: Contact, priya: Actor, desmond: Actor) -> None:
    case = closing.case
    adults.tell_adult(case, told_at=LATER, how="in_person", by=priya, at=LATER)
    assert codes_of(case) == ["feedback", "how_to_come_back"]
    adults.hold_feedback(case, contact=told, because="no_safe_way", by=priya, at=LATER)
    assert codes_of(case) == ["how_to_come_back"]

    adults.close_case(case, **COME_BACK, learning_flag=True, by=desmond, at=LATER)

    kept = Closing.objects.get(case=case)
    assert (case.stage, kept.closed_by_id, kept.learning_flag) == ("closed", desmond.id, True)
    assert case.closed_at == LATER


def test_every_person_who_told_us_is_answered(
    concern: Concern,
    closing: Enquiry,
    told: Contact,
    authority: Authority,
    neighbour: Actor,
    priya: Actor,
    amara: Actor,
) -> None:
    second = make_report(authority, neighbour)
    adults.join_report(second, to=concern, reasons="Same.", by=amara, at=LATER)
    adults.send_feedback(closing.case, contact=told, level="receipt", how="telephone", by=priya, at=LATER)
    assert "feedback" in codes_of(closing.case)

    adults.hold_feedback(closing.case, contact=second, because="not_wanted", by=priya, at=LATER)

    assert "feedback" not in codes_of(closing.case)


def test_a_reply_from_before_the_decision_does_not_answer_for_it(
    ready: Concern, told: Contact, priya: Actor, desmond: Actor
) -> None:
    adults.send_feedback(ready.case, contact=told, level="receipt", how="telephone", by=priya, at=TUESDAY)

    adults.decide_concern(ready, outcome="section_42", reasons="Yes.", by=desmond, at=LATER)

    assert "feedback" in codes_of(ready.case)


def test_open_work_is_named(enquiry: Enquiry, priya: Actor) -> None:
    adults.add_action(enquiry, words="Ring the bank", owner_words="Priya", by=priya, at=TUESDAY)
    adults.set_police_hold(enquiry.case, words="Wait.", officer="DC Hall", by=priya, at=TUESDAY)

    assert {"enquiry", "actions", "police_hold", "adult_told"} <= set(codes_of(enquiry.case))


def test_a_declined_concern_closes_when_its_destination_has_accepted(
    ready: Concern, told: Contact, priya: Actor, desmond: Actor
) -> None:
    no = ("no", "Not so.")
    adults.answer_limbs(ready, needs=no, abuse=no, protect=no, by=priya, at=TUESDAY)
    adults.decide_concern(
        ready, outcome="not_an_enquiry", reasons="No.", destination="care_management", by=desmond, at=TUESDAY
    )
    assert "destination" in codes_of(ready.case)
    adults.record_destination(ready, sent_at=LATER, accepted_by="R. Patel", by=priya, at=LATER)
    adults.tell_adult(ready.case, because="asked_not_to", by=priya, at=LATER)
    adults.send_feedback(ready.case, contact=told, level="receipt", how="telephone", by=priya, at=LATER)

    adults.close_case(ready.case, **COME_BACK, by=desmond, at=LATER)

    assert ready.case.stage == "closed"


def test_only_a_named_manager_closes(closing: Enquiry, priya: Actor, amara: Actor) -> None:
    for actor in (priya, amara, Actor.job("sweep", frozenset({closing.authority_id}))):
        with pytest.raises(NotAllowed):
            adults.close_case(closing.case, **COME_BACK, by=actor, at=LATER)


def test_the_database_refuses_a_closing_without_a_named_person(closing: Enquiry) -> None:
    with pytest.raises(IntegrityError, match="nothing_closes_without_a_named_person"), transaction.atomic():
        Closing.objects.filter(case=closing.case).update(
            closed_at=LATER, how_to_come_back="x", adult_not_told_because="died"
        )


def test_a_case_closes_from_closing_only(enquiry: Enquiry, desmond: Actor, priya: Actor) -> None:
    with pytest.raises(WrongTime):
        adults.close_case(enquiry.case, **COME_BACK, by=desmond, at=LATER)
    with pytest.raises(WrongTime):
        adults.prepare_closing(enquiry.case, by=priya, at=LATER)


def test_the_adult_is_not_written_to_where_that_is_not_safe(
    closing: Enquiry, joan: Person, authority: Authority, priya: Actor
) -> None:
    set_safe_contact(joan, authority_id=authority.pk, no_post=True)
    with pytest.raises(NotSafeThatWay):
        adults.tell_adult(closing.case, told_at=LATER, how="letter", by=priya, at=LATER)
    with pytest.raises(AnswerNeeded, match="one of the two"):
        adults.tell_adult(closing.case, by=priya, at=LATER)

    assert adults.tell_adult(closing.case, told_at=LATER, how="in_person", by=priya, at=LATER).adult_told_at == LATER


def test_a_closed_case_opens_again_with_a_reason_and_the_first_clocks_stay(
    closing: Enquiry, told: Contact, priya: Actor, desmond: Actor
) -> None:
    case = closing.case
    adults.tell_adult(case, told_at=LATER, how="in_person", by=priya, at=LATER)
    adults.hold_feedback(case, contact=told, because="no_safe_way", by=priya, at=LATER)
    adults.close_case(case, **COME_BACK, by=desmond, at=LATER)
    first = Clock.objects.of(ENQUIRY, case=case).get()

    again = adults.reopen_case(case, reasons="He is back.", by=desmond, at=LATER + timedelta(days=30))

    assert (case.stage, case.closed_at, again.kind) == ("enquiry", None, "section_42")
    assert Clock.objects.of(ENQUIRY, case=case).exclude(pk=first.pk).running().exists()
    assert Clock.objects.get(pk=first.pk).stopped_at == first.stopped_at
    with pytest.raises(WrongTime):
        adults.reopen_case(case, reasons="Twice.", by=desmond, at=LATER + timedelta(days=31))


def test_a_case_goes_back_from_closing_to_an_enquiry(closing: Enquiry, desmond: Actor) -> None:
    again = adults.reopen_case(closing.case, reasons="New facts.", by=desmond, at=LATER)

    assert Enquiry.objects.running().get() == again


@pytest.mark.parametrize(
    ("stage", "actor", "main"),
    [
        ("ready", "desmond", "decide_concern"),
        ("enquiry", "priya", "record_outcomes_asked"),
        ("proposed", "desmond", "authorise_conclusion"),
        ("closing", "desmond", "close_case"),
    ],
)
def test_the_next_step_is_what_the_case_waits_for(
    request: pytest.FixtureRequest, stage: str, actor: str, main: str
) -> None:
    subject = request.getfixturevalue(stage)

    steps = next_actions(subject.case, request.getfixturevalue(actor))

    assert steps[0].main and steps[0].code == main


def test_a_step_is_offered_only_to_who_may_take_it(closing: Enquiry, priya: Actor, other_team_worker: Actor) -> None:
    offered = {step.code for step in next_actions(closing.case, priya)}

    assert "tell_adult" in offered and "close_case" not in offered
    assert next_actions(closing.case, other_team_worker) == []
