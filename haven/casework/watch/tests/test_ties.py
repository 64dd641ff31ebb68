"""What ties somebody to one case, and what it lets them do (TR-02, PR-24, R-097)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps

from haven.casework.access.may import may
from haven.casework.access.models import Authority, CaseRelationship, Conflict, User
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.models import Person
from haven.casework.watch.models import Alert
from haven.casework.watch.ties import (
    CouldNotOpen,
    DayRequired,
    NotForThem,
    end_of_duty,
    open_in_triage,
    read_with_reason,
    tie,
    untie,
)
from haven.project.testing.people import LONDON, TUESDAY, actor_of_user, make_report, make_user

UNTIL = date(2026, 6, 1)


def user(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id)


def again(actor: Actor) -> Actor:
    return actor_of_user(user(actor))


def reasons() -> list[str]:
    reads = apps.get_model("events", "Read").objects.filter(route="case")
    return list(reads.order_by("recorded_at").values_list("reason", flat=True))


def test_an_auditor_reads_one_case_until_a_day_and_takes_no_step(
    case: Case, desmond: Actor, authority: Authority, sign_in: Any
) -> None:
    auditor = make_user("Bridget Sample", authority, "auditor")
    browser = sign_in(actor_of_user(auditor))
    assert browser.get(f"/cases/{case.reference}/").status_code == 404
    held = tie(case, user=auditor, kind="auditing", until_on=UNTIL, by=desmond, at=TUESDAY)
    CaseRelationship.objects.filter(pk=held.pk).update(until_at=None)

    assert browser.get(f"/cases/{case.reference}/").status_code == 200
    assert browser.get(f"/cases/{case.reference}/notes/new").status_code == 404
    assert reasons() == ["auditing"]
    assert not may(actor_of_user(auditor), "cases.add_case_note", case)


def test_a_tie_ends_on_its_day_and_when_a_manager_ends_it(case: Case, desmond: Actor, authority: Authority) -> None:
    auditor = make_user("Bridget Sample", authority, "auditor")
    held = tie(case, user=auditor, kind="auditing", until_on=TUESDAY.date(), by=desmond, at=TUESDAY)
    assert held.until_at == datetime(2026, 3, 11, tzinfo=LONDON)

    untie(held, by=desmond, at=TUESDAY)
    assert not CaseRelationship.objects.live(TUESDAY).filter(case=case).exists()


@pytest.mark.parametrize("kind", ["keeper", "named", "triage", "break_glass", "covering"])
def test_a_manager_gives_only_what_is_on_the_list(case: Case, desmond: Actor, priya: Actor, kind: str) -> None:
    with pytest.raises(NotForThem):
        tie(case, user=user(priya), kind=kind, until_on=UNTIL, by=desmond, at=TUESDAY)


def test_a_tie_is_refused_to_who_lacks_the_role_has_a_conflict_or_for_more_than_a_year(
    case: Case, desmond: Actor, priya: Actor, other_team_worker: Actor, joan: Person
) -> None:
    wrong: dict[str, Any] = {"kind": "auditing", "until_on": UNTIL}
    with pytest.raises(NotForThem):
        tie(case, user=user(priya), by=desmond, at=TUESDAY, **wrong)
    with pytest.raises(DayRequired):
        tie(case, user=user(other_team_worker), kind="supervising", until_on=date(2028, 1, 1), by=desmond, at=TUESDAY)
    Conflict.objects.create(
        user=user(other_team_worker), person=joan, ground="related", authority_id=case.authority_id, from_at=TUESDAY
    )
    with pytest.raises(NotForThem):
        tie(case, user=user(other_team_worker), kind="supervising", until_on=UNTIL, by=desmond, at=TUESDAY)


def test_a_colleague_reads_an_open_case_for_a_reason_of_one_tap_for_a_day_and_alerts_nobody(
    case: Case, other_team_worker: Actor, sign_in: Any
) -> None:
    browser = sign_in(other_team_worker)
    assert browser.get(f"/cases/{case.reference}/").status_code == 404
    asked = {"reference": case.reference, "reason": "call_came_in"}
    assert browser.post("/open-case", asked).url == f"/cases/{case.reference}/"

    assert browser.get(f"/cases/{case.reference}/").status_code == 200
    assert reasons()[-1] == "covering: call_came_in"
    assert not Alert.objects.exists()
    held = CaseRelationship.objects.get()
    assert held.until_at is not None
    assert held.until_at - held.from_at == timedelta(hours=24)


def test_for_a_reason_one_may_leave_a_note_and_take_no_other_step(
    case: Case, other_team_worker: Actor, sign_in: Any
) -> None:
    read_with_reason(case, reason="call_came_in", by=other_team_worker, at=TUESDAY)
    reader = again(other_team_worker)

    assert may(reader, "cases.add_case_note", case)
    assert not may(reader, "adults.record_safe_contact", case)
    assert not may(reader, "adults.record_hearing", case)


@pytest.mark.parametrize("restriction", ["restricted", "sealed"])
def test_a_reason_opens_no_kept_case_and_says_the_same_as_of_none(
    case: Case, other_team_worker: Actor, sign_in: Any, restriction: str
) -> None:
    Case.objects.filter(pk=case.pk).update(restriction=restriction)
    browser = sign_in(other_team_worker)
    said = [
        browser.post("/open-case", {"reference": reference, "reason": "manager_asked"})
        for reference in (case.reference, "AS-2222-2222")
    ]
    assert [answer.status_code for answer in said] == [422, 422]
    assert all("We could not open that." in answer.content.decode() for answer in said)
    with pytest.raises(NotAllowed):
        read_with_reason(Case.objects.get(), reason="manager_asked", by=other_team_worker, at=TUESDAY)


def test_a_reason_is_from_the_list_and_for_ones_own_authority(
    case: Case, other_team_worker: Actor, elsewhere_worker: Actor
) -> None:
    with pytest.raises(CouldNotOpen):
        read_with_reason(case, reason="curious", by=other_team_worker, at=TUESDAY)
    with pytest.raises(NotAllowed):
        read_with_reason(case, reason="call_came_in", by=elsewhere_worker, at=TUESDAY)


@pytest.fixture
def about_joan(authority: Authority, neighbour: Actor, joan: Person) -> Contact:
    """A second report about Joan, which waits."""
    named = {"given_name": "Joan", "family_name": "Whitlock", "date_of_birth": joan.date_of_birth}
    return make_report(authority, neighbour, adults=[named])


def test_duty_opens_an_earlier_case_from_the_strip_and_the_record_says_triage(
    case: Case, about_joan: Contact, amara: Actor, sign_in: Any
) -> None:
    browser = sign_in(amara)
    assert browser.get(f"/cases/{case.reference}/").status_code == 404
    answer = browser.post(f"/reports/{about_joan.reference}/earlier/{case.pk}")

    assert answer.url == f"/cases/{case.reference}/"
    assert browser.get(answer.url).status_code == 200
    assert reasons()[-1] == f"triage of {about_joan.reference}"
    assert not may(again(amara), "adults.record_hearing", case)


def test_triage_is_of_whoever_the_report_may_be_about_and_of_a_report_that_waits(
    case: Case, report: Contact, about_joan: Contact, amara: Actor, authority: Authority, neighbour: Actor
) -> None:
    of_another = make_report(authority, neighbour, adults=[{"given_name": "Ottoline", "family_name": "Quarrie"}])
    with pytest.raises(CouldNotOpen):
        open_in_triage(case, contact=of_another, by=amara, at=TUESDAY)
    Contact.objects.filter(pk=about_joan.pk).update(state="accepted")
    with pytest.raises(CouldNotOpen):
        open_in_triage(case, contact=about_joan, by=amara, at=TUESDAY)
    Case.objects.filter(pk=case.pk).update(restriction="sealed")
    with pytest.raises(NotAllowed):
        open_in_triage(Case.objects.get(), contact=report, by=amara, at=TUESDAY)


@pytest.mark.parametrize(
    ("at", "until"),
    [(datetime(2026, 3, 10, 10, 0, tzinfo=LONDON), datetime(2026, 3, 10, 17, 0, tzinfo=LONDON)),
     (datetime(2026, 3, 10, 16, 30, tzinfo=LONDON), datetime(2026, 3, 11, 16, 30, tzinfo=LONDON)),
     (datetime(2026, 3, 10, 23, 0, tzinfo=LONDON), datetime(2026, 3, 11, 17, 0, tzinfo=LONDON)),
     (datetime(2026, 3, 11, 2, 0, tzinfo=LONDON), datetime(2026, 3, 11, 17, 0, tzinfo=LONDON))],
)  # fmt: skip
def test_the_duty_day_ends_when_the_desk_next_closes_and_within_24_hours(
    authority: Authority, at: datetime, until: datetime
) -> None:
    assert end_of_duty(authority.pk, at) == until


def test_the_case_page_leads_to_who_may_read_it_and_why(
    case: Case, desmond: Actor, priya: Actor, grace: Actor, authority: Authority, sign_in: Any
) -> None:
    auditor = make_user("Bridget Sample", authority, "auditor")
    tie(case, user=auditor, kind="auditing", until_on=UNTIL, by=desmond, at=TUESDAY)
    CaseRelationship.objects.update(until_at=None)
    browser = sign_in(priya)
    assert f"/cases/{case.reference}/readers" in browser.get(f"/cases/{case.reference}/").content.decode()
    page = browser.get(f"/cases/{case.reference}/readers")

    names = [(row.name, row.why) for row in page.context["rows"]]
    assert names[:3] == [("Priya Nair", "Worker"), ("Desmond Clarke", "Manager"), ("Bridget Sample", "Auditing it")]
    assert ("Grace Lim", "Head of service: supervises every team") in names
