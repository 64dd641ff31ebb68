"""Who may call the partner API: by a token in force, for what it was issued, at its own authority, of its own alone."""

import io
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone
from partners import CONCERN, JOB, System, make_system, with_

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.contacts.models import Contact
from haven.casework.documents.models import Document
from haven.casework.operations.actor import Actor
from haven.casework.partners.models import Partner, PartnerToken, Submission
from haven.casework.partners.operations.partners import end_partner, issue_token, revoke_token
from haven.casework.partners.tokens import count_use
from haven.casework.tasks.models import Task
from haven.pathways.adults.operations.report import refuse_report
from haven.project.testing.people import Teams


@pytest.fixture
def surgery(authority: Authority, teams: Teams) -> System:
    return make_system(authority)


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer haven_wrong", "Basic abc", "Bearer a b"])
def test_without_a_token_in_force_nothing_opens(surgery: System, header: str | None) -> None:
    headers = {"Authorization": header} if header else {}
    answer = Client().post("/api/v1/concerns", CONCERN, content_type="application/json", headers=headers)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_signed_in_worker_is_no_partner(surgery: System, amara: Actor, sign_in) -> None:
    answer = sign_in(amara).post("/api/v1/concerns", CONCERN, content_type="application/json")

    assert answer.status_code == 401


def test_a_token_that_is_over_or_revoked_or_of_a_closed_door_opens_nothing(surgery: System, linh: Actor) -> None:
    token = PartnerToken.objects.get()
    assert surgery.send().status_code == 201

    revoke_token(surgery.partner, token=token, by=linh, at=timezone.now())
    assert surgery.send().status_code == 401

    surgery.token = issue_token(surgery.partner, lasts=timedelta(microseconds=1), by=JOB, at=timezone.now())
    assert surgery.send().status_code == 401

    surgery.token = issue_token(surgery.partner, by=JOB, at=timezone.now())
    end_partner(surgery.partner, by=linh, at=timezone.now())
    assert surgery.send().status_code == 401


def test_rotating_leaves_the_earlier_token_a_week(surgery: System) -> None:
    earlier, now = PartnerToken.objects.get(), timezone.now()
    issue_token(surgery.partner, replaces=earlier, by=JOB, at=now)

    earlier.refresh_from_db()
    assert earlier.expires_at == now + timedelta(days=7)
    assert surgery.send().status_code == 201


def test_only_a_keyed_digest_of_a_token_is_kept(surgery: System) -> None:
    kept = PartnerToken.objects.get()

    assert surgery.token.endswith(kept.hint)
    assert surgery.token not in str(vars(kept))
    assert re.fullmatch("[0-9a-f]{64}", kept.digest)


def test_a_token_opens_only_what_it_was_issued_for(authority: Authority, teams: Teams) -> None:
    asks = make_system(authority, "Asks", "gp", "status")
    sends = make_system(authority, "Sends", "gp", "submit")
    reference = sends.send().json()["reference"]

    assert asks.send().status_code == 403
    assert sends.ask(reference).status_code == 403
    assert sends.attach(reference, io.BytesIO(b"Some words")).status_code == 403


def test_an_unknown_and_a_strange_reference_are_the_same_404(surgery: System, authority: Authority) -> None:
    police = make_system(authority, "Eastmere Police", "police")
    theirs = police.send().json()["reference"]

    answers = [surgery.ask(each) for each in (theirs, "C-0000-0000", "x" * 300, "%00")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert surgery.attach(theirs, io.BytesIO(b"Some words")).content == answers[0].content
    assert police.ask(theirs).status_code == 200


def test_of_another_authority_nothing_is_there(surgery: System, elsewhere: Authority) -> None:
    away = make_system(elsewhere, "Eastmere Surgery")
    theirs = away.send().json()["reference"]

    assert Contact.objects.get(reference=theirs).authority == elsewhere
    assert surgery.ask(theirs).status_code == 404


def test_the_database_shows_a_partner_its_own_rows_and_no_contact(surgery: System, authority: Authority) -> None:
    police = make_system(authority, "Eastmere Police", "police")
    police.send()
    reference = surgery.send().json()["reference"]

    wall.open_to_partner(authority.pk, surgery.partner.pk)

    assert list(Submission.objects.values_list("reference", flat=True)) == [reference]
    assert not Contact.objects.exists()


def test_the_hundred_and_first_request_of_a_second_is_asked_to_come_again(surgery: System) -> None:
    token, at = PartnerToken.objects.get(), timezone.now()
    counted = [count_use(token, at) for _ in range(101)]

    assert counted == [True] * 100 + [False]
    assert count_use(token, at + timedelta(seconds=1))


def test_too_often_is_429_with_when_to_come_again(surgery: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("haven.casework.partners.tokens.A_SECOND", 0)
    answer = surgery.send()

    assert answer.status_code == 429
    assert answer["Retry-After"] == "1"
    assert not Contact.objects.exists()


def test_a_file_is_kept_with_the_report_once(surgery: System) -> None:
    reference = surgery.send().json()["reference"]
    file = b"What the nurse wrote down."

    first = surgery.attach(reference, named(file), key="f-1")
    again = surgery.attach(reference, named(file), key="f-1")

    assert first.status_code == 201, first.content
    assert set(first.json()) == {"reference", "sha256", "bytes", "received_at"}
    assert first.content == again.content
    document = Document.objects.get()
    assert document.contact_id == Contact.objects.get(reference=reference).pk
    assert (document.size, document.source_label) == (len(file), "Eastmere Surgery")
    assert surgery.attach(reference, named(b"Other words."), key="f-1").status_code == 409


def named(content: bytes) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = "note.txt"
    return file


def test_a_file_of_no_kind_that_is_taken_is_kept_apart_until_somebody_decides(surgery: System) -> None:
    reference = surgery.send().json()["reference"]
    answer = surgery.attach(reference, named(b"\x00\x01\x02"))

    assert answer.status_code == 201
    assert Document.objects.get().state == Document.State.QUARANTINED


def test_an_empty_file_is_refused_with_what_to_do(surgery: System) -> None:
    answer = surgery.attach(surgery.send().json()["reference"], named(b""))

    assert answer.status_code == 422
    assert not Document.objects.exists()


def test_a_file_for_a_report_that_has_left_the_desk_waits_for_somebody(surgery: System, amara: Actor) -> None:
    reference = surgery.send().json()["reference"]
    contact = Contact.objects.get(reference=reference)
    surgery.attach(reference, named(b"At the desk."))
    assert not Task.objects.exists()

    Contact.objects.filter(pk=contact.pk).update(children_present=False)
    contact.refresh_from_db()
    refuse_report(contact, reasons="Help is in place.", by=amara, at=timezone.now())
    surgery.attach(reference, named(b"Another."))
    surgery.attach(reference, named(b"And another."))

    task = Task.objects.get()
    assert (task.kind, task.contact_id) == ("partner_file", contact.pk)
    assert "Whitlock" not in task.words


def test_the_command_prints_the_token_alone_and_lets_the_partner_in_once(authority: Authority, capsys) -> None:
    for source in ("police", None):
        call_command("issue_token", partner="Eastmere Police", authority="eastmere", source=source)
    first, second = capsys.readouterr().out.split()

    assert first != second
    assert Partner.objects.get().source_code == "police"
    assert PartnerToken.objects.count() == 2
    answer = Client().post(
        "/api/v1/concerns", CONCERN, content_type="application/json",
        headers={"Authorization": f"Bearer {second}", "Idempotency-Key": "1"},
    )  # fmt: skip
    assert answer.status_code == 201


def test_the_command_refuses_an_authority_or_a_source_it_does_not_know(authority: Authority) -> None:
    for facts in ({"authority": "nowhere"}, {"source": "neighbour"}, {"source": "spies"}):
        with pytest.raises(CommandError):
            call_command("issue_token", **{"partner": "X", "authority": "eastmere", "source": "gp", **facts})


def test_whatever_is_not_there_is_a_problem_and_never_a_page(surgery: System) -> None:
    for path, status in (("nothing", 404), ("concerns", 405), ("openapi.json/", 404)):
        answer = surgery.get(path)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_a_fault_of_ours_is_a_problem_that_says_it_was_not_received(
    surgery: System, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*args: object, **facts: object) -> None:
        raise ValueError("Whitlock")

    monkeypatch.setattr("haven.project.api.v1.send_concern", broken)
    answer = surgery.send()

    assert answer.status_code == 500
    assert "NOT received" in answer.json()["detail"]
    assert "Whitlock" not in answer.content.decode() + "".join(capfd.readouterr())


def test_nothing_of_it_is_kept_by_a_cache(surgery: System) -> None:
    answers = [surgery.send(), surgery.send(with_("colour", "x")), surgery.get("nothing")]

    assert all("no-store" in answer["Cache-Control"] for answer in answers)
