"""What leaves Haven leaves once, after the commit, and only where it is safe."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from haven.casework.access.models import Authority
from haven.casework.cases.models import Case
from haven.casework.deliveries import channels
from haven.casework.deliveries.carrying import WAITS, carry_out, carry_out_waiting
from haven.casework.deliveries.models import Delivery
from haven.casework.deliveries.sending import DeliveryRefused, send, settle
from haven.casework.people.models import Person, SafeContact
from haven.casework.tasks.models import Task

TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=ZoneInfo("Europe/London"))
WORDS: dict[str, Any] = {
    "channel": "email",
    "to_address": "tom@example.org",
    "subject": "Your message",
    "body": "Thank you.",
    "purpose": "feedback",
    "at": TUESDAY,
}


def sent(authority: Authority, **facts: Any) -> Delivery:
    return send(authority_id=authority.pk, **{**WORDS, **facts})


def again(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def test_nothing_is_sent_before_the_worker_takes_it(authority: Authority) -> None:
    delivery = sent(authority)

    assert mail.outbox == []
    assert delivery.state == Delivery.State.WAITING
    assert ProcrastinateJob.objects.get(task_name="deliver").args == {"delivery_id": str(delivery.pk)}


def test_when_the_transaction_rolls_back_neither_row_nor_job_is_left(authority: Authority) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        sent(authority)
        raise RuntimeError("the operation failed")

    assert not Delivery.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_carried_out_twice_it_leaves_once_under_its_own_message_id(authority: Authority) -> None:
    delivery = sent(authority)
    carry_out(delivery.pk, TUESDAY)
    carry_out(delivery.pk, TUESDAY + timedelta(seconds=1))

    (message,) = mail.outbox
    assert message.to == ["tom@example.org"]
    assert str(delivery.message_id) in message.message()["Message-ID"]
    assert (again(delivery).state, again(delivery).attempts) == (Delivery.State.SENT, 1)


def test_what_waits_without_a_job_is_found_and_sent(authority: Authority) -> None:
    delivery = sent(authority)

    assert carry_out_waiting(TUESDAY) == 1
    assert again(delivery).state == Delivery.State.SENT
    assert carry_out_waiting(TUESDAY) == 0


@pytest.fixture
def broken_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(delivery: Delivery) -> None:
        raise ConnectionRefusedError(f"no server for {delivery.to_address}")

    monkeypatch.setitem(channels.CARRIERS, Delivery.Channel.EMAIL, fail)


@pytest.mark.usefixtures("broken_mail")
def test_what_fails_is_tried_again_later_and_in_the_end_given_up_in_the_open(authority: Authority) -> None:
    delivery, at = sent(authority), TUESDAY
    for wait in WAITS:
        carry_out(delivery.pk, at)
        assert again(delivery).state == Delivery.State.WAITING
        assert carry_out_waiting(at + wait - timedelta(seconds=1)) == 0
        at += wait
    carry_out(delivery.pk, at)

    assert Delivery.objects.dead().get() == delivery
    assert again(delivery).attempts == len(WAITS) + 1
    assert again(delivery).last_error_code == "ConnectionRefusedError"


@pytest.mark.usefixtures("broken_mail")
def test_a_failure_puts_no_address_into_the_log(authority: Authority, capfd: pytest.CaptureFixture[str]) -> None:
    carry_out(sent(authority).pk, TUESDAY)

    assert "tom@example.org" not in "".join(capfd.readouterr())


def test_a_text_message_without_a_provider_is_given_up_at_once_and_shows(authority: Authority) -> None:
    delivery = sent(authority, channel="sms", to_address="01632 960 099")
    carry_out(delivery.pk, TUESDAY)

    assert again(delivery).last_error_code == "channel_not_configured"
    assert Delivery.objects.dead().exists()


def test_a_letter_is_put_where_the_office_prints_from(authority: Authority, settings: Settings, tmp_path: Path) -> None:
    settings.HAVEN_LETTERS = tmp_path
    delivery = sent(authority, channel="letter", to_address="4 Almond Row, Eastmere")
    carry_out(delivery.pk, TUESDAY)

    (letter,) = tmp_path.iterdir()
    assert letter.stem == str(delivery.message_id)
    assert letter.read_text().startswith("4 Almond Row, Eastmere\n\nYour message\n\nThank you.")


def forbid_email(person: Person) -> None:
    SafeContact.objects.filter(person=person).update(no_email=True)


def test_where_safe_contact_says_no_email_none_is_written(authority: Authority, joan: Person) -> None:
    forbid_email(joan)

    with pytest.raises(DeliveryRefused, match="not safe"):
        sent(authority, person=joan)
    assert sent(authority, person=joan, channel="letter").state == Delivery.State.WAITING


def test_safe_contact_is_asked_again_at_the_moment_of_sending(case: Case, authority: Authority, joan: Person) -> None:
    delivery = sent(authority, person=joan, case=case)
    forbid_email(joan)
    carry_out(delivery.pk, TUESDAY)

    assert mail.outbox == []
    assert (again(delivery).state, again(delivery).settled_reason) == (Delivery.State.NOT_SENT, "unsafe_to_contact")
    assert Task.objects.get(case=case).kind == "delivery_stopped"


def test_without_an_address_nothing_is_written(authority: Authority) -> None:
    with pytest.raises(DeliveryRefused, match="no address"):
        sent(authority, to_address=" ")


def test_a_generated_delivery_is_kept_and_never_sent(authority: Authority) -> None:
    delivery = sent(authority, not_sent="generated")

    assert carry_out_waiting(TUESDAY) == 0
    assert not ProcrastinateJob.objects.exists()
    assert (again(delivery).state, again(delivery).settled_reason) == (Delivery.State.NOT_SENT, "generated")


def test_a_waiting_delivery_can_be_settled_with_a_reason_and_a_sent_one_cannot(authority: Authority) -> None:
    waiting, gone = sent(authority), sent(authority)
    settle(waiting, reason="told_by_telephone", at=TUESDAY)
    carry_out(gone.pk, TUESDAY)

    assert again(waiting).settled_reason == "told_by_telephone"
    with pytest.raises(DeliveryRefused, match="already been sent"):
        settle(gone, reason="told_by_telephone", at=TUESDAY)
    assert len(mail.outbox) == 1


def test_the_database_refuses_a_settled_delivery_without_its_time(authority: Authority) -> None:
    delivery = sent(authority)

    with pytest.raises(IntegrityError, match="a_delivery_waits_or_is_settled"), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.SENT)
