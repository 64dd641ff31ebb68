"""Search: who is found, by whom, and that a hidden record and none at all are answered in the same words."""

import re

import pytest

from haven.casework.desk.looking_up import asked_for
from haven.casework.people.recording import add_person
from haven.project.testing.people import FRIDAY, make_case, protect_addresses


def found(browser, **asked) -> str:
    answer = browser.post("/search", asked)
    assert answer.status_code == 200
    page = answer.content.decode()
    return page[page.index('id="found"') : page.index('aria-label="Search again"')]


def test_a_reference_goes_straight_to_the_case(case, priya, sign_in):
    answer = sign_in(priya).post("/search", {"q": f" {case.reference.lower().replace('-', '')} "})

    assert answer.url == f"/cases/{case.reference}/"


def test_a_reference_of_a_report_goes_to_the_report_for_duty(report, amara, sign_in):
    assert sign_in(amara).post("/search", {"q": report.reference}).url == f"/reports/{report.reference}/"


def test_a_name_nearly_right_finds_the_adult_and_is_written_down(case, joan, priya, sign_in, shown):
    assert "Joan Whitlock" in found(sign_in(priya), q="joan whitlok")
    assert shown() == {("person", joan.pk)}


@pytest.mark.parametrize("asked", ["Whitlock 2 5 1943", "02/05/1943", "1943-05-02", "zz1 4ar"])
def test_a_date_of_birth_or_a_postcode_may_be_typed_into_the_one_box(case, priya, sign_in, asked):
    assert "Joan Whitlock" in found(sign_in(priya), q=asked)


def test_what_may_not_be_seen_and_what_is_not_there_are_answered_alike(case, other_team_worker, sign_in, shown):
    browser = sign_in(other_team_worker)
    asked = ["Joan Whitlock", "Nobody Atall", case.reference, "AS-2222-2222"]

    answers = [found(browser, q=words) for words in asked]

    assert len(set(answers)) == 1
    assert "Nothing that you may open matches" in answers[0]
    assert not shown()


def test_duty_is_told_of_somebody_known_here_in_a_strip_and_whom_to_ring(case, amara, sign_in):
    page = found(sign_in(amara), q="Joan Whitlock")

    assert all(
        words in page for words in ("Joan Whitlock", "Known; ring to hear more", "Concern", "Priya Nair", "01632")
    )
    assert "/people/" not in page


def test_another_authority_gets_no_strip(case, elsewhere_worker, sign_in):
    assert "Nothing that you may open matches" in found(sign_in(elsewhere_worker), q="Joan Whitlock")


def test_a_sealed_case_gives_no_strip(case, amara, sign_in):
    type(case).objects.update(restriction="sealed")

    assert "Nothing that you may open matches" in found(sign_in(amara), q="Joan Whitlock")


def test_a_protected_postcode_finds_nobody(case, priya, sign_in):
    protect_addresses(case.person, by=priya)

    assert "Nothing that you may open matches" in found(sign_in(priya), q="ZZ1 4AR")


def test_an_nhs_number_finds_the_one_it_belongs_to(authority, teams, priya, sign_in):
    person = add_person(at=FRIDAY, given_name="Winston", family_name="Campbell", nhs_number="9434765919")
    make_case(authority, teams.north, person)

    assert "Winston Campbell" in found(sign_in(priya), q="943 476 5919")


def test_an_empty_search_says_what_to_type(priya, sign_in):
    answer = sign_in(priya).post("/search", {"q": " "})

    assert answer.status_code == 422
    assert "Type a name, a reference" in answer.content.decode()


def test_the_address_of_a_search_never_holds_what_was_typed(case, priya, sign_in):
    answer = sign_in(priya).post("/search", {"q": "Joan Whitlock"})

    assert answer.request["PATH_INFO"] == "/search"
    assert answer.request["QUERY_STRING"] == ""
    assert re.search(r"<title>[^<]*Joan", answer.content.decode()) is None


def test_the_one_box_is_taken_apart():
    asked = asked_for("Joan O'Shea zz1 4ar 2.5.1943", None, "")

    assert (asked.name, asked.postcode, f"{asked.date_of_birth}") == ("Joan O'Shea", "ZZ1 4AR", "1943-05-02")
    assert asked_for("31 2 1943", None, "").date_of_birth is None
