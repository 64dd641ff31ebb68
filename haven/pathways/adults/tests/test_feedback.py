"""Telling those who told us, and no more than each may know."""

from datetime import timedelta
from typing import Any

import pytest

from haven.casework.access.models import Authority
from haven.casework.clocks.models import Clock
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.letters.models import Letter
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.casework.people.recording import add_address, add_contact_point, add_person
from haven.casework.tasks.models import Task
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern, Enquiry, Feedback
from haven.pathways.adults.operations.answers import AnswerNeeded, NotInTheList
from haven.pathways.adults.operations.feedback import AdultFirst, NoSafeWay, NotTheirReport, TooMuch
from haven.pathways.adults.operations.levels import level_allowed
from haven.pathways.adults.timescales import FEEDBACK, FIRST_REPLY
from haven.project.testing.people import TUESDAY, Teams, make_report

LATER = TUESDAY + timedelta(days=5)
NURSE = {
    "name": "Ann Field", "role": "Nurse", "organisation": "Eastmere Surgery", "email": "ann@surgery.example",
    "telephone": "01632 960 200", "is_professional": True, "source_code": "community_nurse",
}  # fmt: skip


@pytest.fixture
def nurses(concern: Concern, authority: Authority, neighbour: Actor, amara: Actor) -> Contact:
    """A nurse's report about Joan, joined to the concern."""
    report = make_report(authority, neighbour, form="professional", referrer=NURSE)
    adults.join_report(report, to=concern, reasons="Same.", by=amara, at=TUESDAY)
    return report


def test_the_public_is_sent_a_receipt_with_no_fact_about_anyone(closing: Enquiry, told: Contact, priya: Actor) -> None:
    told.referrer.safe_ways, told.referrer.email = ["email"], "tom@example.org"

    sent = adults.send_feedback(closing.case, contact=told, level="receipt", by=priya, at=LATER)

    letter = Letter.objects.get(pk=sent.letter_id)
    for word in ("Joan", "Whitlock", "Kevin", "enquir", "adult", "safeguarding", closing.case.reference):
        assert word not in letter.subject + letter.body
    assert told.reference in letter.subject
    assert Delivery.objects.get(pk=sent.delivery_id).to_address == "tom@example.org"


def test_telling_stops_the_feedback_clock_and_the_first_reply(closing: Enquiry, told: Contact, priya: Actor) -> None:
    adults.send_feedback(closing.case, contact=told, level="receipt", how="telephone", by=priya, at=LATER)

    stopped = Clock.objects.filter(case=closing.case, rule__in=[FEEDBACK.code, FIRST_REPLY.code], stopped_at=LATER)
    assert stopped.count() == 2 and not Delivery.objects.exists()


def test_no_email_goes_without_the_referrers_yes(closing: Enquiry, told: Contact, priya: Actor) -> None:
    with pytest.raises(NoSafeWay):
        adults.send_feedback(closing.case, contact=told, level="receipt", how="email", by=priya, at=LATER)


@pytest.mark.parametrize(
    ("whose", "answers", "level"),
    [
        ("told", {}, "receipt"),
        ("told", {"checked": True}, "receipt"),
        ("told", {"ground": "keeps_adult_safe", "checked": True}, "receipt"),
        ("told", {"ground": "adult_agrees", "checked": True}, "outcome"),
        ("nurses", {}, "receipt"),
        ("nurses", {"ground": "keeps_adult_safe"}, "receipt"),
        ("nurses", {"checked": True}, "stage"),
        ("nurses", {"ground": "keeps_adult_safe", "checked": True}, "outcome"),
    ],
)
def test_how_much_somebody_may_be_told_depends_on_who_they_are(
    request: pytest.FixtureRequest, enquiry: Enquiry, nurses: Contact, whose: str, answers: dict[str, Any], level: str
) -> None:
    contact = request.getfixturevalue(whose)

    assert level_allowed(enquiry.case, contact, **answers).level == level


def test_more_than_is_allowed_is_refused_with_what_to_do(closing: Enquiry, told: Contact, priya: Actor) -> None:
    with pytest.raises(TooMuch, match="made sure who they are"):
        adults.send_feedback(closing.case, contact=told, level="stage", by=priya, at=LATER)


def test_the_adult_is_told_first(concern: Concern, nurses: Contact, priya: Actor) -> None:
    answers: dict[str, Any] = {"contact": nurses, "level": "stage", "checked": True}
    with pytest.raises(AdultFirst, match="Tell the adult first"):
        adults.send_feedback(concern.case, **answers, by=priya, at=LATER)

    adults.tell_adult(concern.case, because="unsafe", by=priya, at=LATER)

    assert adults.send_feedback(concern.case, **answers, by=priya, at=LATER).level == "stage"


def test_the_outcome_is_written_by_the_worker_for_this_reader(closing: Enquiry, nurses: Contact, priya: Actor) -> None:
    answers: dict[str, Any] = {"contact": nurses, "level": "outcome", "ground": "keeps_adult_safe", "checked": True}
    with pytest.raises(AnswerNeeded, match="in your own words"):
        adults.send_feedback(closing.case, **answers, by=priya, at=LATER)

    sent = adults.send_feedback(closing.case, words="Please watch her purse.", **answers, by=priya, at=LATER)

    assert "Please watch her purse." in Letter.objects.get(pk=sent.letter_id).body


def test_what_was_said_on_the_telephone_is_kept(closing: Enquiry, nurses: Contact, priya: Actor) -> None:
    sent = adults.send_feedback(
        closing.case, contact=nurses, level="outcome", ground="keeps_adult_safe", checked=True, how="telephone",
        words="Please watch her purse.", by=priya, at=LATER,
    )  # fmt: skip

    assert Feedback.objects.get(pk=sent.pk).words == "Please watch her purse."


def is_named_alleged(told: Contact, kevin: Person, authority: Authority, by: Actor) -> Person:
    return add_person(given_name="Tom", family_name="Baker", at=TUESDAY)


def shares_a_telephone(told: Contact, kevin: Person, authority: Authority, by: Actor) -> Person:
    add_contact_point(kevin, authority_id=authority.pk, kind="phone", value="+44 1632 960099", by=by, at=TUESDAY)
    return kevin


def shares_an_address(told: Contact, kevin: Person, authority: Authority, by: Actor) -> Person:
    tom = add_person(given_name="Tom", family_name="Baker", at=TUESDAY)
    for person in (tom, kevin):
        add_address(person, authority_id=authority.pk, lines="6 Almond Row", postcode="ZZ1 4AR", by=by, at=TUESDAY)
    return kevin


@pytest.mark.parametrize("tie", [is_named_alleged, shares_a_telephone, shares_an_address])
def test_a_referrer_who_is_or_is_close_to_the_alleged_source_gets_a_receipt_and_a_manager_is_asked(
    closing: Enquiry, told: Contact, kevin: Person, authority: Authority, priya: Actor, tie: Any
) -> None:
    adults.name_alleged_source(closing.case, person=tie(told, kevin, authority, priya), by=priya, at=LATER)
    with pytest.raises(TooMuch, match="Only a receipt"):
        adults.send_feedback(
            closing.case,
            contact=told,
            level="outcome",
            ground="adult_agrees",
            checked=True,
            words="x",
            by=priya,
            at=LATER,
        )

    adults.send_feedback(closing.case, contact=told, level="receipt", how="telephone", by=priya, at=LATER)

    assert Task.objects.filter(case=closing.case, kind="adults.feedback_limited").exists()


def test_while_a_police_hold_is_on_only_a_receipt_leaves(closing: Enquiry, nurses: Contact, priya: Actor) -> None:
    adults.set_police_hold(closing.case, words="Wait.", officer="DC Hall", by=priya, at=LATER)

    with pytest.raises(TooMuch, match="police hold"):
        adults.send_feedback(closing.case, contact=nurses, level="stage", checked=True, by=priya, at=LATER)


def test_feedback_is_held_back_with_a_reason_from_the_list(closing: Enquiry, told: Contact, priya: Actor) -> None:
    with pytest.raises(NotInTheList):
        adults.hold_feedback(closing.case, contact=told, because="", by=priya, at=LATER)

    adults.hold_feedback(closing.case, contact=told, because="no_safe_way", by=priya, at=LATER)

    assert Feedback.objects.settled().count() == 1


def test_feedback_goes_to_nobody_who_told_us_of_something_else(
    closing: Enquiry, authority: Authority, neighbour: Actor, teams: Teams, priya: Actor
) -> None:
    other = make_report(authority, neighbour)

    with pytest.raises(NotTheirReport):
        adults.send_feedback(closing.case, contact=other, level="receipt", by=priya, at=LATER)


def test_generated_feedback_is_kept_and_not_sent(closing: Enquiry, nurses: Contact, priya: Actor) -> None:
    sent = adults.send_feedback(
        closing.case, contact=nurses, level="stage", checked=True, not_sent="generated", by=priya, at=LATER
    )

    assert Delivery.objects.get(pk=sent.delivery_id).state == "not_sent"


@pytest.fixture
def own(authority: Authority, neighbour: Actor, joan: Person, teams: Teams, amara: Actor) -> Concern:
    """Joan's report about herself, taken on."""
    report = make_report(authority, neighbour, about="me", children_present=False)
    [concern] = adults.accept_report(report, persons={report.adults.get().pk: joan}, by=amara, at=TUESDAY)
    return concern


def test_an_adult_who_told_us_herself_is_answered_by_speaking_with_her(
    own: Concern, amara: Actor, desmond: Actor
) -> None:
    yes = ("yes", "So.")
    adults.record_hearing(own, heard=True, words="Help me.", by=amara, at=TUESDAY)
    adults.answer_limbs(own, needs=yes, abuse=yes, protect=yes, by=amara, at=TUESDAY)

    adults.decide_concern(own, outcome="section_42", reasons="Yes.", by=desmond, at=TUESDAY)

    assert Clock.objects.of(FIRST_REPLY, case=own.case).get().stopped_at == TUESDAY
    assert not Clock.objects.of(FEEDBACK, case=own.case).exists()


def test_no_clock_runs_for_somebody_who_wants_no_reply(
    authority: Authority, neighbour: Actor, teams: Teams, amara: Actor
) -> None:
    report = make_report(authority, neighbour, referrer={"name": "Tom Baker", "wants_feedback": False})

    [concern] = adults.accept_report(report, by=amara, at=TUESDAY)

    assert not Clock.objects.of(FIRST_REPLY, case=concern.case).exists()
