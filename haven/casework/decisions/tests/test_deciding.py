"""Decisions are made by a named person, with reasons, from a closed list."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from haven.casework.cases.models import Case
from haven.casework.decisions.deciding import (
    AlreadyCountersigned,
    AnotherPersonRequired,
    NamedPersonRequired,
    NotAnOutcome,
    ReasonsRequired,
    countersign,
    decide,
)
from haven.casework.decisions.models import Decision
from haven.casework.decisions.questions import Question
from haven.casework.operations.actor import Actor
from haven.lib.period import Period

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 3, 6, 14, 0, tzinfo=LONDON)
TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=LONDON)

DUTY = Question(
    "duty", "Does the duty apply?", {"yes": "Yes", "no": "No"}, source="Care Act 2014 s42", guidance="Chapter 14"
)


def decided(case: Case, by: Actor, outcome: str = "yes", reasons: str = "Her nephew takes her pension.") -> Decision:
    return decide(case, DUTY, outcome=outcome, reasons=reasons, by=by, at=TUESDAY, proposed="yes")


def test_a_decision_keeps_its_reasons_and_the_law_of_its_day(case: Case, desmond: Actor) -> None:
    decision = Decision.objects.get(pk=decided(case, desmond).pk)

    assert decision.by_id == desmond.id
    assert (decision.outcome, decision.proposed) == ("yes", "yes")
    assert (decision.legal_source, decision.guidance) == ("Care Act 2014 s42", "Chapter 14")
    assert decision.at == TUESDAY < decision.recorded_at


def test_no_reasons_no_decision(case: Case, desmond: Actor) -> None:
    with pytest.raises(ReasonsRequired):
        decided(case, desmond, reasons=" \n")

    assert not Decision.objects.exists()


def test_the_database_too_wants_reasons(case: Case, desmond: Actor) -> None:
    decision = decided(case, desmond)

    with pytest.raises(IntegrityError, match="every_decision_gives_its_reasons"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(reasons="  ")


def test_an_answer_that_was_not_offered_is_turned_away(case: Case, desmond: Actor) -> None:
    with pytest.raises(NotAnOutcome, match="Choose one"):
        decided(case, desmond, outcome="perhaps")


def test_neither_a_machine_nor_a_neighbour_decides(case: Case, neighbour: Actor) -> None:
    for actor in (neighbour, Actor.job("rules")):
        with pytest.raises(NamedPersonRequired):
            decided(case, actor)


def test_a_second_person_countersigns_once(case: Case, desmond: Actor, grace: Actor) -> None:
    decision = decided(case, desmond)
    countersign(decision, by=grace, at=TUESDAY + timedelta(hours=1))

    assert Decision.objects.get().countersigned_by_id == grace.id
    with pytest.raises(AlreadyCountersigned):
        countersign(decision, by=grace, at=TUESDAY + timedelta(hours=2))


def test_nobody_countersigns_their_own_decision(case: Case, desmond: Actor) -> None:
    decision = decided(case, desmond)

    with pytest.raises(AnotherPersonRequired):
        countersign(decision, by=desmond, at=TUESDAY)
    with pytest.raises(IntegrityError, match="nobody_countersigns_their_own"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(countersigned_by_id=desmond.id, countersigned_at=TUESDAY)


def test_decisions_are_found_by_question_and_by_the_days_they_were_made(case: Case, desmond: Actor) -> None:
    decision = decided(case, desmond)
    other = Question("other", "Another?", {"yes": "Yes"}, source="A test")
    day = TUESDAY.date()

    assert Decision.objects.on(DUTY).made_in(Period(day, day)).get() == decision
    assert not Decision.objects.on(other).exists()
    assert not Decision.objects.made_in(Period(FRIDAY.date(), day - timedelta(days=1))).exists()


def test_a_question_without_outcomes_is_turned_away() -> None:
    with pytest.raises(ValueError, match="outcomes"):
        Question("empty", "Nothing?", {}, source="A test")
