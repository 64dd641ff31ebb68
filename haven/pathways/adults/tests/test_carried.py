"""What a report tells is carried to its concern when it is taken on: nothing is asked twice (PR-16)."""

from typing import Any

import pytest
from django.urls import reverse

from haven.casework.access.models import Authority
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.casework.people.recording import set_safe_contact
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern
from haven.pathways.adults.operations.report import NeedsSecondPerson
from haven.project.testing.people import TUESDAY, Teams, make_report

pytestmark = pytest.mark.django_db

SISTER = {
    "types": ["neglect", "physical"], "source_of_risk": "service_provider", "location": "care_home",
    "adult_knows": "yes", "adult_view": "I want to go home.", "agrees": "no", "alleged": "The night carer",
    "safe_contact": "Ask for her niece, after 6.", "unsafe_ways": ["voicemail", "post"],
}  # fmt: skip
TOM = {
    "about": "someone", "words": "I hear shouting.", "knows": "not_safe", "wants": "She wants the shouting to stop.",
    "reach_words": "At the day centre on Mondays.", "must_not_know": "Her son", "cause": "person",
    "cause_who": "Her son Mark", "cause_lives": "yes",
}  # fmt: skip


def professional(authority: Authority, by: Actor, **fields: Any) -> Contact:
    return make_report(authority, by, answers={"receipt": [], "fields": {**SISTER, **fields}}, children_present=False)


def public(authority: Authority, by: Actor, referrer: Any = None, **given: Any) -> Contact:
    more = {"referrer": referrer} if referrer else {}
    return make_report(authority, by, answers={"asked": [], "given": {**TOM, **given}}, children_present=False, **more)


def taken_on(contact: Contact, by: Actor, person: Person | None = None) -> Concern:
    adult = contact.adults.get()
    [concern] = adults.accept_report(contact, persons={adult.pk: person}, by=by, at=TUESDAY)
    return Concern.objects.select_related("case__person").get(pk=concern.pk)


def types_of(concern: Concern) -> dict[str, bool]:
    return dict(concern.case.harm_types.values_list("code", "primary"))


@pytest.mark.usefixtures("teams")
def test_what_the_ward_sister_chose_is_there_for_the_worker_to_confirm(
    authority: Authority, neighbour: Actor, amara: Actor
) -> None:
    concern = taken_on(professional(authority, neighbour), amara)

    assert types_of(concern) == {"neglect": False, "physical": False}
    assert list(concern.case.sources_of_risk.values_list("code", flat=True)) == ["service_provider"]
    assert (concern.location, concern.care_provider, concern.self_neglect) == ("care_home", True, False)
    assert (concern.adult_knows, concern.adult_wants, concern.adult_agrees) == ("yes", "I want to go home.", "no")
    assert concern.heard is None, "what somebody else says of the adult is not hearing them"


@pytest.mark.usefixtures("teams")
def test_one_type_alone_is_the_main_one(authority: Authority, neighbour: Actor, amara: Actor) -> None:
    concern = taken_on(professional(authority, neighbour, types=["self_neglect"], source_of_risk="self"), amara)

    assert types_of(concern) == {"self_neglect": True}
    assert concern.self_neglect


@pytest.mark.usefixtures("teams")
def test_how_to_reach_the_adult_safely_is_known_from_the_first_minute(
    authority: Authority, neighbour: Actor, amara: Actor
) -> None:
    safe = taken_on(professional(authority, neighbour), amara).case.person.safe_contact

    assert safe.how == "As reported, not confirmed: Ask for her niece, after 6."
    assert safe.warnings() == ["no post", "no voicemail"]


@pytest.mark.usefixtures("teams")
def test_a_neighbours_words_on_reaching_her_are_kept_and_the_public_picks_no_type(
    authority: Authority, neighbour: Actor, amara: Actor
) -> None:
    concern = taken_on(public(authority, neighbour), amara)

    safe = concern.case.person.safe_contact
    assert safe.how == "As reported, not confirmed: At the day centre on Mondays."
    assert (safe.who_must_not_know, safe.warnings()) == ("Her son", [])
    assert (concern.adult_knows, concern.adult_wants) == ("no", ""), "a neighbour's words are not the adult's"
    assert types_of(concern) == {}


@pytest.mark.usefixtures("teams")
def test_somebody_who_tells_of_themselves_is_reached_in_no_way_they_did_not_tick(
    authority: Authority, neighbour: Actor, amara: Actor
) -> None:
    concern = taken_on(public(authority, neighbour, about="me", safe_ways=["text"]), amara)

    warnings = concern.case.person.safe_contact.warnings()
    assert warnings == ["do not ring", "no post", "no voicemail", "no e-mail"]
    assert concern.adult_knows == "yes"


def test_safe_contact_already_known_of_a_person_stands(
    authority: Authority, neighbour: Actor, amara: Actor, joan: Person, teams: Teams
) -> None:
    set_safe_contact(joan, authority_id=authority.pk, how="Only through Priya.")

    concern = taken_on(professional(authority, neighbour), amara, joan)

    assert concern.case.person.safe_contact.how == "Only through Priya."


@pytest.mark.usefixtures("teams")
def test_words_of_somebody_who_must_not_be_named_are_not_carried(
    authority: Authority, neighbour: Actor, amara: Actor
) -> None:
    inside = {"name": "Tom", "source_code": "neighbour", "identity": "inside"}

    concern = taken_on(public(authority, neighbour, inside), amara)

    assert (concern.adult_knows, concern.adult_wants) == ("no", "")


@pytest.mark.usefixtures("teams")
def test_of_several_adults_each_is_asked_for_a_view_of_their_own(
    authority: Authority, neighbour: Actor, amara: Actor
) -> None:
    two = [{"given_name": "Joan"}, {"given_name": "Ivy"}]
    contact = make_report(authority, neighbour, answers={"fields": SISTER}, adults=two, children_present=False)

    concerns = adults.accept_report(contact, by=amara, at=TUESDAY)

    assert [concern.adult_wants for concern in concerns] == ["", ""]
    assert [set(types_of(concern)) for concern in concerns] == [{"neglect", "physical"}] * 2


@pytest.mark.usefixtures("teams")
def test_the_pages_of_the_concern_begin_with_what_the_report_said(
    authority: Authority, neighbour: Actor, amara: Actor, sign_in: Any
) -> None:
    concern = taken_on(professional(authority, neighbour, alleged="Her son Mark"), amara)
    browser, where = sign_in(amara), [concern.case.reference]

    named = browser.get(reverse("name-alleged-source", args=where)).context["form"].initial
    assert (named["who"], named["words"]) == ("described", "Her son Mark")
    heard = browser.get(reverse("record-hearing", args=where)).context["form"].initial
    assert (heard["knows"], heard["wants"]) == ("yes", "I want to go home.")
    weighed = browser.get(reverse("answer-limbs", args=where)).context["form"].initial
    assert weighed["wants"] == "I want to go home."


@pytest.mark.usefixtures("teams")
def test_once_somebody_is_named_as_alleged_source_the_report_is_not_offered_again(
    authority: Authority, neighbour: Actor, amara: Actor, sign_in: Any
) -> None:
    concern = taken_on(public(authority, neighbour), amara)
    adults.name_alleged_source(concern, words="Her son Mark", by=amara, at=TUESDAY)

    page = sign_in(amara).get(reverse("name-alleged-source", args=[concern.case.reference]))

    assert "words" not in page.context["form"].initial


@pytest.mark.parametrize("fields", [{"source_of_risk": "service_provider"}, {"types": ["self_neglect"]}])
def test_a_report_that_names_a_care_provider_or_self_neglect_is_not_declined_by_one_person(
    authority: Authority, neighbour: Actor, amara: Actor, fields: dict[str, Any]
) -> None:
    plain = {"types": [], "source_of_risk": "", "location": "own_home"}
    contact = professional(authority, neighbour, **{**plain, **fields})

    with pytest.raises(NeedsSecondPerson, match="two people decide it"):
        adults.refuse_report(contact, reasons="Nothing in it.", by=amara, at=TUESDAY)
