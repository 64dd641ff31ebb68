"""Who has looked: everything is there, with why; nobody sees it whose it is not; the copy gives away no formula."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import openpyxl
import pypdf
import pytest
from django.apps import apps
from django.utils import timezone

from haven.casework.access.models import Authority, CaseRelationship, Conflict
from haven.casework.cases.casework import involve
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.desk.sheets import guarded
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.casework.watch.looks import followed_case, followed_person, report_of
from haven.casework.watch.tests.looks import looked
from haven.project.testing.people import FRIDAY, TUESDAY, actor_of_user, make_case, make_user

HOUR = timedelta(hours=1)


@pytest.fixture
def samira(authority: Authority) -> Actor:
    """The guardian."""
    return actor_of_user(make_user("Samira Example", authority, "information_governance_officer"))


def lines(report: Any) -> list[tuple[str, str, str, int]]:
    """Reader, page, why and number of times of every stretch."""
    return [(r.name, each.page, each.why, len(each.times)) for r in report.readers for each in r.stretches]


# What it says


def test_it_gathers_looks_at_the_person_their_cases_and_reports(
    concern: Any, joan: Person, amara: Actor, other_team_worker: Actor, authority: Authority
) -> None:
    case, report = concern.case, Contact.objects.get(pk=concern.contact_id)
    looked(amara, "report", report, at=FRIDAY, reason=f"triage of {report.reference}")
    looked(amara, "case", case, joan, at=FRIDAY + 2 * HOUR)
    looked(amara, "case", case, joan, at=FRIDAY + 2 * HOUR + timedelta(minutes=5))
    looked(other_team_worker, "search", joan, at=TUESDAY)

    found = report_of(followed_person(joan, [authority.pk]))
    assert found.looks == 4
    assert [reader.name for reader in found.readers] == ["Wren Ellis", "Amara Okafor"]
    assert ("Wren Ellis", "A search", "No tie recorded", 1) in lines(found)
    assert ("Amara Okafor", "The case page", "Of the case’s team", 2) in lines(found)
    assert any(
        why.startswith(f"Triage of {report.reference}") for _, page, why, _ in lines(found) if page == "A report"
    )


def test_why_is_what_they_were_at_the_time_and_the_role_is_that_of_the_day(
    case: Case, joan: Person, priya: Actor, desmond: Actor, other_team_worker: Actor, authority: Authority
) -> None:
    given = {"case": case, "user_id": other_team_worker.id, "authority": authority, "kind": "break_glass"}
    CaseRelationship.objects.create(from_at=TUESDAY, until_at=TUESDAY + 4 * HOUR, **given)
    looked(other_team_worker, "case", case, joan, at=TUESDAY + HOUR, reason="immediate_danger")
    looked(other_team_worker, "case", case, joan, at=TUESDAY + 5 * HOUR)
    for who in (priya, desmond):
        looked(who, "case", case, joan, at=TUESDAY)

    found = report_of(followed_case(case))
    whys = {(name, why) for name, _, why, _ in lines(found)}
    assert whys == {
        ("Priya Nair", "Allocated worker"), ("Desmond Clarke", "Accountable manager"),
        ("Wren Ellis", "Immediate_danger; Opened in an emergency"), ("Wren Ellis", "No tie recorded"),
    }  # fmt: skip
    assert {reader.roles for reader in found.readers} == {"Social worker", "Safeguarding manager"}


def test_looks_of_those_who_told_us_are_counted_and_not_listed(
    case: Case, joan: Person, neighbour: Actor, authority: Authority
) -> None:
    looked(neighbour, "public-receipt", case, joan, at=TUESDAY)
    found = report_of(followed_person(joan, [authority.pk]))

    assert (found.readers, found.looks, found.elsewhere) == ([], 0, 1)


# The page


def test_nothing_is_filtered_unless_asked_for_and_reading_it_is_a_look_itself(
    case: Case, joan: Person, priya: Actor, desmond: Actor, samira: Actor, sign_in: Any, shown: Any
) -> None:
    looked(priya, "case", case, joan, at=timezone.now() - timedelta(days=500))
    looked(desmond, "case", case, joan, at=timezone.now() - HOUR)
    browser, path = sign_in(samira), f"/people/{joan.pk}/looks"
    page = browser.get(path).content.decode()
    assert "2 looks by 2 members of staff." in page
    recent = browser.get(path, {"period": "30"}).content.decode()
    assert "1 of" not in recent
    assert "of 3 in all" in recent
    assert "Priya Nair</h2>" not in recent
    assert "Priya Nair</h2>" in browser.get(path, {"reader": str(priya.id)}).content.decode()
    assert browser.get(path, {"reader": "nonsense", "period": "7"}).status_code == 200

    read = apps.get_model("events", "Read").objects.filter(route="person-looks", actor_id=samira.id)
    assert read.count() == 4
    assert {("person", joan.pk), ("case", case.pk)} <= shown()


def test_the_accountable_manager_follows_their_own_case_and_nothing_else(
    case: Case, joan: Person, desmond: Actor, priya: Actor, grace: Actor, samira: Actor, sign_in: Any
) -> None:
    path = f"/cases/{case.reference}/looks"
    assert sign_in(desmond).get(path).status_code == 200
    assert sign_in(samira).get(path).status_code == 200
    for other in (priya, grace):
        assert sign_in(other).get(path).status_code == 404
    for other in (priya, grace, desmond):
        assert sign_in(other).get(f"/people/{joan.pk}/looks").status_code == 404


def test_whoever_has_a_conflict_of_interest_follows_nothing_of_it(
    case: Case, joan: Person, kevin: Person, desmond: Actor, samira: Actor, authority: Authority, sign_in: Any
) -> None:
    involve(case, role="alleged_source", person=kevin, standing="alleged", at=FRIDAY)
    for who in (desmond, samira):
        facts = {"ground": "related", "from_at": FRIDAY, "authority": authority, "person": kevin}
        Conflict.objects.create(user_id=who.user_id, **facts)
        assert sign_in(who).get(f"/cases/{case.reference}/looks").status_code == 404
    assert sign_in(samira).get(f"/people/{kevin.pk}/looks").status_code == 404
    assert case.reference not in sign_in(samira).get(f"/people/{joan.pk}/looks").content.decode()
    assert sign_in(samira).post("/guardian/looks", {"reference": case.reference}).status_code == 422


def test_a_guardian_follows_only_the_records_of_their_own_authority(
    case: Case, joan: Person, elsewhere: Authority, sign_in: Any
) -> None:
    other = actor_of_user(make_user("Odette Far", elsewhere, "information_governance_officer"))
    browser = sign_in(other)

    assert browser.get(f"/cases/{case.reference}/looks").status_code == 404
    assert browser.get(f"/people/{joan.pk}/looks").status_code == 404
    assert browser.post("/guardian/looks", {"reference": case.reference}).status_code == 422


def test_a_reference_leads_to_the_looks_of_its_case_or_of_the_person_reported(
    case: Case, joan: Person, report: Contact, samira: Actor, sign_in: Any
) -> None:
    report.adults.update(person=joan)
    browser = sign_in(samira)

    answer = browser.post("/guardian/looks", {"reference": f" {case.reference.lower()} "})
    assert answer.url == f"/cases/{case.reference}/looks"
    assert browser.post("/guardian/looks", {"reference": report.reference}).url == f"/people/{joan.pk}/looks"
    assert browser.post("/guardian/looks", {"reference": "AS-0000-0000"}).status_code == 422


def test_the_guardian_follows_a_sealed_case_too(
    case: Case, priya: Actor, joan: Person, samira: Actor, sign_in: Any
) -> None:
    Case.objects.filter(pk=case.pk).update(restriction="sealed")
    looked(priya, "case", case, joan, at=TUESDAY)

    assert "Priya Nair" in sign_in(samira).get(f"/cases/{case.reference}/looks").content.decode()


# The copy for the person


def copied(browser: Any, person: Person, **query: str) -> Any:
    return browser.get(f"/people/{person.pk}/looks/copy", query)


@pytest.fixture
def danger(case: Case, joan: Person, authority: Authority, teams: Any) -> Actor:
    """Somebody whose name a spreadsheet would take for a formula."""
    reader = actor_of_user(make_user('=HYPERLINK("x") Nair', authority, "practitioner", team=teams.north))
    looked(reader, "case", case, joan, at=TUESDAY)
    return reader


def test_a_copy_names_no_staff_unless_chosen_and_the_choice_is_in_the_read_record(
    case: Case, joan: Person, priya: Actor, samira: Actor, sign_in: Any
) -> None:
    looked(priya, "case", case, joan, at=TUESDAY)
    browser = sign_in(samira)
    plain = copied(browser, joan, **{"as": "csv"}).content.decode()
    named = copied(browser, joan, **{"as": "csv", "staff": "named"}).content.decode()

    assert "Priya" not in plain
    assert "Member of staff 1" in plain
    assert "Social worker" in plain
    assert "Priya Nair" in named
    reasons = apps.get_model("events", "Read").objects.filter(route="looks-copy").values_list("reason", flat=True)
    assert set(reasons) == {"copy for the person, staff named", "copy for the person, staff not named"}


def test_no_cell_of_a_copy_is_a_formula(joan: Person, danger: Actor, samira: Actor, sign_in: Any) -> None:
    browser = sign_in(samira)
    text = copied(browser, joan, **{"as": "csv", "staff": "named"}).content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text)):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    book = openpyxl.load_workbook(
        io.BytesIO(copied(browser, joan, **{"as": "xlsx", "staff": "named"}).content), data_only=False
    )
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(str(cell.value).startswith("=") for cell in cells)


@pytest.mark.parametrize(
    ("given", "safe"),
    [("=1+1", "'=1+1"), ("+44", "'+44"), ("@x", "'@x"), ("\t=1", "'\t=1"), ("  =1", "'  =1"), ("9 Mar", "9 Mar")],
)
def test_what_could_be_a_formula_stands_behind_an_apostrophe(given: str, safe: str) -> None:
    assert guarded(given) == safe


def test_the_pdf_is_tagged_and_says_when_by_whom_and_why(
    case: Case, joan: Person, priya: Actor, samira: Actor, sign_in: Any
) -> None:
    looked(priya, "case", case, joan, at=TUESDAY)
    answer = copied(sign_in(samira), joan)
    pdf = pypdf.PdfReader(io.BytesIO(answer.content))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())

    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"].startswith("en")
    for said in ("Who has looked at the record", "Joan Whitlock", "Tue 10 Mar 2026", "10:00", "Allocated worker"):
        assert said in text
    assert "Priya" not in text
    assert "Joan" not in answer["Content-Disposition"]


def test_a_copy_is_only_for_the_guardian(joan: Person, case: Case, desmond: Actor, samira: Actor, sign_in: Any) -> None:
    assert copied(sign_in(desmond), joan).status_code == 404
    assert copied(sign_in(samira), joan, **{"as": "exe"}).status_code == 404


# One's own looks


def test_everybody_sees_what_was_written_down_of_their_own_looks_and_of_nobody_elses(
    case: Case, joan: Person, priya: Actor, desmond: Actor, sign_in: Any
) -> None:
    now = timezone.now()
    looked(priya, "case", case, joan, at=now - HOUR)
    looked(priya, "search", joan, at=now - 2 * HOUR)
    looked(priya, "person", joan, at=now - timedelta(days=31))
    looked(desmond, "case-timeline", case, joan, at=now - HOUR)
    page = sign_in(priya).get("/my-looks").content.decode()

    assert "wrote down 2 of yours" in page
    assert case.reference in page
    assert "Joan" not in page
    assert "timeline" not in page.lower()


def test_what_one_may_no_longer_see_has_no_name_among_ones_own_looks(
    case: Case, authority: Authority, teams: Any, joan: Person, priya: Actor, sign_in: Any
) -> None:
    sealed = make_case(authority, teams.north, joan)
    looked(priya, "case", sealed, joan, at=timezone.now() - HOUR)
    Case.objects.filter(pk=sealed.pk).update(restriction="sealed")
    page = sign_in(priya).get("/my-looks").content.decode()

    assert sealed.reference not in page
    assert "one you no longer see" in page


def test_a_case_kept_by_a_conflict_does_not_name_itself_there_either(
    case: Case, joan: Person, priya: Actor, authority: Authority, sign_in: Any
) -> None:
    looked(priya, "case", case, joan, at=timezone.now() - HOUR)
    facts = {"ground": "related", "from_at": FRIDAY, "authority": authority, "person": joan}
    Conflict.objects.create(user_id=priya.user_id, **facts)

    assert case.reference not in sign_in(priya).get("/my-looks").content.decode()


def test_somebody_whose_account_has_roles_no_more_keeps_their_place_in_the_report(
    case: Case, joan: Person, priya: Actor, authority: Authority
) -> None:
    looked(replace(priya), "case", case, joan, at=TUESDAY.replace(year=2014))

    assert [reader.roles for reader in report_of(followed_case(case)).readers] == ["No role then"]


def test_a_look_by_somebody_of_another_authority_is_in_the_report(
    case: Case, joan: Person, elsewhere_worker: Actor, samira: Actor, sign_in: Any
) -> None:
    looked(elsewhere_worker, "case", case, joan, at=TUESDAY)

    for path in (f"/cases/{case.reference}/looks", f"/people/{joan.pk}/looks"):
        page = sign_in(samira).get(path).content.decode()
        assert "Idris Rahman" in page
        assert "No tie recorded" in page
