"""What the case page and the manager's board say of adult safeguarding (PR-28, PR-29)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock
from haven.casework.clocks.running import start
from haven.casework.contacts.models import FirstLook
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.lib.ids import uuid7
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern, Enquiry
from haven.pathways.adults.panels.board import board
from haven.pathways.adults.panels.glance import at_a_glance
from haven.pathways.adults.timescales import ALLOCATE_CONCERN
from haven.pathways.adults.views.standing import actions
from haven.project.testing.people import TUESDAY, make_report

LATER = TUESDAY + timedelta(days=100)


def afresh(case: Case) -> Case:
    """The case as another request reads it."""
    return Case.objects.get(pk=case.pk)


def block(actor: Actor, title: str, at: Any = TUESDAY) -> Any:
    return next(each for each in board(actor, at) if each.title == title)


def test_before_anybody_has_spoken_with_joan_the_page_says_so(concern: Concern, priya: Actor) -> None:
    said = at_a_glance(concern.case, priya)

    assert said["wants"] == "" and said["next"] == "The adult has not been heard yet"
    assert said["danger"] is True


def test_what_joan_wants_is_in_her_words_and_dated(concern: Concern, priya: Actor) -> None:
    adults.record_hearing(concern, heard=True, wants="I want my pension.", how="visit", by=priya, at=TUESDAY)
    said = at_a_glance(concern.case, priya)

    assert said["wants"] == "I want my pension."
    assert (said["wants_by"], said["wants_on"]) == ("said to Priya Nair", TUESDAY.date())


def test_a_police_hold_stands_first_until_it_is_lifted(concern: Concern, priya: Actor) -> None:
    hold = adults.set_police_hold(concern, words="Do not speak to Kevin.", officer="DC Rao", by=priya, at=TUESDAY)
    held = at_a_glance(afresh(concern.case), priya)["hold"]
    adults.lift_police_hold(hold, words="DC Rao agreed.", by=priya, at=TUESDAY)

    assert "Do not speak to Kevin." in held and "DC Rao" in held
    assert at_a_glance(afresh(concern.case), priya)["hold"] == ""


def test_a_hold_in_words_without_a_full_stop_still_reads_as_two_sentences(concern: Concern, priya: Actor) -> None:
    adults.set_police_hold(concern, words="Do not speak to Kevin", officer="DC Rao", by=priya, at=TUESDAY)

    assert at_a_glance(concern.case, priya)["hold"].startswith("Do not speak to Kevin. Set ")


def test_what_was_done_at_the_first_look_keeps_joan_safe_until_something_else_does(
    concern: Concern, priya: Actor, amara: Actor
) -> None:
    look = FirstLook(contact=concern.contact, safe_tonight="yes", urgency="today", words="Rang Tom.", at=TUESDAY)
    look.by_id = amara.id
    look.save(force_insert=True)

    assert at_a_glance(concern.case, priya)["safe"] == "Rang Tom. (first look, Amara Okafor)"


def test_one_tap_attempts_and_those_with_a_page_are_counted_together(
    concern: Concern, priya: Actor, sign_in: Any
) -> None:
    adults.record_attempt(concern.case, how="telephone", happened_at=TUESDAY, by=priya, at=TUESDAY)
    sign_in(priya).post(f"/cases/{concern.case.reference}/notes/tried")

    assert ("Tried, no answer", "2") in at_a_glance(afresh(concern.case), priya)["facts"]


def test_what_a_manager_sent_back_is_said_first_until_it_is_proposed_again(
    proposed: Enquiry, desmond: Actor, priya: Actor, sign_in: Any
) -> None:
    adults.send_back_conclusion(proposed, reasons="What of the car keys?", by=desmond, at=TUESDAY)
    case = afresh(proposed.case)
    page = sign_in(priya).get(f"/adults/{case.reference}/propose-conclusion/").content.decode()

    assert at_a_glance(case, priya)["next"] == "Sent back to the officer: What of the car keys?"
    assert "What of the car keys?" in page


def test_a_case_opened_again_still_says_what_risk_and_capacity_the_enquiry_before_found(
    closing: Enquiry, desmond: Actor, priya: Actor
) -> None:
    before = at_a_glance(afresh(closing.case), priya)
    adults.reopen_case(closing.case, reasons="A new worry.", kind="section_42", by=desmond, at=LATER)
    after = at_a_glance(afresh(closing.case), priya)

    assert after["risk"] == f"In the enquiry before this: {before['risk']}"
    assert after["capacity"] == before["capacity"]


def test_a_concern_nobody_has_is_on_the_board_with_its_team(concern: Concern, desmond: Actor) -> None:
    Clock.objects.of(ALLOCATE_CONCERN, case=concern.case).delete()
    start(ALLOCATE_CONCERN, authority_id=concern.authority_id, case=concern.case, at=TUESDAY, by=desmond)
    Case.objects.filter(pk=concern.case_id).update(worker=None)
    shown = block(desmond, "Concerns no worker has")

    assert shown.count == 1 and shown.rows[0]["cells"][3] == f"Nobody yet, {concern.case.team.name}"


def test_the_steps_offered_are_those_this_person_may_take(ready: Concern, priya: Actor, desmond: Actor) -> None:
    for_priya = {step.label: step for step in actions(ready.case, priya)}
    for_desmond = actions(afresh(ready.case), desmond)

    assert "Decide" not in for_priya and "Safe contact" in for_priya
    assert for_desmond[0].label == "Decide" and for_desmond[0].main
    assert all(step.url.startswith("/adults/") for step in for_desmond)


def test_the_case_page_of_another_team_gives_away_nothing(
    sign_in: Any, other_team_worker: Actor, priya: Actor, enquiry: Enquiry
) -> None:
    assert sign_in(priya).get(f"/cases/{enquiry.case.reference}/").status_code == 200
    assert sign_in(other_team_worker).get(f"/cases/{enquiry.case.reference}/").status_code == 404


def test_the_board_shows_what_is_proposed_to_the_manager(ready: Concern, desmond: Actor) -> None:
    shown = block(desmond, "Decisions waiting for me")

    assert shown.count == 1
    assert [cell if isinstance(cell, str) else cell["text"] for cell in shown.rows[0]][:3] == [
        ready.case.reference, ready.case.person.display_name, "Section 42 enquiry",
    ]  # fmt: skip


def test_a_second_view_waits_for_somebody_else(concern: Concern, desmond: Actor, grace: Actor, priya: Actor) -> None:
    Concern.objects.filter(pk=concern.pk).update(repeat=True)
    concern.refresh_from_db()
    adults.record_hearing(concern, heard=False, not_heard_because="unsafe", by=priya, at=TUESDAY)
    no = ("no", "None.")
    adults.answer_limbs(concern, needs=no, abuse=no, protect=no, by=priya, at=TUESDAY)
    given = {"outcome": "not_an_enquiry", "reasons": "None.", "destination": "advice"}
    adults.decide_concern(concern, **given, by=desmond, at=TUESDAY)

    assert block(desmond, "Decisions waiting for me").count == 0
    assert block(grace, "Decisions waiting for me").rows[0][2] == "Second view on “not an enquiry”"


def test_an_enquiry_without_an_officer_and_one_over_ninety_days_are_shown(
    ready: Concern, desmond: Actor, priya: Actor
) -> None:
    adults.decide_concern(ready, outcome="section_42", reasons="Three yeses.", by=desmond, at=TUESDAY)

    assert block(desmond, "Section 42 decided, no officer").count == 1
    assert block(desmond, "Enquiries over 90 days").count == 0
    assert block(desmond, "Enquiries over 90 days", LATER).rows[0]["cells"][-1] == {
        "text": "no reason yet", "href": f"/adults/{ready.case.reference}/explain-delay/",
    }  # fmt: skip


def test_a_conclusion_waits_for_whoever_did_not_make_it(proposed: Enquiry, desmond: Actor, priya: Actor) -> None:
    assert block(desmond, "Conclusions to authorise").count == 1
    assert block(priya, "Conclusions to authorise").count == 0


def test_joan_not_told_is_on_the_board_until_she_is(closing: Enquiry, desmond: Actor, priya: Actor) -> None:
    before = block(desmond, "Adult not yet told").count
    adults.tell_adult(closing.case, told_at=LATER, how="in_person", by=priya, at=LATER)

    assert (before, block(desmond, "Adult not yet told").count) == (1, 0)


def test_the_board_shows_nothing_of_another_authority(ready: Concern, elsewhere_worker: Actor) -> None:
    assert [each.count for each in board(elsewhere_worker, TUESDAY)] == [0] * len(board(elsewhere_worker, TUESDAY))


@pytest.mark.parametrize("more", [0, 3])
def test_the_board_asks_as_much_of_the_database_however_much_waits(
    authority: Any, teams: Any, neighbour: Actor, amara: Actor, grace: Actor, joan: Person, more: int
) -> None:
    for _ in range(more):
        told = make_report(authority, neighbour, idempotency_key=str(uuid7()))
        adults.accept_report(told, persons={told.adults.get().pk: joan}, team=teams.north, by=amara, at=TUESDAY)
    with CaptureQueriesContext(connection) as asked:
        board(grace, LATER)

    assert len(asked) <= 6
