"""One concern from the report to the closed case, as it is lived."""

from datetime import timedelta

import pytest

from haven.casework.access.models import User
from haven.casework.clocks.models import Clock
from haven.casework.contacts.models import Contact
from haven.casework.contacts.operations import first_look
from haven.casework.events.recording import history
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern
from haven.pathways.adults.permissions import PERMISSIONS
from haven.project.testing.people import TUESDAY, Teams, make_report

YES = ("yes", "She needs daily help, and her nephew takes her pension.")
LATER = TUESDAY + timedelta(hours=2)


def test_a_concern_is_taken_on_decided_enquired_into_and_closed(
    authority, teams: Teams, joan: Person, amara: Actor, desmond: Actor, priya: Actor, grace: Actor, neighbour: Actor
) -> None:
    report = make_report(authority, neighbour, children_present=False)
    worker = User.objects.get(pk=priya.id)
    first_look(report, safe_tonight="yes", urgency="today", words="Rang Joan.", by=amara, at=TUESDAY)
    [concern] = adults.accept_report(
        report, persons={report.adults.get().pk: joan}, team=teams.north, by=amara, at=TUESDAY
    )
    case = concern.case
    adults.allocate_concern(concern, worker=worker, by=amara, at=TUESDAY)
    adults.record_hearing(
        concern, heard=True, words="I want my pension back.", knows="yes", agrees="yes", by=priya, at=TUESDAY
    )
    adults.record_types(
        concern,
        types=["financial", "psychological"],
        primary="financial",
        location="own_home",
        sources=["relative"],
        by=priya,
        at=TUESDAY,
    )
    assert adults.answer_limbs(concern, needs=YES, abuse=YES, protect=YES, by=priya, at=TUESDAY) == "section_42"
    enquiry = adults.decide_concern(concern, outcome="section_42", reasons="Three yeses.", by=desmond, at=TUESDAY)
    assert enquiry is not None and case.stage == "enquiry"
    adults.allocate_enquiry(enquiry, officer=worker, by=desmond, at=LATER)
    [wish] = adults.record_outcomes_asked(
        enquiry, asked="expressed", outcomes=["My pension is mine."], by=priya, at=LATER
    )
    adults.record_capacity(enquiry, capacity="no_doubt", difficulty="no", by=priya, at=LATER)
    adults.assess_risk(
        enquiry, assessment="identified_action", outcome="reduced", words="The bank was told.", by=priya, at=LATER
    )
    adults.rate_outcomes(enquiry, ratings={wish.pk: ("fully", "partly")}, by=priya, at=LATER)
    adults.propose_conclusion(enquiry, words="Her money is safe.", by=priya, at=LATER)
    adults.authorise_conclusion(enquiry, reasons="Well done.", by=desmond, at=LATER)
    adults.tell_adult(case, told_at=LATER, how="in_person", by=priya, at=LATER)
    adults.send_feedback(case, contact=report, level="receipt", how="telephone", by=priya, at=LATER)
    adults.close_case(case, reasons="She is safe.", how_to_come_back="Ring the council's number.", by=desmond, at=LATER)

    assert case.stage == "closed" and enquiry.achieved == "fully"
    assert not Clock.objects.for_cases([case]).running().exists()
    assert {event.type for event in history(case.pk)} >= {"adults.concern_decided", "adults.case_closed"}
    assert Contact.objects.get(pk=report.pk).state == "accepted"
    assert Concern.objects.section_42().get() == concern


def test_every_operation_has_a_permission_and_every_permission_an_operation() -> None:
    from_operations = {getattr(adults, name).permission for name in adults.__all__}

    assert from_operations == {f"adults.{name}" for name in adults.__all__}
    assert from_operations == {f"adults.{name}" for name in PERMISSIONS}


@pytest.mark.parametrize("name", adults.__all__)
def test_an_operation_says_what_it_does_in_plain_english(name: str) -> None:
    first = (getattr(adults, name).__doc__ or "").strip().split("\n")[0]

    assert first[0].isupper() and first.endswith((".", ")")) and len(first) > 20
