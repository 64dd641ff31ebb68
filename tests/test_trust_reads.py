"""Every page writes down everybody, every case and every report it shows, whatever its answer (TR-06, B.1)."""

from typing import Any

from haven.casework.cases.casework import involve
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.people.models import Person
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern
from haven.project.testing.people import FRIDAY, TUESDAY, make_report


def test_the_duty_desk_writes_down_the_adult_and_the_report_of_a_case_it_shows(
    sign_in: Any, amara: Any, concern: Concern, shown: Any
) -> None:
    assert "Joan Whitlock" in sign_in(amara).get("/duty").content.decode()

    assert shown() == {
        ("case", concern.case_id), ("person", concern.case.person_id), ("contact", concern.contact_id),
    }  # fmt: skip


def test_the_board_writes_down_the_adults_it_names(sign_in: Any, grace: Any, concern: Concern, shown: Any) -> None:
    adults.record_hearing(concern, heard=False, not_heard_because="unsafe", by=grace, at=TUESDAY)
    page = sign_in(grace).get("/board").content.decode()

    assert "Joan Whitlock" in page
    assert {("case", concern.case_id), ("person", concern.case.person_id)} <= shown()


def test_the_case_page_writes_down_the_report_and_everybody_it_names(
    sign_in: Any, amara: Any, concern: Concern, kevin: Person, shown: Any
) -> None:
    involve(concern.case, role="alleged_source", person=kevin, standing="alleged", at=FRIDAY)
    everything = {
        ("case", concern.case_id), ("person", concern.case.person_id), ("person", kevin.pk),
        ("contact", concern.contact_id),
    }  # fmt: skip

    for page in ("", "timeline", "summary"):
        before = shown()
        assert "Kevin" in sign_in(amara).get(f"/cases/{concern.case.reference}/").content.decode()
        assert sign_in(amara).get(f"/cases/{concern.case.reference}/{page}").status_code == 200
        assert shown() | before == everything


def test_a_step_of_a_case_writes_down_the_report_and_the_alleged_source_it_names(
    sign_in: Any, amara: Any, concern: Concern, kevin: Person, shown: Any
) -> None:
    involve(concern.case, role="alleged_source", person=kevin, standing="alleged", at=FRIDAY)
    answer = sign_in(amara).post(f"/adults/{concern.case.reference}/record-crime/", {"answer": ""})

    assert answer.status_code == 422
    assert "Kevin Whitlock" in answer.content.decode()
    assert {("contact", concern.contact_id), ("person", kevin.pk), ("case", concern.case_id)} <= shown()


def test_the_person_page_writes_down_those_it_names_and_reports_not_taken_on(
    sign_in: Any, desmond: Any, case: Case, authority: Any, neighbour: Any, joan: Person, kevin: Person, shown: Any
) -> None:
    declined = make_report(authority, neighbour)
    declined.adults.update(person=joan)
    Contact.objects.filter(pk=declined.pk).update(state="refused")
    page = sign_in(desmond).get(f"/people/{joan.pk}/").content.decode()

    assert "Kevin Whitlock" in page
    assert declined.reference in page
    assert {("person", joan.pk), ("person", kevin.pk), ("contact", declined.pk), ("case", case.pk)} <= shown()


def test_cases_told_of_in_a_strip_are_written_down(
    sign_in: Any, amara: Any, authority: Any, neighbour: Any, joan: Person, case: Case, concern: Concern, shown: Any
) -> None:
    named = {"given_name": "Joan", "family_name": "Whitlock", "date_of_birth": joan.date_of_birth}
    again = make_report(authority, neighbour, adults=[named], received_at=TUESDAY)

    assert concern.case.reference in sign_in(amara).get(f"/reports/{again.reference}/").content.decode()
    assert {("contact", again.pk), ("person", joan.pk), ("case", concern.case_id)} <= shown()


def test_a_search_that_shows_a_strip_writes_down_its_case(
    sign_in: Any, amara: Any, case: Case, joan: Person, shown: Any
) -> None:
    assert "Known; ring to hear more" in sign_in(amara).post("/search", {"q": "Joan Whitlock"}).content.decode()

    assert shown() == {("person", joan.pk), ("case", case.pk)}


def test_a_report_that_was_taken_on_writes_down_the_case_it_names(
    sign_in: Any, amara: Any, concern: Concern, shown: Any
) -> None:
    assert concern.case.reference in sign_in(amara).get(f"/reports/{concern.contact.reference}/").content.decode()

    assert {("contact", concern.contact_id), ("case", concern.case_id)} <= shown()
