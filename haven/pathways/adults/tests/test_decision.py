"""The section 42 decision."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from haven.casework.access.models import Authority
from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock
from haven.casework.decisions.deciding import ReasonsRequired
from haven.casework.decisions.models import Decision
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern
from haven.pathways.adults.operations.answers import AnswerNeeded, NotInTheList, WrongTime
from haven.pathways.adults.operations.decision import (
    AlreadyDecided,
    ChildrenFirst,
    GroundNeeded,
    HearFirst,
    LimbsFirst,
    NotOffered,
    SamePerson,
    outcomes_offered,
    reasons_drafted,
)
from haven.pathways.adults.operations.evidence import evidence
from haven.pathways.adults.tests.conftest import NO, YES
from haven.pathways.adults.timescales import ALLOCATE_ENQUIRY, DECIDE_CONCERN, ENQUIRY, FEEDBACK
from haven.project.testing.people import TUESDAY, Teams, make_report

NOT_YET = ("not_yet", "The GP has not rung back.")
SETTLE = {"needs": ("Ring the GP", date(2026, 3, 12))}


def decide(concern: Concern, by: Actor, outcome: str = "section_42", **answers: Any) -> Any:
    return adults.decide_concern(concern, outcome=outcome, reasons="Because.", **answers, by=by, at=TUESDAY)


def decline(concern: Concern, by: Actor, **answers: Any) -> Any:
    return decide(concern, by, "not_an_enquiry", destination="care_management", **answers)


def test_three_yeses_offer_section_42_alone(ready: Concern, desmond: Actor) -> None:
    for outcome in ("other", "not_an_enquiry"):
        with pytest.raises(NotOffered, match="All three parts are yes"):
            decide(ready, desmond, outcome, destination="none")

    enquiry = decide(ready, desmond)

    assert enquiry.kind == "section_42" and ready.case.stage == "enquiry"


def test_a_no_never_becomes_section_42(ready: Concern, priya: Actor, desmond: Actor) -> None:
    proposed = adults.answer_limbs(ready, needs=YES, abuse=YES, protect=NO, by=priya, at=TUESDAY)
    with pytest.raises(NotOffered, match="only when all three"):
        decide(ready, desmond)

    enquiry = decide(ready, desmond, "other")

    assert proposed == "not_an_enquiry" and enquiry.kind == "other"


def test_both_ways_of_counting_are_kept(ready: Concern, priya: Actor, desmond: Actor) -> None:
    assert evidence(ready).threshold_met is None
    adults.answer_limbs(ready, needs=YES, abuse=YES, protect=NO, by=priya, at=TUESDAY)

    decide(ready, desmond, "other")

    assert (evidence(ready).threshold_met, evidence(ready).section_42) == (True, False)
    assert Concern.objects.threshold_met().count() == 1 and not Concern.objects.section_42().exists()


def test_the_decision_stops_its_clock_and_starts_those_of_the_enquiry(ready: Concern, desmond: Actor) -> None:
    decide(ready, desmond)

    running = set(Clock.objects.filter(case=ready.case, stopped_at=None).values_list("rule", flat=True))
    assert {FEEDBACK.code, ALLOCATE_ENQUIRY.code, ENQUIRY.code} <= running
    assert DECIDE_CONCERN.code not in running


def test_only_a_named_manager_decides(ready: Concern, priya: Actor, amara: Actor, elsewhere_worker: Actor) -> None:
    job = Actor.job("nightly", authority_ids=frozenset({ready.authority_id}))
    for actor in (priya, amara, elsewhere_worker, job):
        with pytest.raises(NotAllowed):
            decide(ready, actor)


def test_a_sealed_case_is_decided_only_by_its_named_people(ready: Concern, desmond: Actor, grace: Actor) -> None:
    Case.objects.filter(pk=ready.case_id).update(restriction="sealed")
    with pytest.raises(NotAllowed):
        decide(ready, grace)

    assert decide(ready, desmond).kind == "section_42"


def test_a_decision_gives_its_reasons(ready: Concern, desmond: Actor) -> None:
    with pytest.raises(ReasonsRequired):
        adults.decide_concern(ready, outcome="section_42", reasons=" ", by=desmond, at=TUESDAY)


def test_a_concern_is_decided_once(ready: Concern, desmond: Actor, priya: Actor) -> None:
    decide(ready, desmond)

    with pytest.raises(AlreadyDecided):
        decide(ready, desmond)
    with pytest.raises(AlreadyDecided):
        adults.answer_limbs(ready, needs=YES, abuse=YES, protect=YES, by=priya, at=TUESDAY)


def test_before_deciding_the_adult_is_heard_or_it_says_why_not(concern: Concern, priya: Actor, desmond: Actor) -> None:
    adults.answer_limbs(concern, needs=YES, abuse=YES, protect=YES, by=priya, at=TUESDAY)
    with pytest.raises(HearFirst):
        decide(concern, desmond)

    adults.record_hearing(concern, heard=False, not_heard_because="unsafe", by=priya, at=TUESDAY)

    assert decide(concern, desmond).kind == "section_42"


def test_the_three_parts_are_answered_before_the_decision(concern: Concern, priya: Actor, desmond: Actor) -> None:
    adults.record_hearing(concern, heard=True, words="Hello.", by=priya, at=TUESDAY)

    with pytest.raises(LimbsFirst):
        decide(concern, desmond)


def test_the_children_line_blocks_the_decision_until_answered(
    authority: Authority, neighbour: Actor, teams: Teams, amara: Actor, desmond: Actor
) -> None:
    report = make_report(authority, neighbour, children_present=True)
    [concern] = adults.accept_report(report, by=amara, at=TUESDAY)
    adults.record_hearing(concern, heard=True, words="Hello.", by=amara, at=TUESDAY)
    adults.answer_limbs(concern, needs=YES, abuse=YES, protect=YES, by=amara, at=TUESDAY)
    with pytest.raises(ChildrenFirst, match="children's services"):
        decide(concern, desmond)

    adults.tell_also(report, line="childrens_mash", told_at=TUESDAY, by=amara, at=TUESDAY)

    assert decide(concern, desmond).kind == "section_42"


def test_a_part_not_yet_known_says_what_would_settle_it(concern: Concern, priya: Actor) -> None:
    with pytest.raises(AnswerNeeded, match="what would settle"):
        adults.answer_limbs(concern, needs=NOT_YET, abuse=YES, protect=YES, by=priya, at=TUESDAY)

    proposed = adults.answer_limbs(concern, needs=NOT_YET, abuse=YES, protect=YES, settle=SETTLE, by=priya, at=TUESDAY)

    assert proposed == ""
    assert concern.limbs.get(limb="needs").settle_by == date(2026, 3, 12)


def test_a_concern_is_not_declined_on_a_part_not_known_without_a_managers_reasons(
    ready: Concern, priya: Actor, desmond: Actor
) -> None:
    adults.answer_limbs(ready, needs=NOT_YET, abuse=NO, protect=YES, settle=SETTLE, by=priya, at=TUESDAY)
    with pytest.raises(AnswerNeeded, match="not yet known"):
        decline(ready, desmond)

    decline(ready, desmond, not_known_reasons="Nothing the GP says could change it.")

    assert "Nothing the GP says" in Decision.objects.get(case=ready.case).reasons


def test_a_no_to_sharing_needs_a_ground_to_go_further_and_never_ends_the_duty(
    ready: Concern, priya: Actor, desmond: Actor
) -> None:
    adults.record_hearing(ready, heard=True, words="Leave it.", agrees="no", by=priya, at=TUESDAY)
    with pytest.raises(GroundNeeded):
        decide(ready, desmond)

    adults.record_hearing(ready, heard=True, words="Leave it.", agrees="no", ground="coercion", by=priya, at=TUESDAY)

    assert decide(ready, desmond).kind == "section_42"


def test_an_adult_who_died_has_no_section_42_enquiry(ready: Concern, desmond: Actor) -> None:
    ready.case.person.died_on = date(2026, 3, 9)

    assert outcomes_offered(ready, {"needs": "yes", "abuse": "yes", "protect": "yes"}) == ("other", "not_an_enquiry")
    with pytest.raises(NotOffered, match="others at risk"):
        decide(ready, desmond)


def test_not_an_enquiry_says_where_it_goes(ready: Concern, priya: Actor, desmond: Actor) -> None:
    adults.answer_limbs(ready, needs=NO, abuse=NO, protect=NO, by=priya, at=TUESDAY)
    with pytest.raises(NotInTheList):
        decide(ready, desmond, "not_an_enquiry")

    decline(ready, desmond)

    assert ready.case.stage == "closing" and ready.destination == "care_management"
    adults.record_destination(ready, sent_at=TUESDAY, accepted_by="R. Patel", by=priya, at=TUESDAY)
    assert ready.destination_accepted_by == "R. Patel"


def test_the_database_refuses_a_declined_concern_without_a_destination(ready: Concern) -> None:
    facts = {"outcome": "not_an_enquiry", "decided_at": TUESDAY, "threshold_met": False}

    with pytest.raises(IntegrityError, match="not_an_enquiry_has_a_destination"), transaction.atomic():
        Concern.objects.filter(pk=ready.pk).update(**facts)


@pytest.fixture
def declined(ready: Concern, priya: Actor, desmond: Actor) -> Concern:
    """A concern about a care provider that Desmond declined, waiting for a second person."""
    adults.record_types(ready, types=["neglect"], sources=["provider_public"], by=priya, at=TUESDAY)
    adults.answer_limbs(ready, needs=YES, abuse=NO, protect=NO, by=priya, at=TUESDAY)
    decline(ready, desmond)
    return ready


def test_declining_a_concern_about_a_care_provider_waits_for_a_second_person(
    declined: Concern, desmond: Actor, grace: Actor
) -> None:
    assert declined.case.stage == "concern"
    assert Concern.objects.awaiting_second_person().get() == declined
    with pytest.raises(SamePerson):
        adults.countersign_concern(declined, agrees=True, reasons="Me again.", by=desmond, at=TUESDAY)

    adults.countersign_concern(declined, agrees=True, reasons="I read it too.", by=grace, at=TUESDAY)

    assert declined.case.stage == "closing"
    assert Decision.objects.get(case=declined.case, question="section_42").countersigned_by_id == grace.id


def test_a_second_person_who_disagrees_sets_the_decision_aside(declined: Concern, desmond: Actor, grace: Actor) -> None:
    later = TUESDAY + timedelta(days=1)

    adults.countersign_concern(declined, agrees=False, reasons="Look again.", by=grace, at=later)

    assert declined.outcome == "" and list(Concern.objects.undecided()) == [declined]
    assert Clock.objects.of(DECIDE_CONCERN, case=declined.case).running().get().started_at == later
    with pytest.raises(WrongTime):
        adults.countersign_concern(declined, agrees=True, reasons="Now yes.", by=grace, at=later)


def test_reasons_are_drafted_from_the_notes_of_the_three_parts(ready: Concern) -> None:
    drafted = reasons_drafted(ready)

    assert drafted.count("\n") == 2 and "yes. She needs help every day." in drafted
