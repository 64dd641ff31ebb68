"""A stage is a headline: it moves only where it may."""

from datetime import UTC, datetime, timedelta

import pytest

from haven.casework.access.models import Authority, Team
from haven.casework.cases.models import Case
from haven.casework.events.recording import history
from haven.casework.operations.actor import Actor
from haven.casework.people.recording import add_person
from haven.casework.stages.models import StageEntry
from haven.casework.stages.moves import ARRIVALS, NobodyReceives, WrongMove, move, open_case, refer
from haven.casework.stages.pathway import PATHWAYS, Pathway, Stage, register

TUESDAY = datetime(2026, 11, 10, 10, 0, tzinfo=UTC)
FRIDAY = TUESDAY + timedelta(days=3)
JOB = Actor.job("a test")


@pytest.fixture
def case(db: None) -> Case:
    register(
        Pathway(
            "testing",
            "Testing",
            "TT",
            (
                Stage("first", "First", ("second",), awaits_duty=True),
                Stage("second", "Second", ("done",)),
                Stage("done", "Done", ("first",), final=True),
            ),
        )
    )
    authority = Authority.objects.create(code="kenford", name="Kenford")
    team = Team.objects.create(authority=authority, name="Duty")
    person = add_person(at=TUESDAY, given_name="Joan")
    yield open_case("testing", authority=authority, person=person, team=team, by=JOB, at=TUESDAY)
    del PATHWAYS["testing"]


def test_a_case_opens_in_the_first_stage_under_a_reference_that_reveals_nothing(case: Case) -> None:
    assert case.stage == "first" and case.awaits_duty
    assert case.reference.startswith("TT-") and "2026" not in case.reference


def test_a_move_leaves_one_stage_and_enters_the_next(case: Case) -> None:
    move(case, to="second", by=JOB, at=FRIDAY)

    assert [(e.stage, e.left_at) for e in StageEntry.objects.order_by("entered_at")] == [
        ("first", FRIDAY),
        ("second", None),
    ]
    assert [event.type for event in history(case.pk)] == ["stages.moved", "stages.case_opened"]


def test_a_stage_that_does_not_lead_there_is_refused_in_words(case: Case) -> None:
    with pytest.raises(WrongMove, match="does not lead to “Done”"):
        move(case, to="done", by=JOB, at=FRIDAY)


def test_a_final_stage_closes_and_a_way_back_opens_again(case: Case) -> None:
    move(case, to="second", by=JOB, at=TUESDAY)
    move(case, to="done", by=JOB, at=FRIDAY)
    assert Case.objects.get(pk=case.pk).closed_at == FRIDAY

    move(case, to="first", by=JOB, at=FRIDAY)
    assert Case.objects.get(pk=case.pk).closed_at is None


def test_a_referral_goes_to_a_process_that_receives_and_the_two_are_linked(case: Case) -> None:
    with pytest.raises(NobodyReceives):
        refer(case, to="nowhere", reasons="x", by=JOB, at=FRIDAY)

    def receive(source: Case, *, reasons: str, by: Actor, at: datetime) -> Case:
        return open_case("testing", authority=source.authority, person=source.person, team=source.team, by=by, at=at)

    ARRIVALS["testing"] = receive
    other = refer(case, to="testing", reasons="Theirs to decide", by=JOB, at=FRIDAY)
    del ARRIVALS["testing"]

    assert case.links.get().other == other
