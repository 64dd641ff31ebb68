"""What becomes of a report."""

from datetime import date
from typing import Any

import pytest

from haven.casework.access.models import Authority
from haven.casework.clocks.models import Clock
from haven.casework.contacts.models import Contact
from haven.casework.contacts.operations import AlreadyDecided
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.models import Person
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern
from haven.pathways.adults.operations.answers import AnswerNeeded
from haven.pathways.adults.operations.report import ChildrenFirst, EarlierConcern, NoAdultChosen
from haven.pathways.adults.operations.telling import lines_to_tell
from haven.pathways.adults.timescales import ADULT_SPOKEN_TO, ALLOCATE_CONCERN, DECIDE_CONCERN, FIRST_REPLY
from haven.project.testing.people import FRIDAY, TUESDAY, Teams, make_report

TWO = [{"given_name": "Joan", "family_name": "Whitlock"}, {"description": "A man in the next room"}]


def test_a_report_about_two_adults_becomes_two_concerns_of_one_contact(
    authority: Authority, neighbour: Actor, teams: Teams, amara: Actor
) -> None:
    report = make_report(authority, neighbour, adults=TWO)

    concerns = adults.accept_report(report, by=amara, at=TUESDAY)

    assert [concern.contact_id for concern in concerns] == [report.pk, report.pk]
    assert len({concern.case.person_id for concern in concerns}) == 2
    assert concerns[1].case.person.description == "A man in the next room"
    assert concerns[0].case.team == teams.duty


def test_only_the_adults_chosen_are_taken_on(
    authority: Authority, neighbour: Actor, teams: Teams, amara: Actor
) -> None:
    report = make_report(authority, neighbour, adults=TWO)
    joan = report.adults.get(given_name="Joan")

    [concern] = adults.accept_report(report, adults=[joan.pk], by=amara, at=TUESDAY)

    assert concern.case.person.given_name == "Joan"


def test_a_report_is_not_taken_on_for_nobody(told: Contact, teams: Teams, amara: Actor) -> None:
    with pytest.raises(NoAdultChosen, match="at least one adult"):
        adults.accept_report(told, adults=[], by=amara, at=TUESDAY)


def test_the_clocks_run_from_when_the_authority_first_had_the_report(concern: Concern) -> None:
    clocks = Clock.objects.filter(case=concern.case, rule__in=[DECIDE_CONCERN.code, ADULT_SPOKEN_TO.code])

    assert {clock.started_at for clock in clocks} == {FRIDAY}
    assert Clock.objects.of(FIRST_REPLY, case=concern.case).running().exists()


def test_a_named_worker_stops_the_allocation_clock_and_a_team_does_not(
    told: Contact, teams: Teams, amara: Actor, concern: Concern, authority: Authority, neighbour: Actor
) -> None:
    [untouched] = adults.accept_report(make_report(authority, neighbour), team=teams.north, by=amara, at=TUESDAY)

    assert Clock.objects.of(ALLOCATE_CONCERN, case=untouched.case).running().exists()
    assert Clock.objects.of(ALLOCATE_CONCERN, case=concern.case).get().stopped_at == TUESDAY


def test_a_second_concern_about_the_same_adult_within_a_year_is_a_repeat(
    concern: Concern, authority: Authority, neighbour: Actor, joan: Person, amara: Actor
) -> None:
    again = make_report(authority, neighbour, received_at=TUESDAY)

    [second] = adults.accept_report(again, persons={again.adults.get().pk: joan}, by=amara, at=TUESDAY)

    assert second.repeat and not concern.repeat


def test_a_second_report_of_the_same_incident_joins_the_concern_and_its_sender_is_kept(
    concern: Concern, authority: Authority, neighbour: Actor, amara: Actor
) -> None:
    second = make_report(authority, neighbour, referrer={"name": "Ann", "source_code": "gp", "is_professional": True})

    adults.join_report(second, to=concern, reasons="The same evening.", by=amara, at=TUESDAY)

    assert Contact.objects.get(pk=second.pk).merged_into_id == concern.contact_id
    told_us = concern.case.involvements.filter(role="referrer").values_list("words", flat=True)
    assert sorted(told_us) == ["GP or practice", "Neighbour"]
    assert Concern.objects.count() == 1


def test_a_report_is_declined_with_reasons_by_a_named_person(told: Contact, amara: Actor) -> None:
    adults.refuse_report(told, reasons="A noise complaint.", advice="Ring housing.", by=amara, at=TUESDAY)

    assert told.state == "refused"
    with pytest.raises(AlreadyDecided):
        adults.accept_report(told, by=amara, at=TUESDAY)


def test_a_report_is_not_declined_while_children_may_be_affected(
    authority: Authority, neighbour: Actor, amara: Actor
) -> None:
    report = make_report(authority, neighbour, children_present=True)
    with pytest.raises(ChildrenFirst, match="children's services"):
        adults.refuse_report(report, reasons="Not a concern.", by=amara, at=TUESDAY)

    adults.tell_also(report, line="childrens_mash", told_at=TUESDAY, reference="CM-1", by=amara, at=TUESDAY)
    adults.refuse_report(report, reasons="Not a concern.", by=amara, at=TUESDAY)

    assert report.state == "refused"


def test_a_report_about_an_adult_with_an_earlier_concern_is_not_declined_at_the_desk(
    concern: Concern, authority: Authority, neighbour: Actor, joan: Person, amara: Actor
) -> None:
    again = make_report(authority, neighbour, children_present=False, received_at=TUESDAY)
    again.adults.update(person=joan)

    with pytest.raises(EarlierConcern, match="Take it on"):
        adults.refuse_report(again, reasons="Heard it before.", by=amara, at=TUESDAY)


def test_a_social_worker_does_not_take_reports_on(told: Contact, priya: Actor, elsewhere_worker: Actor) -> None:
    for actor in (priya, elsewhere_worker, Actor.public(told.authority_id), Actor.job("a sweep")):
        with pytest.raises(NotAllowed):
            adults.accept_report(told, by=actor, at=TUESDAY)


def test_who_else_must_know_is_told_or_not_needed_and_never_both(concern: Concern, amara: Actor, priya: Actor) -> None:
    both = {"told_at": TUESDAY, "not_needed_because": "They know."}
    neither: dict[str, Any] = {}
    for answers in (both, neither):
        with pytest.raises(AnswerNeeded, match="one of the two"):
            adults.tell_also(concern, line="police", **answers, by=amara, at=TUESDAY)

    first = adults.tell_also(concern, line="police", told_at=TUESDAY, reference="CAD 1", by=priya, at=TUESDAY)
    second = adults.tell_also(concern, line="police", told_at=TUESDAY, reference="CAD 2", by=priya, at=TUESDAY)

    assert first.pk == second.pk and second.reference == "CAD 2"


@pytest.mark.parametrize(
    ("facts", "suggested"),
    [
        ({"children_present": False, "immediate_danger": "no"}, []),
        ({"children_present": True, "immediate_danger": "no"}, ["childrens_mash"]),
        ({"children_present": False, "immediate_danger": "yes"}, ["police", "ambulance_or_gp"]),
    ],
)
def test_the_lines_of_who_else_must_know_appear_from_the_answers(
    authority: Authority, neighbour: Actor, facts: dict[str, Any], suggested: list[str]
) -> None:
    report = make_report(authority, neighbour, **facts)

    assert [line.code for line in lines_to_tell(report)] == suggested


def test_an_adult_of_whom_only_a_description_is_known_is_enough(
    authority: Authority, neighbour: Actor, teams: Teams, amara: Actor
) -> None:
    report = make_report(authority, neighbour, adults=[{"whereabouts": "The bench by the canal", "age_estimate": 50}])

    [concern] = adults.accept_report(report, by=amara, at=TUESDAY)

    assert concern.case.person.display_name == "Not named"
    assert concern.case.person.age_on(date(2027, 1, 1)) == 51
