"""Making an enquiry and concluding it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from haven.casework.access.models import User
from haven.casework.clocks.models import Clock
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.models import Person
from haven.casework.people.recording import add_person
from haven.casework.tasks.models import Task
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import DesiredOutcome, Enquiry, Participation
from haven.pathways.adults.operations.answers import AnswerNeeded, NotInTheList, NotYetHappened, WrongTime
from haven.pathways.adults.operations.conclusion import NotReady, OwnEnquiry, achieved_overall
from haven.pathways.adults.operations.enquiry import EnquiryIsOver, NotAppropriate, NothingRuns
from haven.pathways.adults.timescales import ALLOCATE_ENQUIRY, ENQUIRY
from haven.project.testing.people import TUESDAY

LATER = TUESDAY + timedelta(days=2)
RISK = {"assessment": "identified_action", "outcome": "reduced", "words": "The bank was told."}


def test_a_named_officer_stops_the_allocation_clock_and_the_manager_leads(enquiry: Enquiry, desmond: Actor) -> None:
    assert Clock.objects.of(ALLOCATE_ENQUIRY, case=enquiry.case).get().stopped_at == TUESDAY + timedelta(hours=1)
    assert enquiry.lead_id == desmond.id


def test_only_a_manager_allocates_an_enquiry(enquiry: Enquiry, priya: Actor, amara: Actor) -> None:
    for actor in (priya, amara):
        with pytest.raises(NotAllowed):
            adults.allocate_enquiry(enquiry, officer=User.objects.get(pk=priya.id), by=actor, at=LATER)


def test_outcomes_are_kept_one_by_one_in_the_adults_words(enquiry: Enquiry, priya: Actor) -> None:
    wishes = ["My pension is mine.", "I still want to see Kevin."]

    adults.record_outcomes_asked(enquiry, asked="expressed", outcomes=wishes, by=priya, at=LATER)

    assert list(enquiry.desired_outcomes.values_list("words", flat=True)) == wishes


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({"asked": "expressed"}, AnswerNeeded),
        ({"asked": "none_expressed", "outcomes": ["Peace."]}, AnswerNeeded),
        ({"asked": "not_asked"}, NotInTheList),
        ({"asked": "perhaps"}, NotInTheList),
    ],
)
def test_asked_and_outcomes_must_agree(
    enquiry: Enquiry, priya: Actor, answers: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        adults.record_outcomes_asked(enquiry, **answers, by=priya, at=LATER)


def test_substantial_difficulty_says_who_supports_and_waiting_does_not_delay(enquiry: Enquiry, priya: Actor) -> None:
    with pytest.raises(NotInTheList):
        adults.record_capacity(enquiry, capacity="lacks", difficulty="yes", by=priya, at=LATER)

    adults.record_capacity(enquiry, capacity="lacks", difficulty="yes", advocate="waiting", by=priya, at=LATER)
    adults.assess_risk(enquiry, **RISK, by=priya, at=LATER)

    assert Participation.objects.get(enquiry=enquiry).advocate_referred_at == LATER


def test_capacity_is_kept_once_and_may_be_recorded_again(enquiry: Enquiry, priya: Actor) -> None:
    adults.record_capacity(enquiry, capacity="not_yet", by=priya, at=LATER)
    adults.record_capacity(enquiry, capacity="assessed_has", under_pressure=True, by=priya, at=LATER)

    kept = Participation.objects.get(enquiry=enquiry)
    assert (kept.capacity, kept.under_pressure, kept.version) == ("assessed_has", True, 2)


def test_an_appropriate_person_is_willing_and_no_risk(enquiry: Enquiry, kevin: Person, priya: Actor) -> None:
    answers: dict[str, Any] = {"capacity": "lacks", "difficulty": "yes", "advocate": "appropriate_person"}
    friend = add_person(given_name="Rose", at=TUESDAY)
    with pytest.raises(NotAppropriate, match="not paid"):
        adults.record_capacity(enquiry, **answers, appropriate_person=friend, by=priya, at=LATER)
    with pytest.raises(NotAppropriate, match="may be a risk"):
        adults.record_capacity(enquiry, **answers, appropriate_person=kevin, suitable=True, by=priya, at=LATER)

    kept = adults.record_capacity(enquiry, **answers, appropriate_person=friend, suitable=True, by=priya, at=LATER)

    assert kept.advocate_name == "Rose"


def test_an_alleged_source_of_harm_does_not_support_the_adult(enquiry: Enquiry, priya: Actor) -> None:
    named = adults.name_alleged_source(enquiry.case, given_name="Len", by=priya, at=LATER)
    answers: dict[str, Any] = {"capacity": "lacks", "difficulty": "yes", "advocate": "appropriate_person"}

    with pytest.raises(NotAppropriate, match="Arrange an advocate"):
        adults.record_capacity(enquiry, **answers, appropriate_person=named.person, suitable=True, by=priya, at=LATER)


def test_an_action_has_an_owner_and_a_colleague_gets_it_as_a_task(enquiry: Enquiry, priya: Actor) -> None:
    with pytest.raises(AnswerNeeded, match="who will do it"):
        adults.add_action(enquiry, words="Ring the bank", by=priya, at=LATER)
    owner = User.objects.get(pk=priya.id)

    action = adults.add_action(
        enquiry, words="Ring the bank", owner=owner, due_on=date(2026, 3, 20), by=priya, at=LATER
    )
    adults.finish_action(action, words="They froze the card.", code="monitoring", by=priya, at=LATER)

    assert Task.objects.get(case=enquiry.case, kind="adults.action").done_at == LATER
    with pytest.raises(WrongTime):
        adults.finish_action(action, words="Again.", by=priya, at=LATER)


def test_a_conversation_has_happened_and_has_words(enquiry: Enquiry, priya: Actor) -> None:
    with pytest.raises(NotYetHappened):
        adults.record_conversation(enquiry, happened_at=LATER, words="Hello", by=priya, at=TUESDAY)
    with pytest.raises(AnswerNeeded):
        adults.record_conversation(enquiry, happened_at=TUESDAY, by=priya, at=TUESDAY)


def test_a_pause_moves_the_day_the_enquiry_is_due(enquiry: Enquiry, priya: Actor) -> None:
    before = Clock.objects.of(ENQUIRY, case=enquiry.case).get().due_at
    adults.pause_enquiry(enquiry, reason="adult_asked", by=priya, at=LATER)

    adults.resume_enquiry(enquiry, by=priya, at=LATER + timedelta(days=10))

    assert Clock.objects.of(ENQUIRY, case=enquiry.case).get().due_at == before + timedelta(days=10)
    with pytest.raises(NothingRuns):
        adults.resume_enquiry(enquiry, by=priya, at=LATER + timedelta(days=11))


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({"assessment": "identified_action", "words": "x"}, NotInTheList),
        ({"assessment": "none_no_action", "outcome": "removed", "words": "x"}, AnswerNeeded),
        ({"assessment": "identified_action", "outcome": "remained", "words": "x"}, NotInTheList),
        ({"assessment": "identified_action", "outcome": "removed"}, AnswerNeeded),
    ],
)
def test_a_risk_has_an_outcome_only_where_one_was_identified(
    enquiry: Enquiry, priya: Actor, answers: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        adults.assess_risk(enquiry, **answers, by=priya, at=LATER)


def test_the_database_refuses_a_risk_outcome_where_no_risk_was_identified(enquiry: Enquiry) -> None:
    with pytest.raises(IntegrityError, match="risk_outcome_only_where"), transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(risk_assessment="none_action", risk_outcome="removed")


def test_an_enquiry_that_ended_at_the_adults_request_is_coded_so(enquiry: Enquiry, priya: Actor) -> None:
    adults.assess_risk(enquiry, assessment="ceased", words="Joan asked us to stop.", by=priya, at=LATER)

    assert enquiry.ended_by_adult and not enquiry.risk_identified


@pytest.mark.parametrize(
    ("ratings", "overall"),
    [
        ([("fully", "partly")], "fully"),
        ([("not_known", "partly")], "partly"),
        ([("fully", ""), ("not", "")], "partly"),
        ([("", "not"), ("not", "fully")], "not"),
        ([("not_known", ""), ("", "not_known")], "not_known"),
        ([("fully", ""), ("not_known", "not_known")], "fully"),
    ],
)
def test_the_enquirys_rating_follows_from_those_of_its_outcomes(ratings: list[tuple[str, str]], overall: str) -> None:
    assert achieved_overall(ratings) == overall


def test_each_outcome_is_rated_by_the_adult_and_by_the_worker(enquiry: Enquiry, priya: Actor) -> None:
    with pytest.raises(WrongTime):
        adults.rate_outcomes(enquiry, ratings={}, by=priya, at=LATER)
    [wish] = adults.record_outcomes_asked(enquiry, asked="expressed", outcomes=["Peace."], by=priya, at=LATER)
    with pytest.raises(AnswerNeeded):
        adults.rate_outcomes(enquiry, ratings={}, by=priya, at=LATER)

    adults.rate_outcomes(enquiry, ratings={wish.pk: ("partly", "fully")}, by=priya, at=LATER)

    kept = DesiredOutcome.objects.get(pk=wish.pk)
    assert (kept.by_adult, kept.by_worker, enquiry.achieved) == ("partly", "fully", "partly")


def test_a_conclusion_names_what_it_still_needs(enquiry: Enquiry, priya: Actor) -> None:
    with pytest.raises(NotReady, match="asked what they want to happen; the risk assessment"):
        adults.propose_conclusion(enquiry, words="Done.", by=priya, at=LATER)


def test_nobody_authorises_their_own_enquiry(proposed: Enquiry, priya: Actor, desmond: Actor) -> None:
    with pytest.raises(NotAllowed):
        adults.authorise_conclusion(proposed, reasons="Fine.", by=priya, at=LATER)

    proposed.officer_id = desmond.id
    with pytest.raises(OwnEnquiry, match="Somebody else"):
        adults.authorise_conclusion(proposed, reasons="Fine.", by=desmond, at=LATER)


def test_the_database_refuses_that_somebody_authorises_their_own_enquiry(proposed: Enquiry, priya: Actor) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=proposed.pk).update(authorised_at=LATER, authorised_by_id=priya.id)


def test_authorising_stops_the_enquirys_clock_and_leads_to_closing(proposed: Enquiry, desmond: Actor) -> None:
    at = TUESDAY + timedelta(days=4)
    adults.authorise_conclusion(proposed, reasons="Done well.", by=desmond, at=at)

    assert Clock.objects.of(ENQUIRY, case=proposed.case).get().stopped_at == at
    assert proposed.case.stage == "closing" and proposed.short


def test_a_completed_enquiry_is_changed_no_more(closing: Enquiry, priya: Actor, desmond: Actor) -> None:
    for refused in (
        lambda: adults.assess_risk(closing, **RISK, by=priya, at=LATER),
        lambda: adults.record_outcomes_asked(closing, asked="not_known", by=priya, at=LATER),
        lambda: adults.authorise_conclusion(closing, reasons="Again.", by=desmond, at=LATER),
    ):
        with pytest.raises(EnquiryIsOver):
            refused()


def test_a_conclusion_may_be_sent_back_and_proposed_again(proposed: Enquiry, priya: Actor, desmond: Actor) -> None:
    adults.send_back_conclusion(proposed, reasons="Ask her about Kevin.", by=desmond, at=LATER)
    with pytest.raises(WrongTime):
        adults.authorise_conclusion(proposed, reasons="Fine.", by=desmond, at=LATER)

    adults.propose_conclusion(proposed, words="Asked. Same.", by=priya, at=LATER)
    adults.authorise_conclusion(proposed, reasons="Fine.", by=desmond, at=LATER)

    assert Enquiry.objects.completed().get() == proposed


def test_not_asked_needs_the_managers_note(enquiry: Enquiry, priya: Actor, desmond: Actor) -> None:
    adults.record_outcomes_asked(enquiry, asked="not_asked", because="died", by=priya, at=LATER)
    adults.assess_risk(enquiry, assessment="none_no_action", words="Nothing found.", by=priya, at=LATER)
    adults.propose_conclusion(enquiry, words="She died.", by=priya, at=LATER)

    with pytest.raises(AnswerNeeded, match="your note"):
        adults.authorise_conclusion(enquiry, reasons=" ", by=desmond, at=LATER)


def test_a_short_enquiry_needs_a_rating_for_each_outcome(enquiry: Enquiry, priya: Actor) -> None:
    answers: dict[str, Any] = {"conversation": None, "capacity": {"capacity": "no_doubt"}, "risk": RISK, "words": "x"}

    with pytest.raises(AnswerNeeded), transaction.atomic():
        adults.conclude_short_enquiry(enquiry, asked="expressed", outcomes=["Peace."], **answers, by=priya, at=LATER)


def test_earlier_words_of_an_enquiry_are_kept_when_they_are_rewritten(enquiry: Enquiry, priya: Actor) -> None:
    adults.assess_risk(enquiry, **{**RISK, "words": "First."}, by=priya, at=LATER)
    adults.assess_risk(enquiry, **{**RISK, "words": "Second."}, by=priya, at=LATER)

    earlier: Any = enquiry.earlier
    assert list(earlier.values_list("risk_words", flat=True)) == ["First."]
