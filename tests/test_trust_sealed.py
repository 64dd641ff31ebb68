"""A restricted or sealed case shows to nobody but its named people, by whatever way it is asked for (TR-03, PR-05)."""

from typing import Any

import pytest

from haven.casework.cases.casework import involve
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.operations.operation import lock
from haven.casework.people.models import Flag, Person
from haven.casework.people.recording import add_flag, add_person
from haven.casework.tasks.doing import add_task
from haven.casework.tasks.models import Task
from haven.lib.calendar import day_of
from haven.pathways.adults.models import Concern
from haven.project.testing.people import FRIDAY, Teams, actor_of_user, make_report, make_user


def sealed(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(restriction="sealed")


def test_the_report_of_a_sealed_case_is_not_there_for_duty(sign_in: Any, amara: Any, concern: Concern) -> None:
    reference = concern.contact.reference
    browser = sign_in(amara)
    assert browser.get(f"/reports/{reference}/").status_code == 200

    sealed(concern.case)

    for page in ("", "copy", "accept", "join", "decline"):
        assert browser.get(f"/reports/{reference}/{page}").status_code == 404
    found = browser.post("/search", {"q": reference})
    assert found.status_code == 200
    assert "Nothing that you may open matches" in found.content.decode()


def test_the_manager_named_on_a_sealed_case_still_opens_its_report(
    sign_in: Any, desmond: Any, concern: Concern
) -> None:
    sealed(concern.case)
    assert not Contact.objects.visible_to(desmond).filter(pk=concern.contact_id).exists()

    Case.objects.filter(pk=concern.case_id).update(manager_id=desmond.id)

    assert sign_in(desmond).get(f"/reports/{concern.contact.reference}/").status_code == 200


def test_a_teams_overdue_task_on_a_sealed_case_is_not_on_the_board_of_another_manager(
    sign_in: Any, authority: Any, teams: Teams, case: Case, priya: Any
) -> None:
    words = "Ring the refuge"
    add_task(
        authority_id=authority.pk, kind="call", words=words, due_on=day_of(FRIDAY), at=FRIDAY, by=priya, case=case,
        team=teams.north,
    )  # fmt: skip
    nadia = actor_of_user(make_user("Nadia Haddad", authority, "manager", team=teams.north))
    assert words in sign_in(nadia).get("/board").content.decode()

    sealed(case)

    page = sign_in(nadia).get("/board").content.decode()
    assert words not in page
    assert case.reference not in page
    assert Task.objects.count() == 1


def test_a_report_shows_no_warnings_of_somebody_known_by_a_sealed_case_alone(
    sign_in: Any, amara: Any, authority: Any, neighbour: Any, joan: Person, case: Case
) -> None:
    add_flag(joan, authority_id=authority.pk, kind="visit_in_pairs", at=FRIDAY)
    named = {"given_name": "Joan", "family_name": "Whitlock", "date_of_birth": joan.date_of_birth}
    make_report(authority, neighbour, adults=[named])
    assert "visit in pairs" in sign_in(amara).get("/duty").content.decode()

    sealed(case)

    page = sign_in(amara).get("/duty").content.decode()
    assert "visit in pairs" not in page
    assert "no voicemail" not in page
    assert Flag.objects.count() == 1


def test_flags_of_another_authority_are_not_shown_beside_a_report(
    sign_in: Any, amara: Any, authority: Any, elsewhere: Any, neighbour: Any, joan: Person, case: Case
) -> None:
    add_flag(joan, authority_id=elsewhere.pk, kind="visit_in_pairs", at=FRIDAY)
    named = {"given_name": "Joan", "family_name": "Whitlock", "date_of_birth": joan.date_of_birth}
    make_report(authority, neighbour, adults=[named])

    assert "visit in pairs" not in sign_in(amara).get("/duty").content.decode()


def test_somebody_who_has_a_part_in_a_sealed_case_alone_is_not_offered_as_known(
    sign_in: Any, amara: Any, authority: Any, neighbour: Any, case: Case
) -> None:
    tom = add_person(at=FRIDAY, given_name="Tomasz", family_name="Zielinski")
    involve(case, role="alleged_source", person=tom, standing="alleged", at=FRIDAY)
    report = make_report(authority, neighbour, adults=[{"given_name": "Tomasz", "family_name": "Zielinski"}])
    address = f"/reports/{report.reference}/"
    assert "100%" in sign_in(amara).get(address).content.decode()

    sealed(case)

    assert "100%" not in sign_in(amara).get(address).content.decode()


def test_a_case_sealed_while_a_form_stood_open_refuses_its_answers(amara: Any, concern: Concern) -> None:
    held = Case.objects.get(pk=concern.case_id)
    sealed(held)
    lock(held)

    assert held.restriction == "sealed"
    assert not Case.objects.visible_to(amara).filter(pk=held.pk).exists()


@pytest.mark.parametrize("restriction", ["restricted", "sealed"])
def test_a_workers_load_does_not_count_what_the_reader_may_not_see(
    sign_in: Any, amara: Any, case: Case, concern: Concern, restriction: str
) -> None:
    Case.objects.filter(pk=case.pk).update(restriction=restriction)
    page = sign_in(amara).get(f"/adults/{concern.case.reference}/allocate-concern/")

    loads = {row[0]: row[2] for row in page.context["rows"]}
    assert loads["Priya Nair"] == 0
