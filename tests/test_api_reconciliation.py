"""Both sides count, and what is missing is shown until it comes or somebody explains it (TR-25)."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from partners import System, make_system

from haven.casework.access.models import Authority
from haven.casework.operations.actor import Actor
from haven.casework.partners.models import Partner, SenderDay, SenderGap, Submission
from haven.casework.partners.operations.explaining import explain_gap
from haven.casework.partners.reconciling import look_for_gaps
from haven.casework.partners.rhythm import rhythm_of
from haven.casework.tasks.models import Task
from haven.lib.calendar import day_of
from haven.project.testing.people import TUESDAY, Teams, make_report


@pytest.fixture
def surgery(authority: Authority, teams: Teams) -> System:
    return make_system(authority)


def later(minutes: int = 20) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


def today() -> str:
    return day_of(timezone.now()).isoformat()


def open_gaps() -> list[tuple[Any, ...]]:
    return list(SenderGap.objects.open().order_by("first").values_list("kind", "first", "last"))


def test_a_sender_is_given_its_own_count_and_the_digests_of_its_references(surgery: System, authority) -> None:
    make_system(authority, "Eastmere Police", "police").send()
    references = [surgery.send(X_Sequence=str(n)).json()["reference"] for n in (1, 2)]

    body = surgery.get(f"reconciliation?day={today()}").json()

    assert body["digests"] == [hashlib.sha256(each.encode()).hexdigest() for each in references]
    assert (body["received"], body["sent"], body["agrees"]) == (2, None, None)
    assert body["sequence"] == {"first": 1, "last": 2, "missing": []}


def test_a_sender_says_its_count_and_hears_whether_it_agrees(surgery: System) -> None:
    surgery.send()

    answer = surgery.post("reconciliation", {"day": today(), "sent": 1}, key="d-1")
    again = surgery.post("reconciliation", {"day": today(), "sent": 1}, key="d-1")
    later_said = surgery.post("reconciliation", {"day": today(), "sent": 3})

    assert (answer.status_code, answer.json()["agrees"]) == (201, True)
    assert answer.content == again.content
    assert later_said.json() == {"day": today(), "sent": 3, "received": 1, "agrees": False}
    assert SenderDay.objects.get().sent == 3


@pytest.mark.parametrize(
    "body",
    [
        {}, {"sent": 1}, {"day": "2026-01-01", "sent": -1}, {"day": "2026-01-01", "sent": 1.5},
        *({"day": day, "sent": 1} for day in ("x", "9999-01-01", "2190-01-01", 1_700_000_000, "1700000000", None)),
    ],
)  # fmt: skip
def test_a_count_that_cannot_be_taken_is_refused(surgery: System, body: dict[str, Any]) -> None:
    assert surgery.post("reconciliation", body).status_code == 422
    assert not SenderDay.objects.exists()


@pytest.mark.parametrize("day", ["", "x", "2026-13-01", "0000-00-00", "0001-01-01", "9999-12-31", "1700000000"])
def test_a_day_that_is_none_is_refused(surgery: System, day: str) -> None:
    assert surgery.get(f"reconciliation?day={day}").status_code == 422


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "9" * 30, ""])
def test_a_sequence_that_is_no_number_is_refused(surgery: System, number: str) -> None:
    assert surgery.send(X_Sequence=number).status_code == 400


def test_a_number_that_did_not_come_is_found_and_the_duty_team_is_asked(surgery: System, teams: Teams) -> None:
    for number in (5, 6, 9):
        surgery.send(X_Sequence=str(number))

    assert look_for_gaps(timezone.now()) == 0  # it may be on its way
    assert look_for_gaps(later()) == 1
    assert look_for_gaps(later()) == 0

    assert open_gaps() == [("sequence", 7, 8)]
    task = Task.objects.get()
    assert (task.kind, task.team) == ("partner_gap", teams.duty)
    assert surgery.get(f"reconciliation?day={today()}").json()["sequence"]["missing"] == [[7, 8]]


def test_what_comes_after_all_closes_its_gap_and_leaves_the_rest(surgery: System) -> None:
    for number in (1, 4):
        surgery.send(X_Sequence=str(number))
    look_for_gaps(later())
    surgery.send(X_Sequence="2")
    look_for_gaps(later(40))
    assert open_gaps() == [("sequence", 3, 3)]

    surgery.send(X_Sequence="3")
    look_for_gaps(later(60))
    assert open_gaps() == []
    assert SenderGap.objects.filter(came=True).count() == 2


def test_a_gap_is_shown_until_a_named_person_explains_it(surgery: System, linh: Actor) -> None:
    for number in (1, 3):
        surgery.send(X_Sequence=str(number))
    look_for_gaps(later())
    explain_gap(SenderGap.objects.get(), reasons="A test of theirs. Rang Ines Probe.", by=linh, at=later())

    assert look_for_gaps(later(40)) == 0
    gap = SenderGap.objects.get()
    assert (gap.explained_by_id, gap.came) == (linh.id, False)


def test_a_number_used_twice_is_found(surgery: System) -> None:
    for _ in range(2):
        surgery.send(X_Sequence="1")
    look_for_gaps(later())

    assert open_gaps() == [("repeated", 1, None)]


def test_counts_that_differ_are_found_and_close_when_they_agree(surgery: System) -> None:
    surgery.send()
    surgery.post("reconciliation", {"day": today(), "sent": 2})
    look_for_gaps(timezone.now())
    assert open_gaps() == [("count", 1, 2)]

    surgery.send()
    look_for_gaps(timezone.now())
    assert open_gaps() == []


def sent_at(partner: Partner, *moments: datetime) -> None:
    """Reports of this partner's that came at these moments."""
    for moment in moments:
        report = make_report(partner.authority, Actor("partner", partner.pk), received_at=moment)
        Submission.objects.create(
            partner=partner, authority=partner.authority, contact=report, reference=report.reference,
            received_at=moment, stage_at=moment,
        )  # fmt: skip


def test_silence_longer_than_in_four_weeks_is_found_and_ends_with_the_next_concern(surgery: System) -> None:
    sent_at(surgery.partner, *[TUESDAY + timedelta(hours=6 * n) for n in range(12)])
    last = TUESDAY + timedelta(hours=66)

    assert not rhythm_of(surgery.partner, last + timedelta(hours=8)).too_long
    assert rhythm_of(surgery.partner, last + timedelta(hours=8)).hours == 6
    look_for_gaps(last + timedelta(hours=10))
    assert open_gaps() == [("silence", None, None)]

    sent_at(surgery.partner, last + timedelta(hours=11))
    look_for_gaps(last + timedelta(hours=12))
    assert open_gaps() == []


def test_of_too_few_no_rhythm_is_told_unless_somebody_set_one(surgery: System) -> None:
    sent_at(surgery.partner, TUESDAY)
    assert not rhythm_of(surgery.partner, TUESDAY + timedelta(days=60)).too_long

    surgery.partner.expected_hours = 24
    assert rhythm_of(surgery.partner, TUESDAY + timedelta(hours=25)).too_long


def test_the_pages_of_senders_show_it_to_who_watches_and_take_the_explanation(
    surgery: System, desmond: Actor, amara: Actor, sign_in: Callable[..., Any]
) -> None:
    for number in (1, 3):
        surgery.send(X_Sequence=str(number))
    look_for_gaps(later())
    gap = SenderGap.objects.get()
    browser = sign_in(desmond)

    assert "Eastmere Surgery" in browser.get("/senders/").content.decode()
    page = browser.get(f"/senders/{surgery.partner.pk}/").content.decode()
    assert "Number 2 did not come" in page
    assert "Whitlock" not in page
    answer = browser.post(f"/senders/missing/{gap.pk}", {"reasons": "Their test. Rang them."})
    assert answer.status_code == 302
    assert "Their test" in browser.get(f"/senders/{surgery.partner.pk}/").content.decode()
    assert sign_in(amara).get("/senders/").status_code == 404


def test_of_another_authority_no_sender_shows(
    surgery: System, elsewhere_worker: Actor, sign_in: Callable[..., Any]
) -> None:
    browser = sign_in(elsewhere_worker)

    assert "Eastmere Surgery" not in browser.get("/senders/").content.decode()
    assert browser.get(f"/senders/{surgery.partner.pk}/").status_code == 404


def test_the_page_asks_as_often_for_twelve_senders_as_for_three(
    authority: Authority, desmond: Actor, sign_in: Callable[..., Any]
) -> None:
    def asked(upto: int) -> int:
        for n in range(Partner.objects.count(), upto):
            make_system(authority, f"Partner {n}").send()
        browser = sign_in(desmond)
        browser.get("/senders/")  # what is asked once only is asked now
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert browser.get("/senders/").status_code == 200
        return len([each for each in captured.captured_queries if "set_config" not in each["sql"]])

    assert asked(3) == asked(12)
