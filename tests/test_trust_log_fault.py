"""A fault of the sealed log reaches the guardian, and stays until somebody wrote what they found (TR-42)."""

from typing import Any

import pytest

from haven.casework.access import wall
from haven.casework.access.models import User
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.events import keeping
from haven.casework.events.keeping import Machine
from haven.casework.events.models import Event
from haven.casework.events.verifying import Verdict
from haven.casework.operations.actor import Actor
from haven.casework.watch.models import Alert
from haven.casework.watch.operations import DecisionRequired, decide_alert
from haven.casework.watch.raising import raise_alert
from haven.casework.watch.sealed import REPORT_MET
from haven.project.testing.people import FRIDAY, TUESDAY, actor_of_user, make_user

FAULT = {"table": "events_event", "id": "018f0000-0000-7000-8000-000000000001", "kind": "edited"}
OTHER = {"table": "events_read", "id": "018f0000-0000-7000-8000-000000000002", "kind": "deleted"}


@pytest.fixture
def samira(authority: Any) -> User:
    """The guardian."""
    return make_user("Samira Example", authority, "information_governance_officer")


def found(*faults: dict[str, str], at: Any = FRIDAY) -> Any:
    return keeping.keep(Verdict(head=3, faults=list(faults), found=len(faults)), by=Machine(), at=at)


def test_a_fault_alerts_the_guardian_of_every_authority_without_personal_data(
    samira: User, authority: Any, elsewhere: Any
) -> None:
    wall.close()  # as the nightly job finds it
    kept = found(FAULT)
    wall.open_to_all()

    assert set(Alert.objects.values_list("authority_id", "kind")) == {
        (authority.pk, "log_fault"), (elsewhere.pk, "log_fault"),
    }  # fmt: skip
    [told] = Delivery.objects.filter(purpose="guardian_alert")
    assert told.to_address == samira.email
    assert FAULT["id"] not in told.body and str(kept.pk) not in told.body


def test_no_fault_alerts_nobody(samira: User) -> None:
    keeping.keep(Verdict(head=3), by=Machine(), at=FRIDAY)

    assert not Alert.objects.exists()


def test_the_same_faults_of_the_next_night_are_one_alert_and_another_fault_is_a_new_one(samira: User) -> None:
    found(FAULT)
    found(FAULT, at=TUESDAY)
    assert Alert.objects.count() == 1

    found(FAULT, OTHER, at=TUESDAY)
    assert Alert.objects.count() == 2


def test_it_waits_until_the_guardian_writes_what_was_found_and_is_then_shown_as_looked_into(
    samira: User, sign_in: Any
) -> None:
    found(FAULT)
    guardian, alert = actor_of_user(samira), Alert.objects.get()
    page = sign_in(guardian).get("/guardian").content.decode()
    assert "The record of who did what is not as it was sealed" in page and "1 faults: edited" in page

    with pytest.raises(DecisionRequired):
        decide_alert(alert, outcome="explained", reasons=" ", by=guardian, at=TUESDAY)
    decide_alert(alert, outcome="explained", reasons="A restore of 2 March.", by=guardian, at=TUESDAY)
    found(FAULT, at=TUESDAY)

    assert Alert.objects.get().decided_by_id == samira.pk
    assert Event.objects.get(type="watch.alert_decided").actor_id == samira.pk
    assert "Nothing waits for you" in sign_in(guardian).get("/guardian").content.decode()
    assert "Looked into" in sign_in(guardian).get("/guardian/decided?month=2026-03").content.decode()


def test_nobody_but_the_guardian_decides_it(samira: User, desmond: Actor, sign_in: Any) -> None:
    found(FAULT)

    assert sign_in(desmond).get(f"/guardian/{Alert.objects.get().pk}/").status_code == 404


def met(case: Any, report: Contact) -> Alert:
    alert = raise_alert(
        REPORT_MET, authority_id=case.authority_id, key="met", by=Actor.job("a test"), at=TUESDAY,
        codes={"report": report.reference}, case_id=case.pk, contact_id=report.pk,
    )  # fmt: skip
    assert alert is not None
    return alert


def test_a_report_that_met_a_kept_case_leads_from_the_queue_to_taking_it_over(
    samira: User, sign_in: Any, case: Any, report: Contact
) -> None:
    alert, browser = met(case, report), sign_in(actor_of_user(samira))

    assert f'href="/kept/{alert.pk}/"' in browser.get("/guardian").content.decode()
    assert browser.get(f"/kept/{alert.pk}/").status_code == 200

    decide_alert(alert, outcome="not_them", reasons="Another Joan.", by=actor_of_user(samira), at=TUESDAY)
    assert f'href="/guardian/{alert.pk}/"' in browser.get("/guardian/decided?month=2026-03").content.decode()
