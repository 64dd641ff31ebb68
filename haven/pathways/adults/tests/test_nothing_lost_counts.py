"""received = open + decided + merged + refused, per channel and day, after whatever was done (TR-15)."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from haven.casework.contacts.models import Contact
from haven.casework.waiting.reconciling import reconcile
from haven.pathways.adults.operations.report import accept_report, join_report, refuse_report
from haven.project.testing.people import FRIDAY, TUESDAY, make_report


def only_day():
    [day] = reconcile()
    return day


def test_what_came_is_somewhere_at_every_step(report, authority, neighbour, joan, teams, amara):
    joined, refused = (
        make_report(authority, neighbour),
        make_report(authority, neighbour, adults=[{"description": "A tall man"}], children_present=False),
    )
    assert (only_day().received, only_day().open, only_day().balanced) == (3, 3, True)

    [concern] = accept_report(report, persons={report.adults.get().pk: joan}, by=amara, at=TUESDAY)
    join_report(joined, to=concern, reasons="The same shouting.", by=amara, at=TUESDAY)
    refuse_report(refused, reasons="He is visiting his sister.", by=amara, at=TUESDAY)

    day = only_day()
    assert (day.channel, day.day, day.received) == ("web", FRIDAY.date(), 3)
    assert (day.open, day.decided, day.merged, day.refused, day.balanced) == (0, 1, 1, 1, True)


def test_the_same_form_sent_twice_came_once(authority, neighbour):
    for _again in range(3):
        make_report(authority, neighbour, idempotency_key="the same")

    assert (only_day().received, only_day().balanced) == (1, True)


def test_a_report_that_is_gone_shows(report, authority, neighbour):
    make_report(authority, neighbour)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_contact SET channel = 'telephone' WHERE id = %s", [report.pk])

    lost = {day.channel: day.balanced for day in reconcile()}

    assert lost == {"web": False, "telephone": False}


def test_the_command_answers_in_the_form_others_rely_on_and_fails_where_a_day_does_not_come_out(report):
    told = StringIO()
    call_command("reconcile", "--json", stdout=told)

    [day] = json.loads(told.getvalue())
    assert list(day) == ["channel", "day", "received", "open", "decided", "merged", "refused", "balanced"]
    assert day["day"] == "2026-03-06" and day["balanced"] is True

    Contact.objects.filter(pk=report.pk).update(channel="telephone")
    with pytest.raises(SystemExit):
        call_command("reconcile", "--json", stdout=StringIO())


def test_the_page_counts_every_report_whoever_may_see_it_and_names_none(report, grace, sign_in):
    page = sign_in(grace).get("/waiting/counts").content.decode()

    assert "Counted in, counted out" in page
    assert report.reference not in page
