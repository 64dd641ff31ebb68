"""What waits to leave, and what could not, is seen and seen to by those whose it is to see to it (TR-23, TR-24)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from haven.casework.access.models import Authority, User
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.deliveries.release import CarriesProtected
from haven.casework.deliveries.sending import DeliveryRefused, send
from haven.casework.deliveries.settling import (
    NothingLeft,
    ReasonRequired,
    readdress_delivery,
    retry_delivery,
    settle_delivery,
)
from haven.casework.events.recording import history_of
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.models import Person, SafeContact
from haven.casework.people.recording import add_contact_point
from haven.casework.watch.keeping import keep_case
from haven.lib.calendar import day_of
from haven.project.testing.people import protect_addresses

Open = Callable[..., Any]


def dead(authority: Authority, **facts: Any) -> Delivery:
    """A letter to Tom that could not be sent."""
    given: dict[str, Any] = {
        "channel": "email", "to_address": "tom@example.org", "subject": "Your message", "body": "Thank you, Tom Baker.",
        "purpose": "feedback", "at": timezone.now() - timedelta(days=1),
    }  # fmt: skip
    delivery = send(authority_id=authority.pk, **{**given, **facts})
    gone = {"state": "dead", "settled_at": timezone.now(), "attempts": 7, "last_error_code": "SMTPServerDisconnected"}
    Delivery.objects.filter(pk=delivery.pk).update(**gone)
    delivery.refresh_from_db()
    return delivery


def test_the_page_shows_where_it_goes_how_much_and_since_when_and_nobody(
    authority: Authority, report: Contact, linh: Actor, sign_in: Open
) -> None:
    dead(authority, contact_id=report.pk)
    send(channel="letter", to_address="4 Almond Row", subject="x", body="Dear Tom", purpose="feedback",
         authority_id=authority.pk, at=timezone.now())  # fmt: skip
    page = sign_in(linh).get("/outbox/").content.decode()

    assert report.reference in page
    assert "E-mail" in page
    assert "Letter" in page
    assert "SMTPServerDisconnected" in page
    for private in ("tom@example.org", "Tom Baker", "Almond", "Thank you"):
        assert private not in page


def test_it_is_for_managers_and_administrators_of_the_authority(
    authority: Authority, amara: Actor, desmond: Actor, elsewhere_worker: Actor, sign_in: Open
) -> None:
    delivery = dead(authority)

    assert sign_in(desmond).get(f"/outbox/{delivery.pk}").status_code == 200
    assert sign_in(amara).get("/outbox/").status_code == 404
    assert sign_in(elsewhere_worker).get(f"/outbox/{delivery.pk}").status_code == 404
    with pytest.raises(NotAllowed):
        retry_delivery(delivery, by=elsewhere_worker, at=timezone.now())


def test_what_is_of_a_sealed_case_is_not_there(
    authority: Authority, case: Case, linh: Actor, grace: Actor, sign_in: Open
) -> None:
    delivery = dead(authority, case=case)
    assert case.reference in sign_in(linh).get("/outbox/").content.decode()

    keeper = User.objects.get(pk=grace.id)
    keep_case(case, restriction="sealed", because="other", words="Why.", keepers=[keeper], by=grace,
              review_on=day_of(timezone.now()) + timedelta(days=28), at=timezone.now())  # fmt: skip
    browser = sign_in(linh)
    assert case.reference not in browser.get("/outbox/").content.decode()
    assert browser.get(f"/outbox/{delivery.pk}").status_code == 404


def test_tried_again_it_waits_with_all_its_tries_and_a_job(authority: Authority, linh: Actor, sign_in: Open) -> None:
    delivery = dead(authority)
    answer = sign_in(linh).post(f"/outbox/{delivery.pk}", {"answer": "retry"})

    found = Delivery.objects.get(pk=delivery.pk)
    assert (answer.status_code, found.state, found.attempts, found.settled_at) == (302, "waiting", 0, None)
    assert found.message_id == delivery.message_id
    assert ProcrastinateJob.objects.filter(task_name="deliver").count() == 2
    assert history_of("deliveries.delivery", delivery.pk)[0].type == "deliveries.retried"


def test_settled_with_a_reason_of_the_list_it_is_not_tried(authority: Authority, linh: Actor, sign_in: Open) -> None:
    delivery, browser = dead(authority), sign_in(linh)

    assert browser.post(f"/outbox/{delivery.pk}", {"answer": "settle", "reason": ""}).status_code == 422
    assert browser.post(f"/outbox/{delivery.pk}", {"answer": "settle", "reason": "told_in_person"}).status_code == 302
    found = Delivery.objects.get(pk=delivery.pk)
    assert (found.state, found.settled_reason) == ("not_sent", "told_in_person")
    with pytest.raises(DeliveryRefused):
        retry_delivery(found, by=linh, at=timezone.now())
    with pytest.raises(ReasonRequired):
        settle_delivery(found, reason="whatever", by=linh, at=timezone.now())


def test_sent_to_another_address_it_is_looked_at_as_the_first_was(
    authority: Authority, case: Case, joan: Person, desmond: Actor, linh: Actor
) -> None:
    delivery = dead(authority, case=case, person=joan)

    readdress_delivery(delivery, to_address="new@example.org", by=desmond, at=timezone.now())
    assert Delivery.objects.get(pk=delivery.pk).to_address == "new@example.org"
    with pytest.raises(NotAllowed):
        readdress_delivery(delivery, to_address="x@example.org", by=linh, at=timezone.now())
    SafeContact.objects.filter(person=joan).update(no_email=True)
    with pytest.raises(DeliveryRefused, match="not safe"):
        readdress_delivery(delivery, to_address="x@example.org", by=desmond, at=timezone.now())


def test_it_is_not_sent_where_it_would_tell_whom_it_must_not(
    authority: Authority, case: Case, joan: Person, kevin: Person, desmond: Actor
) -> None:
    protect_addresses(joan, by=desmond)
    add_contact_point(kevin, authority_id=authority.pk, kind="email", value="kevin@example.org", by=desmond,
                      at=timezone.now())  # fmt: skip
    delivery = dead(authority, case=case, body="She is at 4 Almond Row, Eastmere ZZ1 4AR.")

    with pytest.raises(CarriesProtected):
        readdress_delivery(delivery, to_address="kevin@example.org", by=desmond, at=timezone.now())
    assert Delivery.objects.get(pk=delivery.pk).to_address == "tom@example.org"


def test_what_lets_somebody_in_is_not_tried_again_without_its_words(authority: Authority, linh: Actor) -> None:
    delivery = dead(authority, purpose="invitation")
    Delivery.objects.filter(pk=delivery.pk).update(body="")
    delivery.refresh_from_db()

    with pytest.raises(NothingLeft, match="invitation again"):
        retry_delivery(delivery, by=linh, at=timezone.now())
