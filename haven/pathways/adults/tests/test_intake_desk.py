"""The duty desk, and the alert that goes on until somebody opens a report of immediate danger."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from haven.casework.access.models import User
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.contacts.operations import first_look
from haven.casework.deliveries.models import Delivery
from haven.casework.operations.actor import Actor
from haven.casework.people.recording import add_person
from haven.lib.ids import uuid7
from haven.pathways.adults.models import Concern
from haven.pathways.adults.operations import accept_report
from haven.pathways.adults.operations.arrival import alert_again, whom_to_alert
from haven.pathways.adults.panels.board import board
from haven.project.testing.people import FRIDAY, TUESDAY, make_report, make_user

pytestmark = pytest.mark.django_db


def earlier_concern(authority: Any, by: Actor, duty: Actor, joan: Any, **facts: Any) -> Concern:
    first = make_report(authority, by, **facts)
    return accept_report(first, persons={adult.pk: joan for adult in first.adults.all()}, by=duty, at=FRIDAY)[0]


# Alerts


@pytest.fixture
def in_danger(authority: Any, neighbour: Any, amara: Any) -> Contact:
    return make_report(authority, neighbour, immediate_danger="yes", idempotency_key=str(uuid7()))


def test_immediate_danger_alerts_the_desk_and_names_nobody(in_danger: Contact) -> None:
    alert = Delivery.objects.get(channel="alert")

    assert alert.to_address == "duty@example.org"
    assert in_danger.reference in alert.body
    assert "Joan" not in alert.body + alert.subject


def test_outside_desk_hours_the_out_of_hours_worker_is_alerted(authority: Any, teams: Any) -> None:
    make_user("Otis Night", authority, "out_of_hours_worker")

    assert whom_to_alert(authority, FRIDAY)[0] == "duty@example.org"
    assert whom_to_alert(authority, FRIDAY + timedelta(hours=10))[0] == "otis@example.org"
    assert whom_to_alert(authority, FRIDAY + timedelta(days=1))[0] == "otis@example.org"


def test_the_alert_goes_to_the_next_name_every_quarter_hour_once_each(in_danger: Contact) -> None:
    job = Actor.job("alert unopened reports")

    sent = [alert_again(FRIDAY + timedelta(minutes=minutes), job) for minutes in (5, 16, 20, 31)]

    assert sent == [0, 1, 0, 1]
    names = Delivery.objects.order_by("created_at").values_list("to_address", flat=True)
    assert list(names) == ["duty@example.org", "amara@example.org", "duty@example.org"]


def test_the_alert_stops_when_somebody_opens_it(in_danger: Contact, amara: Any, sign_in: Any) -> None:
    sign_in(amara).get(f"/reports/{in_danger.reference}/")

    assert alert_again(FRIDAY + timedelta(minutes=16), Actor.job("alert")) == 0


def test_what_a_job_brings_in_alerts_nobody(authority: Any, bola: Any) -> None:
    make_report(authority, bola, immediate_danger="no")

    assert not Delivery.objects.exists()


# The desk


def test_the_desk_shows_unseen_danger_first_then_unseen_then_act_now_then_the_rest(
    amara: Any, sign_in: Any, authority: Any, neighbour: Any
) -> None:
    def told(name: str, days: int, **facts: Any) -> Contact:
        at = timezone.now() - timedelta(days=days)
        return make_report(authority, neighbour, adults=[{"given_name": name}], received_at=at, **facts)

    routine, act_now, _unseen = told("Rita", 9), told("Anna", 3), told("Una", 2)
    told("Dora", 1, immediate_danger="yes")
    now = timezone.now()
    first_look(routine, safe_tonight="yes", urgency="routine", by=amara, at=now)
    first_look(act_now, safe_tonight="no", urgency="act_now", by=amara, at=now)

    answer = sign_in(amara).get("/duty")

    assert [row.name for row in answer.context["queue"].rows] == ["Dora", "Una", "Anna", "Rita"]


def test_a_row_says_what_the_desk_must_not_miss(
    amara: Any, sign_in: Any, joan: Any, authority: Any, neighbour: Any
) -> None:
    concern = earlier_concern(authority, neighbour, amara, joan)
    Concern.objects.filter(pk=concern.pk).update(
        outcome="not_an_enquiry", decided_at=TUESDAY, threshold_met=False, destination="advice"
    )
    adult = {"given_name": "Joan", "family_name": "Whitlock", "date_of_birth": date(1943, 5, 2)}
    make_report(
        authority, neighbour, adults=[adult], immediate_danger="yes", children_present=True, setting_code="own_home"
    )

    row = sign_in(amara).get("/duty").context["queue"].rows[0]

    assert row.signals == ["danger ticked", "child there", "1 earlier, last 6 Mar 2026 not taken on", "no voicemail"]
    assert (row.name, row.age) == ("Joan Whitlock", "82")
    assert row.where.startswith("Own home")
    assert row.told_by == "Tom Baker, Neighbour (web form)"


def test_concerns_without_worker_or_decision_wait_at_the_desk_too(
    amara: Any, priya: Any, sign_in: Any, report: Contact, case: Case
) -> None:
    concern = accept_report(report, by=amara, at=FRIDAY)[0]

    rows = sign_in(amara).get("/duty").context["queue"].rows

    assert [(row.record.pk, row.what) for row in rows] == [(concern.case_id, "Allocate")]


def test_the_line_above_counts_what_waits(
    amara: Any, sign_in: Any, report: Contact, authority: Any, neighbour: Any
) -> None:
    accept_report(make_report(authority, neighbour), by=amara, at=FRIDAY)

    waits = {wait.label: (wait.count, wait.overdue) for wait in sign_in(amara).get("/duty").context["waits"]}

    assert waits == {
        "Not looked at": (1, 1),
        "Awaiting decision": (1, 1),
        "Awaiting allocation": (1, 1),
        "Awaiting others": (0, 0),
        "Feedback owed": (0, 0),
        "Messages to answer": (0, 0),
    }


def test_im_on_it_claims_the_report(amara: Any, sign_in: Any, report: Contact) -> None:
    answer = sign_in(amara).post(f"/reports/{report.reference}/claim")

    report.refresh_from_db()
    assert answer.url == f"/reports/{report.reference}/"
    assert report.claimed_by_id == amara.id


def test_the_desk_asks_the_same_of_the_database_for_three_rows_as_for_twenty(
    amara: Any, sign_in: Any, authority: Any, neighbour: Any
) -> None:
    browser = sign_in(amara)
    add_waiting(authority, neighbour, amara, 3)
    few = desk_statements(browser)
    add_waiting(authority, neighbour, amara, 9)
    many = desk_statements(browser)

    assert many == few
    assert few <= 15


def add_waiting(authority: Any, neighbour: Any, amara: Any, count: int) -> None:
    for _n in range(count):
        born = date(1940, 1, 1)
        adults = [{"given_name": "Ada", "family_name": "Bell", "date_of_birth": born}]
        make_report(authority, neighbour, adults=adults, received_at=FRIDAY)
        taken = make_report(authority, neighbour, adults=adults)
        person = add_person(given_name="Ada", family_name="Bell", date_of_birth=born, at=FRIDAY)
        accept_report(taken, persons={taken.adults.get().pk: person}, by=amara, at=FRIDAY)


def desk_statements(browser: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/duty").status_code == 200
    return len(
        [
            each
            for each in asked
            if not each["sql"].startswith(("SAVEPOINT", "RELEASE")) and "set_config" not in each["sql"]
        ]
    )


def test_the_desk_goes_on_over_pages_and_hides_nothing(
    amara: Any, sign_in: Any, authority: Any, neighbour: Any
) -> None:
    for _n in range(27):
        make_report(authority, neighbour)
    browser = sign_in(amara)

    first, second = browser.get("/duty").context["queue"], browser.get("/duty?page=1").context["queue"]

    assert (len(first.rows), first.newer, first.older) == (25, None, 1)
    assert (len(second.rows), second.newer, second.older) == (2, 0, None)
    assert not {row.record.pk for row in first.rows} & {row.record.pk for row in second.rows}
    assert User.objects.filter(pk=amara.id).exists()


def owed(browser: Any, address: str = "/duty") -> tuple[int, int]:
    [wait] = [wait for wait in browser.get(address).context["waits"] if wait.label == "Feedback owed"]
    return wait.count, wait.overdue


def test_the_desk_and_the_board_count_the_same_feedback_owed(
    enquiry: Any, amara: Any, desmond: Any, sign_in: Any
) -> None:
    [block] = [block for block in board(desmond, timezone.now()) if "not yet told" in block.title and block.words]

    assert (block.count, block.overdue) == (1, 1)
    assert owed(sign_in(amara)) == owed(sign_in(desmond)) == (1, 1)


def test_feedback_owed_on_a_restricted_case_is_not_counted_at_the_desk(enquiry: Any, amara: Any, sign_in: Any) -> None:
    Case.objects.filter(pk=enquiry.case_id).update(restriction="restricted")

    assert owed(sign_in(amara)) == (0, 0)
