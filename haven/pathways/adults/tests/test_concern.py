"""Working out what a concern is."""

import pytest
from django.db import IntegrityError, transaction

from haven.casework.cases.casework import involve
from haven.casework.clocks.models import Clock
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed, Stale
from haven.casework.people.models import Person, Relationship
from haven.casework.people.recording import add_person
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern, Conversation, HarmType
from haven.pathways.adults.operations.answers import AnswerNeeded, NotInTheList
from haven.pathways.adults.operations.concern import AlreadyEnded, NotThemselves
from haven.pathways.adults.timescales import ADULT_SPOKEN_TO
from haven.project.testing.people import TUESDAY


def test_hearing_the_adult_is_the_conversation_and_stops_its_clock(concern: Concern, priya: Actor) -> None:
    adults.record_hearing(concern, heard=True, words="I want him to stop.", wants="Peace.", by=priya, at=TUESDAY)

    assert Conversation.objects.get(case=concern.case).adult_words == "I want him to stop."
    assert Clock.objects.of(ADULT_SPOKEN_TO, case=concern.case).get().stopped_at == TUESDAY


def test_not_having_heard_the_adult_needs_a_reason_and_the_clock_goes_on(concern: Concern, priya: Actor) -> None:
    with pytest.raises(NotInTheList):
        adults.record_hearing(concern, heard=False, by=priya, at=TUESDAY)

    adults.record_hearing(concern, heard=False, not_heard_because="not_reached", by=priya, at=TUESDAY)

    assert Clock.objects.of(ADULT_SPOKEN_TO, case=concern.case).running().exists()


def test_an_attempt_counts_and_does_not_stop_the_clock(concern: Concern, priya: Actor) -> None:
    adults.record_attempt(concern, happened_at=TUESDAY, by=priya, at=TUESDAY)

    assert Conversation.objects.filter(case=concern.case, reached=False).count() == 1
    assert Clock.objects.of(ADULT_SPOKEN_TO, case=concern.case).running().exists()


def test_a_form_opened_before_a_colleague_saved_shows_both_texts(concern: Concern, priya: Actor) -> None:
    opened = concern.version
    adults.record_hearing(concern, heard=True, words="Mine.", wants="Mine.", version=opened, by=priya, at=TUESDAY)

    with pytest.raises(Stale) as refused:
        adults.record_hearing(concern, heard=True, words="Yours.", wants="Yours.", version=opened, by=priya, at=TUESDAY)

    assert ("adult_wants", "Yours.", "Mine.") in refused.value.fields


def test_one_type_of_harm_is_the_main_one(concern: Concern, priya: Actor) -> None:
    with pytest.raises(AnswerNeeded, match="the main one"):
        adults.record_types(concern, types=["financial", "neglect"], by=priya, at=TUESDAY)

    adults.record_types(concern, types=["financial", "neglect"], primary="neglect", by=priya, at=TUESDAY)
    adults.record_types(concern, types=["physical"], by=priya, at=TUESDAY)

    assert list(HarmType.objects.filter(case=concern.case).values_list("code", "primary")) == [("physical", True)]


def test_the_database_refuses_a_second_main_type(concern: Concern) -> None:
    HarmType.objects.create(case=concern.case, code="neglect", primary=True)

    with pytest.raises(IntegrityError, match="one_primary_type_of_harm_per_case"), transaction.atomic():
        HarmType.objects.create(case=concern.case, code="financial", primary=True)


def test_self_neglect_and_a_care_provider_are_marked_from_the_types(concern: Concern, priya: Actor) -> None:
    adults.record_types(concern, types=["self_neglect"], sources=["provider_private"], by=priya, at=TUESDAY)

    assert concern.self_neglect and concern.care_provider
    assert concern.second_person_because == ["a care provider is concerned", "self-neglect"]


def test_naming_somebody_makes_the_risk_link_by_itself_for_the_adult_and_the_household(
    concern: Concern, joan: Person, priya: Actor
) -> None:
    sister = add_person(given_name="May", at=TUESDAY)
    involve(concern.case, role="household", person=sister, at=TUESDAY)

    named = adults.name_alleged_source(
        concern, given_name="Kevin", family_name="Whitlock", relationship="other_relative", by=priya, at=TUESDAY
    )
    adults.name_alleged_source(concern, person=named.person, by=priya, at=TUESDAY)

    links = Relationship.objects.filter(other=named.person, risk_to=True, ended_at=None)
    assert sorted(link.person.given_name for link in links) == ["Joan", "May"]
    assert named.standing == "alleged"


def test_somebody_may_be_described_where_no_name_is_known(concern: Concern, priya: Actor) -> None:
    with pytest.raises(AnswerNeeded, match="describe"):
        adults.name_alleged_source(concern, by=priya, at=TUESDAY)

    named = adults.name_alleged_source(concern, words="A man in a red van", by=priya, at=TUESDAY)

    assert named.person is None and not Relationship.objects.filter(risk_to=True).exists()


def test_the_adult_is_not_named_as_a_source_of_harm(concern: Concern, joan: Person, priya: Actor) -> None:
    with pytest.raises(NotThemselves, match="self-neglect"):
        adults.name_alleged_source(concern, person=joan, by=priya, at=TUESDAY)


def test_only_a_manager_ends_a_risk_link_and_with_reasons(
    concern: Concern, kevin: Person, priya: Actor, amara: Actor, desmond: Actor
) -> None:
    link = Relationship.objects.get(other=kevin)
    for actor in (priya, amara):
        with pytest.raises(NotAllowed):
            adults.end_risk_to(link, reasons="He moved.", by=actor, at=TUESDAY)
    with pytest.raises(AnswerNeeded):
        adults.end_risk_to(link, reasons=" ", by=desmond, at=TUESDAY)

    adults.end_risk_to(link, reasons="He lives abroad now.", by=desmond, at=TUESDAY)

    with pytest.raises(AlreadyEnded):
        adults.end_risk_to(link, reasons="Again.", by=desmond, at=TUESDAY)


def test_a_worker_of_another_team_records_nothing(
    concern: Concern, other_team_worker: Actor, elsewhere_worker: Actor
) -> None:
    for actor in (other_team_worker, elsewhere_worker):
        with pytest.raises(NotAllowed):
            adults.record_hearing(concern, heard=True, words="Hello.", by=actor, at=TUESDAY)
        with pytest.raises(NotAllowed):
            adults.record_types(concern, types=["neglect"], by=actor, at=TUESDAY)
