"""A record that somebody may not see answers as one that does not exist, on every address, by every method (TR-03)."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from haven.casework.access.models import Authority, Membership
from haven.casework.cases.models import Case
from haven.casework.cases.operations import add_case_note
from haven.casework.contacts.models import Contact
from haven.casework.documents.keeping import keep_document
from haven.casework.operations.actor import Actor
from haven.lib.ids import uuid7
from haven.pathways.adults.models import Concern
from haven.project.management.commands.routes import routes
from haven.project.testing.people import TUESDAY, make_user

NOBODYS = {"case": "AS-2222-2222", "report": "C-2222-2222"}
STAFF = [route for route in routes() if "public" not in route["roles"] and "<" in route["path"]]
OF_A_REPORT = [route["path"] for route in STAFF if route["path"].startswith("/reports/")]
OF_A_CASE = [route["path"] for route in STAFF if route["path"].startswith(("/cases/", "/adults/"))]


def address(path: str, reference: str, pk: UUID) -> str:
    """The address of this record: its reference, the id of what belongs to it, any line of who else must know."""
    filled = re.sub(r"<uuid:\w+>", str(pk), path.replace("<str:reference>", reference))
    filled = re.sub(r"<slug:\w+>", "police", re.sub(r"<int:\w+>", "1", filled))
    assert "<" not in filled
    return filled


def told(browser: Any, method: str, where: str) -> tuple[int, str]:
    """The status and the words of an answer, without what differs from one answer to the next."""
    answer = getattr(browser, method)(where)
    return answer.status_code, re.sub(r'value="[^"]{36,}"', "", answer.content.decode())


@pytest.fixture
def learner(authority: Authority) -> Actor:
    """Wendy, who has an account and no part in cases."""
    user = make_user("Wendy Marsh", authority, "learning_officer")
    return Actor("user", user.pk, user.name)


def test_the_addresses_of_cases_and_reports_are_found() -> None:
    assert len(OF_A_CASE) > 35
    assert len(OF_A_REPORT) > 7
    assert "/cases/<str:reference>/notes/<uuid:pk>/correct" in OF_A_CASE


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("whose", ["other_team_worker", "elsewhere_worker", "bola", "learner"])
def test_a_case_that_somebody_may_not_see_is_not_there(
    request: pytest.FixtureRequest, sign_in: Any, concern: Concern, amara: Actor, method: str, whose: str, shown: Any
) -> None:
    browser = sign_in(request.getfixturevalue(whose))
    note = add_case_note(concern.case, how="call", happened_at=TUESDAY, words="Rang.", by=amara, at=timezone.now())

    for path in OF_A_CASE:
        theirs = told(browser, method, address(path, concern.case.reference, note.pk))
        nobodys = told(browser, method, address(path, NOBODYS["case"], uuid7()))
        assert theirs == nobodys, path
        assert theirs[0] in (404, 405), path
    assert not shown()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("whose", ["other_team_worker", "elsewhere_worker", "bola", "learner"])
def test_a_report_that_somebody_may_not_see_is_not_there(
    request: pytest.FixtureRequest, sign_in: Any, report: Contact, neighbour: Actor, method: str, whose: str,
    shown: Any, settings: Any, tmp_path: Any,
) -> None:  # fmt: skip
    settings.HAVEN_FILES = tmp_path
    browser = sign_in(request.getfixturevalue(whose))
    where = {"authority_id": report.authority_id, "contact_id": report.pk}
    kept = keep_document(ContentFile(b"A bruise.", name="note.txt"), by=neighbour, at=TUESDAY, **where)

    for path in OF_A_REPORT:
        theirs = told(browser, method, address(path, report.reference, kept.pk))
        nobodys = told(browser, method, address(path, NOBODYS["report"], uuid7()))
        assert theirs == nobodys, path
        assert theirs[0] in (404, 405), path
    assert not shown()


def test_a_file_is_not_opened_by_way_of_another_report(
    sign_in: Any, amara: Actor, report: Contact, concern: Concern, neighbour: Actor, settings: Any, tmp_path: Any
) -> None:
    settings.HAVEN_FILES = tmp_path
    where = {"authority_id": report.authority_id, "contact_id": uuid7()}
    kept = keep_document(ContentFile(b"A bruise.", name="note.txt"), by=neighbour, at=TUESDAY, **where)

    assert sign_in(amara).post(f"/reports/{report.reference}/files/{kept.pk}").status_code == 404


def test_somebody_not_signed_in_is_sent_to_sign_in_whether_or_not_the_record_exists(
    client: Any, concern: Concern
) -> None:
    for reference in (concern.case.reference, NOBODYS["case"]):
        answer = client.get(f"/cases/{reference}/")
        assert answer.status_code == 302
        assert answer.url == f"/accounts/login/?next=/cases/{reference}/"


@pytest.mark.parametrize("onward", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(authority: Authority, onward: str) -> None:
    user = make_user("Amara Okafor", authority, "duty_officer")
    user.set_password("a long enough pass phrase")
    user.save()
    typed = {"login": user.email, "password": "a long enough pass phrase", "next": onward}
    answer = Client().post("/accounts/login/", typed)

    assert answer.status_code == 302
    assert answer.url == "/"


def test_a_role_held_elsewhere_opens_no_case_here(
    sign_in: Any, concern: Concern, authority: Authority, elsewhere: Authority, teams: Any
) -> None:
    user = make_user("Ada Lowe", authority, "business_support", team=concern.case.team)
    Membership.objects.create(user=user, authority=elsewhere, role="practitioner", from_on=date(2015, 1, 1))
    browser = sign_in(Actor("user", user.pk, user.name))

    assert browser.get("/team").status_code == 200
    for page in ("", "timeline", "summary"):
        assert browser.get(f"/cases/{concern.case.reference}/{page}").status_code == 404


def test_a_team_holds_its_cases_for_those_of_it_who_do_casework(
    sign_in: Any, concern: Concern, authority: Authority
) -> None:
    user = make_user("Una Park", authority, "auditor", team=concern.case.team)
    browser = sign_in(Actor("user", user.pk, user.name))

    assert browser.get(f"/cases/{concern.case.reference}/").status_code == 404


def test_a_report_that_was_taken_on_opens_to_who_reads_its_case_and_not_to_the_desk(
    sign_in: Any, authority: Authority, desmond: Actor, concern: Concern
) -> None:
    user = make_user("Noor Aziz", authority, "duty_officer")
    noor, address = sign_in(Actor("user", user.pk, user.name)), f"/reports/{concern.contact.reference}/"
    assert noor.get(address).status_code == 200

    Case.objects.filter(pk=concern.case_id).update(awaits_duty=False, stage="enquiry", manager_id=desmond.id)

    assert sign_in(desmond).get(address).status_code == 200
    assert noor.get(address).status_code == 404
