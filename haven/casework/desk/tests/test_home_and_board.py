"""My work, my team's, the manager's board, and where each role begins."""

from datetime import timedelta

import pytest
from django.utils import timezone

from haven.casework.access.actors import actor_for
from haven.casework.access.models import User
from haven.casework.access.roles import STAFF
from haven.casework.clocks.running import start
from haven.casework.clocks.timescales import Counting, Timescale
from haven.casework.contacts.operations import first_look
from haven.casework.tasks.doing import add_task
from haven.casework.watch.ties import tie
from haven.project.testing.people import FRIDAY, actor_of_user, make_case, make_user


def test_my_cases_stand_by_what_is_due_first(case, joan, authority, teams, priya, sign_in):
    worker = User.objects.get(pk=priya.id)
    later = make_case(authority, teams.north, joan)
    type(later).objects.filter(pk=later.pk).update(worker=worker)
    now = timezone.now()
    start(REPLY, authority_id=authority.pk, case=later, at=now, by=priya)
    start(SPEAK, authority_id=authority.pk, case=case, at=now - timedelta(days=20), by=priya)

    page = sign_in(priya).get("/home").content.decode()

    assert page.index(case.reference) < page.index(later.reference)
    assert "Speak with the adult" in page
    assert "overdue by" in page
    assert "1 over its time" in page


def test_tasks_due_today_and_overdue_are_first_and_later_ones_wait(case, authority, priya, sign_in):
    now = timezone.now()
    worker = User.objects.get(pk=priya.id)
    for words, days in (("Ring the bank", -2), ("Visit sheet", 0), ("Review the plan", 3)):
        day = (now + timedelta(days=days)).date()
        whose = {"case": case, "owner": worker, "authority_id": authority.pk}
        add_task(kind="action", words=words, due_on=day, at=now, by=priya, **whose)

    page = sign_in(priya).get("/home").content.decode()

    assert "Ring the bank" in page
    assert "overdue by 2 days" in page
    assert "due today" in page
    assert "Review the plan" not in page


def test_what_home_showed_is_written_down(case, priya, sign_in, shown):
    sign_in(priya).get("/home")

    assert shown() == {("case", case.pk), ("person", case.person_id)}


def test_the_team_page_says_who_has_each_case_and_another_team_sees_none(case, desmond, other_team_worker, sign_in):
    assert "Priya Nair" in sign_in(desmond).get("/team").content.decode()
    assert case.reference not in sign_in(other_team_worker).get("/team").content.decode()


def test_the_board_counts_what_waits_and_shows_the_oldest(report, case, amara, desmond, sign_in, shown):
    first_look(report, safe_tonight="no", urgency="act_now", by=amara, at=FRIDAY + timedelta(hours=1))

    page = sign_in(desmond).get("/board").content.decode()

    assert "Act now, not yet safe: 1" in page
    assert report.reference in page
    assert "Priya Nair" in page
    assert ("contact", report.pk) in shown()


def test_a_report_where_the_adult_is_safe_leaves_the_board(report, amara, desmond, sign_in):
    first_look(report, safe_tonight="yes", urgency="act_now", by=amara, at=FRIDAY + timedelta(hours=1))

    assert "Act now, not yet safe: " not in sign_in(desmond).get("/board").content.decode()


def test_the_board_is_for_those_who_decide(priya, amara, elsewhere_worker, report, sign_in):
    assert sign_in(priya).get("/board").status_code == 404
    assert sign_in(amara).get("/board").status_code == 404
    assert report.reference not in sign_in(elsewhere_worker).get("/board").content.decode()


SPEAK = Timescale("adult_spoken_to", "Speak", 1, Counting.WORKING_DAYS, "Local procedure", "Receipt", "Conversation")
REPLY = Timescale("first_reply", "Reply", 3, Counting.WORKING_DAYS, "Local procedure", "Receipt", "A reply")
BEGINS = [("practitioner", "/home"), ("business_support", "/home"), ("councillor", "/figures")]


@pytest.mark.parametrize(("role", "begins"), BEGINS)
def test_each_role_begins_where_its_work_is(authority, sign_in, role, begins):
    actor = actor_of_user(make_user("Nia Rees", authority, role))

    assert sign_in(actor).get("/").url == begins


def test_nobody_signed_in_begins_by_signing_in(client, db):
    assert client.get("/").url == "/accounts/login/"
    assert client.get("/home").url.startswith("/accounts/login/?next=")


def test_who_has_no_case_of_their_own_is_shown_where_work_waits(desmond, priya, case, sign_in):
    assert "What waits for you may be elsewhere" in sign_in(desmond).get("/home").content.decode()
    assert "What waits for you may be elsewhere" not in sign_in(priya).get("/home").content.decode()


def test_the_navigation_shows_only_what_the_role_opens(priya, desmond, bola, sign_in):
    pages = {who.name: sign_in(who).get("/home").content.decode() for who in (priya, desmond, bola)}

    assert "Manager board" in pages["Desmond Clarke"]
    assert "Manager board" not in pages["Priya Nair"]
    assert "Duty desk" not in pages["Priya Nair"]
    assert 'action="/search"' not in pages["Bola Adeyemi"]


def test_who_reads_single_cases_finds_the_one_that_was_given_on_the_first_page(case, authority, desmond, sign_in):
    auditor = make_user("Bridget Sample", authority, "auditor")
    now = timezone.now()
    tie(case, user=auditor, kind="auditing", until_on=(now + timedelta(days=30)).date(), by=desmond, at=now)

    page = sign_in(actor_for(auditor, now)).get("/home").content.decode()

    assert "Cases you were given to read" in page
    assert f"/cases/{case.reference}/" in page


@pytest.mark.parametrize("role", STAFF)
def test_everybody_finds_what_haven_keeps_of_them_from_the_first_page(role, authority, sign_in):
    page = sign_in(actor_of_user(make_user("Sam Example", authority, role))).get("/home").content.decode()

    assert 'href="/my-looks"' in page
    assert 'href="/my-details"' in page


def test_a_role_without_cases_is_led_to_what_it_opens(authority, sign_in):
    guardian = actor_of_user(make_user("Samira Sample", authority, "information_governance_officer"))
    page = sign_in(guardian).get("/home").content.decode().partition("<main")[2]

    assert 'href="/guardian"' in page and 'href="/conflicts"' in page
    assert "My cases" not in page
