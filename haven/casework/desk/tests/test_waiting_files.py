"""Files that wait are on a page, with how many, since when and who decides; who decides is told when one is late."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from pytest_django import Settings

from haven.casework.access.models import Authority
from haven.casework.cases.models import Case
from haven.casework.contacts.messages import Message
from haven.casework.contacts.messaging import give_number, tell_more
from haven.casework.deliveries.models import Delivery
from haven.casework.desk.overdue import tell_of_overdue
from haven.casework.documents.keeping import keep_document
from haven.casework.documents.models import Document
from haven.casework.operations.actor import Actor
from haven.lib.ids import uuid7
from haven.project.testing.people import FRIDAY, TUESDAY, actor_of_user, make_report, make_user

HOSTILE = b"<html><script>x()</script></html>"
LATER = TUESDAY + timedelta(days=3)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Settings) -> Path:
    settings.HAVEN_FILES = tmp_path
    return tmp_path


def kept(by: Actor, authority: Authority, *, content: bytes = HOSTILE, at: datetime = FRIDAY, **about: Any) -> Document:
    upload = ContentFile(content, name="rota.html")
    return keep_document(upload, authority_id=authority.pk, quarantine=True, by=by, at=at, **about)


def text_of(page: Any) -> str:
    return " ".join(page.content.decode().split())


def test_a_file_kept_apart_held_or_not_scanned_is_counted_with_its_age_and_who_decides(
    authority: Authority, case: Case, priya: Actor, desmond: Actor, sign_in: Any, settings: Settings
) -> None:
    kept(priya, authority, case=case)
    kept(priya, authority, case=case, content=b"Joan is not eating.")
    settings.HAVEN_CLAMAV = "unix:/nowhere/clamd.ctl"
    kept(priya, authority, case=case, content=b"She is not drinking.")

    page = sign_in(desmond).get("/files")
    assert [(each.title, each.count, len(each.rows)) for each in page.context["lists"]] == [
        ("Kept apart", 1, 1), ("Held for the virus scan", 1, 1), ("Not scanned", 1, 1),
    ]  # fmt: skip
    assert all(each.oldest == FRIDAY for each in page.context["lists"])
    for said in ("web page", "Overdue", "A manager or the guardian decides", case.reference, "rota.html"):
        assert said in text_of(page)
    worker = sign_in(priya).get("/files")
    assert [each.count for each in worker.context["lists"]] == [1, 1, 1]
    assert not any(row.decide_href for each in worker.context["lists"] for row in each.rows)


def test_who_may_not_read_a_case_does_not_see_that_its_file_waits(
    authority: Authority, case: Case, priya: Actor, other_team_worker: Actor, elsewhere_worker: Actor, sign_in: Any
) -> None:
    document = kept(priya, authority, case=case)
    for stranger in (other_team_worker, elsewhere_worker):
        browser = sign_in(stranger)
        assert [each.count for each in browser.get("/files").context["lists"]] == [0, 0, 0]
        assert browser.get(f"/files/{document.pk}/").status_code == 404
        assert browser.post(f"/files/{document.pk}/", {"outcome": "release", "reasons": "x"}).status_code == 404
    assert Document.objects.get().state == Document.State.QUARANTINED


def test_files_of_a_sealed_case_are_counted_for_its_named_people_alone(
    authority: Authority, case: Case, priya: Actor, desmond: Actor, grace: Actor, sign_in: Any
) -> None:
    Case.objects.filter(pk=case.pk).update(restriction="sealed")
    kept(priya, authority, case=case)
    guardian = actor_of_user(make_user("Ines Guard", authority, "information_governance_officer"))

    counts = {who.name: sign_in(who).get("/files").context["lists"][0].count for who in (desmond, grace, guardian)}
    assert counts == {"Desmond Clarke": 1, "Grace Lim": 0, "Ines Guard": 0}


def test_a_guardian_decides_without_the_name_of_the_file_in_the_list(
    authority: Authority, case: Case, priya: Actor, sign_in: Any
) -> None:
    document = kept(priya, authority, case=case)
    guardian = sign_in(actor_of_user(make_user("Ines Guard", authority, "information_governance_officer")))
    assert "rota.html" not in text_of(guardian.get("/files"))

    released = guardian.post(f"/files/{document.pk}/", {"outcome": "release", "reasons": "A rota, as a web page."})
    assert released.status_code == 302
    document.refresh_from_db()
    assert (document.state, document.decided_reasons) == ("released", "A rota, as a web page.")
    assert [each.count for each in guardian.get("/files").context["lists"]] == [0, 0, 0]


def test_a_decision_needs_reasons_and_is_made_once(
    authority: Authority, case: Case, priya: Actor, desmond: Actor, sign_in: Any
) -> None:
    document, browser = kept(priya, authority, case=case), sign_in(desmond)
    where = f"/files/{document.pk}/"
    assert browser.post(where, {"outcome": "reject", "reasons": ""}).status_code == 422
    assert browser.post(where, {"outcome": "reject", "reasons": "Nobody we know."}).status_code == 302
    assert browser.post(where, {"outcome": "release", "reasons": "After all."}).status_code == 422
    assert "Nobody we know." in text_of(browser.get(where))
    assert Document.objects.get().state == "rejected"


def test_a_file_of_a_report_is_decided_at_the_desk_and_opened_in_a_safe_form(
    authority: Authority, neighbour: Actor, amara: Actor, desmond: Actor, sign_in: Any
) -> None:
    report = make_report(authority, neighbour)
    document = kept(neighbour, authority, contact_id=report.pk)
    where = f"/reports/{report.reference}/files/{document.pk}"
    duty = sign_in(amara)
    path = next(each for each in (where, f"{where}/") if duty.get(each).status_code == 200)
    for page in (duty.get(path), duty.post(path)):
        assert page.headers["Content-Type"].startswith("text/html")
        assert "Kept apart" in text_of(page)
        assert "script" not in text_of(page).partition("<main")[2].partition("</main")[0].replace("a script", "")

    sign_in(desmond).post(f"/files/{document.pk}/", {"outcome": "release", "reasons": "A rota."})
    assert "Released" in text_of(duty.get(path))
    opened = duty.post(path)
    assert opened.headers["Content-Type"] == "application/pdf"
    assert opened.headers["Content-Disposition"].startswith("attachment")
    assert opened.content.startswith(b"%PDF-")


def test_managers_are_told_once_that_files_and_messages_have_waited_too_long(
    authority: Authority, case: Case, priya: Actor, desmond: Actor, neighbour: Actor
) -> None:
    kept(priya, authority, case=case)
    report = make_report(authority, neighbour, referrer={"identity": "do_not_ask"})
    give_number(report, by=neighbour, at=FRIDAY)
    tell_more(report, words="They know me by my laugh.", key=uuid7(), by=neighbour, at=FRIDAY)
    Delivery.objects.all().delete()

    assert tell_of_overdue(FRIDAY + timedelta(minutes=5)) == 0
    assert tell_of_overdue(LATER) == 2
    assert tell_of_overdue(LATER) == 0

    sent = list(Delivery.objects.filter(purpose="waits_too_long"))
    assert {each.to_address for each in sent} >= {"desmond@example.org", "priya@example.org"}
    assert all(each.channel == "alert" for each in sent)
    for each in sent:
        for telling in ("Joan", "rota", "laugh", case.reference, report.reference):
            assert telling not in each.subject + each.body
    assert Message.objects.get().warned_at == Document.objects.get().warned_at == LATER


def test_of_a_sealed_case_its_named_people_alone_are_told(
    authority: Authority, case: Case, priya: Actor, desmond: Actor, grace: Actor
) -> None:
    Case.objects.filter(pk=case.pk).update(restriction="sealed")
    kept(priya, authority, case=case)
    assert tell_of_overdue(LATER) == 1

    told = set(Delivery.objects.filter(purpose="waits_too_long").values_list("to_address", flat=True))
    assert told == {"desmond@example.org", "priya@example.org"}


def test_what_nobody_could_be_told_of_is_told_when_somebody_can(authority: Authority, neighbour: Actor) -> None:
    report = make_report(authority, neighbour)
    kept(neighbour, authority, contact_id=report.pk)
    assert tell_of_overdue(LATER) == 0

    make_user("Desmond Clarke", authority, "manager")
    assert tell_of_overdue(LATER) == 1
