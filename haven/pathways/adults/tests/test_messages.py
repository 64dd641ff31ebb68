"""Somebody who told us without a name comes back by a number: reads, writes, adds evidence, and stays unknown."""

import logging
import re
import statistics
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from haven.casework.access.models import Authority, User
from haven.casework.cases.casework import allocate
from haven.casework.clocks.models import Clock
from haven.casework.contacts.identifying import asks_to_identify
from haven.casework.contacts.messages import Message, MessageBox
from haven.casework.contacts.messaging import (
    ANSWER_MESSAGE,
    NumberTaken,
    answer_message,
    fingerprint,
    give_number,
    tell_more,
)
from haven.casework.contacts.models import Contact
from haven.casework.contacts.operations import first_look
from haven.casework.disclosure.gathering import sources_in
from haven.casework.documents.models import Document
from haven.casework.letters.rendering import Reader, quoted
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed, Refusal
from haven.lib.ids import uuid7
from haven.pathways.adults.operations.report import accept_report
from haven.pathways.adults.tests.test_public import JPEG, Visitor, text_of
from haven.project.testing.people import actor_of_user, make_report, make_user

NUMBER = re.compile(r"\b\d{4}-\d{4}-\d{4}-\d{4}\b")
WORDS = "On the night shift of 3 March in room 12 she was left on the floor until seven."
MARK = "Zzyzx"
"""In every header that tells who somebody is; must be found nowhere."""

READABLE = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND has_table_privilege(oid, 'SELECT')
"""
"""Every table; the months of one are read through it."""

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted(settings: Any, tmp_path: Any) -> None:
    cache.clear()
    settings.HAVEN_FILES = tmp_path


@pytest.fixture
def council(authority: Authority) -> Authority:
    """With the code of the visitor's addresses."""
    Authority.objects.filter(pk=authority.pk).update(code="saeb")
    authority.refresh_from_db()
    return authority


@pytest.fixture
def nurse(council: Authority) -> Visitor:
    """Somebody who works at a care home and gives no name."""
    return Visitor(Client(HTTP_USER_AGENT=f"{MARK} agent", REMOTE_ADDR="203.0.113.77", HTTP_REFERER=f"https://{MARK}/"))


def receipt_of(visitor: Visitor, identity: str = "do_not_ask") -> Any:
    visitor.tells_enough()
    visitor.answers("you", identity=identity)
    return visitor.client.get(visitor.sends().url)


def number_on(page: Any) -> str:
    found = NUMBER.search(text_of(page))
    assert found
    return found[0]


def comes_back(visitor: Visitor, number: str) -> Any:
    return visitor.client.post(visitor.at("messages"), {"number": number})


def writes(visitor: Visitor, words: str = WORDS, **more: Any) -> Any:
    return visitor.client.post(visitor.at("conversation"), {"words": words, **more})


@pytest.mark.parametrize(("identity", "given"), [("do_not_ask", True), ("inside", True), ("use", False), ("", False)])
def test_whoever_gives_no_name_or_gives_it_in_confidence_gets_a_number_once(
    nurse: Visitor, identity: str, given: bool
) -> None:
    nurse.tells_enough()
    if identity:
        nurse.answers("you", identity=identity)
    address = nurse.sends().url
    first, second = nurse.client.get(address), nurse.client.get(address)

    assert bool(NUMBER.search(text_of(first))) is given
    assert not NUMBER.search(text_of(second))
    assert ("Your number was shown once" in text_of(second)) is given
    assert not NUMBER.search(text_of(nurse.client.get(f"{address}paper/")))
    assert MessageBox.objects.exists() is given


def test_only_a_fingerprint_of_the_number_is_kept_and_there_is_no_room_for_who_they_are(nurse: Visitor) -> None:
    number = number_on(receipt_of(nurse)).replace("-", "")
    box = MessageBox.objects.get()

    assert number not in str(vars(box))
    assert box.number_hash == fingerprint(box.authority_id, number)
    assert {field.name for field in MessageBox._meta.fields} == {
        "id", "contact", "authority", "number_hash", "given_at", "used_at",
    }  # fmt: skip
    assert {field.name for field in Message._meta.fields} == {
        "id", "salt", "contact", "authority", "from_outside", "words", "files", "written_at", "written_by",
        "settled_at", "settled_by", "settled_reasons", "warned_at",
    }  # fmt: skip


def test_a_number_lost_on_the_way_is_made_again_until_somebody_has_used_it(nurse: Visitor) -> None:
    nurse.tells_enough()
    nurse.answers("you", identity="do_not_ask")
    address = nurse.sends().url
    lost = number_on(nurse.client.get(address))
    another = number_on(nurse.client.post(f"{address}number/"))

    assert comes_back(Visitor(Client()), lost).status_code == 422
    assert comes_back(nurse, another).status_code == 302
    assert not NUMBER.search(text_of(nurse.client.post(f"{address}number/")))
    with pytest.raises(NumberTaken):
        give_number(Contact.objects.get(), again=True, by=Actor.public(Contact.objects.get().authority_id),
                    at=timezone.now())  # fmt: skip


def test_the_number_opens_the_messages_however_it_is_typed_and_both_write(nurse: Visitor, amara: Actor) -> None:
    number = number_on(receipt_of(nurse))
    for typed in (number, number.replace("-", ""), number.replace("-", " "), f"  {number} "):
        assert comes_back(Visitor(Client()), typed).status_code == 302
    comes_back(nurse, number)
    assert writes(nurse).url == nurse.at("conversation")
    contact = Contact.objects.get()
    answer_message(contact, words="Thank you. Is she safe tonight?", by=amara, at=timezone.now())

    page = text_of(nurse.open("conversation"))
    assert "Is she safe tonight?" in page
    assert "left on the floor" in page
    assert "Amara" not in page
    assert nurse.client.post(nurse.at("messages-close")).url == nurse.at("start")
    assert nurse.open("conversation").url == nurse.at("messages")


def test_evidence_added_by_the_number_is_kept_and_what_could_do_harm_is_kept_apart(nurse: Visitor) -> None:
    comes_back(nurse, number_on(receipt_of(nurse)))
    rota = SimpleUploadedFile("rota.html", b"<html><script>x()</script></html>")
    program = SimpleUploadedFile("a.exe", b"MZ\x00\x01")
    writes(nurse, "", evidence=[SimpleUploadedFile("floor.jpg", JPEG), rota, program])

    page = text_of(nurse.open("conversation"))
    assert dict(Document.objects.values_list("name", "state")) == {"floor.jpg": "kept", "rota.html": "quarantined"}
    assert {each.contact_id for each in Document.objects.all()} == {Contact.objects.get().pk}
    assert "File 2: It could harm" in page
    assert "File 3: We cannot take" in page


def test_a_message_sent_twice_is_one_message_and_an_empty_one_is_none(nurse: Visitor) -> None:
    comes_back(nurse, number_on(receipt_of(nurse)))
    key = str(uuid7())
    photo = {"evidence": [SimpleUploadedFile("floor.jpg", JPEG)]}
    assert [writes(nurse, _key=key, **photo).status_code for _ in range(3)] == [302] * 3
    empty = writes(nurse, "")

    assert empty.status_code == 422
    assert Message.objects.count() == Document.objects.count() == 1


def test_wrong_unknown_foreign_and_nonsense_numbers_are_answered_alike(nurse: Visitor, elsewhere: Authority) -> None:
    number_on(receipt_of(nurse))
    theirs = make_report(elsewhere, Actor.public(elsewhere.pk), referrer={"identity": "do_not_ask"})
    foreign = give_number(theirs, by=Actor.public(elsewhere.pk), at=timezone.now())

    def answer(number: str) -> str:
        page = comes_back(Visitor(Client()), number)
        assert page.status_code == 422
        assert not page.cookies.get("haven_messages")
        return re.sub(r'value="[^"]*"', "", text_of(page).split("<main")[1])

    answers = {answer(number) for number in ("0000-0000-0000-0001", foreign, "1" * 16, "12", "abc", "9" * 40)}
    assert len({re.sub(r"csrf\S+", "", each) for each in answers}) == 1


def test_an_unknown_number_takes_as_long_as_a_foreign_one(nurse: Visitor, elsewhere: Authority) -> None:
    theirs = make_report(elsewhere, Actor.public(elsewhere.pk), referrer={"identity": "do_not_ask"})
    foreign = give_number(theirs, by=Actor.public(elsewhere.pk), at=timezone.now())

    def seconds(number: str) -> float:
        cache.clear()
        began = time.perf_counter()
        comes_back(nurse, number)
        return time.perf_counter() - began

    comes_back(nurse, foreign)
    pairs = [(seconds("0000000000000001"), seconds(foreign)) for _ in range(15)]
    unknown, known = (statistics.median(each) for each in zip(*pairs, strict=True))
    assert abs(unknown - known) < 0.5 * max(unknown, known)


def test_numbers_that_begin_alike_are_not_run_through(nurse: Visitor) -> None:
    number = number_on(receipt_of(nurse))
    like_it = [f"{number[:4]}{n:012d}" for n in range(12)]
    for wrong in like_it:
        comes_back(Visitor(Client()), wrong)

    assert "tried too often" in text_of(comes_back(nurse, number))
    cache.clear()
    assert comes_back(nurse, number).status_code == 302


def test_the_messages_close_by_themselves_and_a_forged_cookie_opens_nothing(nurse: Visitor, monkeypatch: Any) -> None:
    comes_back(nurse, number_on(receipt_of(nurse)))
    held = nurse.client.cookies["haven_messages"]
    assert (held["httponly"], held["samesite"], held["path"], held["max-age"]) == (
        True,
        "Strict",
        "/saeb/messages/",
        "",
    )
    later = time.time() + timedelta(minutes=31).total_seconds()
    with monkeypatch.context() as clock:
        clock.setattr(time, "time", lambda: later)
        assert nurse.open("conversation").url == nurse.at("messages")
    forger = Visitor(Client())
    forger.client.cookies["haven_messages"] = f"{Contact.objects.get().pk.hex}:1abc:forged"
    assert forger.open("conversation").status_code == 302


def test_nothing_of_who_came_or_with_what_is_stored_or_logged(nurse: Visitor, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    number = number_on(receipt_of(nurse))
    comes_back(nurse, "0" * 16)
    comes_back(nurse, number)
    writes(nurse)
    with connection.cursor() as cursor:
        cursor.execute(READABLE)
        tables = [table for (table,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE ANY (%s)', [
                [f"%{each}%" for each in (MARK, "203.0.113.77", number, number.replace("-", ""))]])  # fmt: skip
            found += [table] if cursor.fetchone()[0] else []

    assert len(tables) > 60
    assert found == []
    said = "\n".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    for each in (MARK, "203.0.113.77", number, number.replace("-", "")):
        assert each not in said


def test_a_message_waits_under_a_clock_that_a_first_look_does_not_stop(nurse: Visitor, amara: Actor) -> None:
    comes_back(nurse, number_on(receipt_of(nurse)))
    writes(nurse)
    writes(nurse, "And again on Tuesday.")
    contact = Contact.objects.get()
    clocks = Clock.objects.of(ANSWER_MESSAGE, contact_id=contact.pk)
    assert clocks.running().count() == 1

    first_look(contact, safe_tonight="no", urgency="today", by=amara, at=timezone.now())
    assert clocks.running().count() == 1
    answer_message(contact, words="Thank you.", by=amara, at=timezone.now())
    assert clocks.running().count() == 0
    assert not Message.objects.unanswered().exists()


def test_a_machine_that_found_a_number_fills_nothing(nurse: Visitor) -> None:
    comes_back(nurse, number_on(receipt_of(nurse)))
    statuses = [writes(nurse, f"Message {n}").status_code for n in range(22)]

    assert statuses == [302] * 20 + [422] * 2


def test_who_gave_their_name_has_no_box_and_nobody_else_writes_from_outside(
    authority: Authority, neighbour: Actor, amara: Actor, other_team_worker: Actor
) -> None:
    named = make_report(authority, neighbour, referrer={"identity": "use"})
    unnamed = make_report(authority, neighbour, referrer={"identity": "inside"})
    for contact, by in ((named, neighbour), (unnamed, amara), (unnamed, Actor.job("x"))):
        with pytest.raises(NotAllowed):
            give_number(contact, by=by, at=timezone.now())
        with pytest.raises(NotAllowed):
            tell_more(contact, words="x", key=uuid7(), by=by, at=timezone.now())
    for by in (neighbour, other_team_worker):
        with pytest.raises(NotAllowed):
            answer_message(unnamed, words="x", by=by, at=timezone.now())
    with pytest.raises(Refusal):
        answer_message(unnamed, words=" ", by=amara, at=timezone.now())


def test_their_words_never_leave_as_they_wrote_them(
    authority: Authority, teams: Any, neighbour: Actor, amara: Actor, priya: Actor
) -> None:
    report = make_report(authority, neighbour, referrer={"identity": "do_not_ask"})
    give_number(report, by=neighbour, at=timezone.now())
    tell_more(report, words=WORDS, key=uuid7(), by=neighbour, at=timezone.now())
    concern = accept_report(report, team=teams.north, persons={}, by=amara, at=timezone.now())[0]
    allocate(concern.case, user=User.objects.get(pk=priya.id), kind="concern", at=timezone.now())

    given, _left_out = quoted(f"We were told: {WORDS} Please check.", Reader("provider", "", "outcome"),
                              sources_in(concern.case))  # fmt: skip
    assert "room 12" not in given
    assert "night shift" not in given
    assert "Please check" in given


ASKING = (
    "What is your name?", "Who are you?", "Can you give a phone number?", "Which shift were you on?",
    "Can we meet you?", "How do you know her?", "Where do you work?", "Which room was it?",
)  # fmt: skip
NOT_ASKING = ("Is she safe tonight?", "Thank you. We are looking into it.", "What did you see?", "Is anybody hurt?")


@pytest.mark.parametrize("words", ASKING)
def test_what_would_tell_who_they_are_is_warned_of(words: str) -> None:
    assert asks_to_identify(words)


@pytest.mark.parametrize("words", NOT_ASKING)
def test_what_would_not_is_not(words: str) -> None:
    assert asks_to_identify(words) == []


def test_a_worker_is_warned_before_asking_and_may_have_weighed_it(
    nurse: Visitor, amara: Actor, sign_in: Any, council: Authority
) -> None:
    comes_back(nurse, number_on(receipt_of(nurse)))
    writes(nurse)
    contact = Contact.objects.get()
    browser, here = sign_in(amara), f"/reports/{contact.reference}/messages/"

    queue = text_of(browser.get("/messages"))
    assert contact.reference in queue
    assert "left on the floor" not in queue
    assert [(each.label, each.count) for each in browser.get("/duty").context["waits"]][-1] == ("Messages to answer", 1)
    assert "1 message waits for an answer" in text_of(browser.get("/home"))
    assert "left on the floor" in text_of(browser.get(here))
    asked = browser.post(here, {"words": "Which shift were you on?"})
    assert asked.status_code == 422
    assert "could tell who they are" in text_of(asked)
    assert not Message.objects.filter(from_outside=False).exists()

    assert browser.post(here, {"words": "Which shift were you on?", "anyway": "on"}).status_code == 302
    assert Message.objects.get(from_outside=False).written_by_id == amara.id
    assert "No message waits" in text_of(browser.get("/messages"))


def test_a_message_that_needs_no_answer_says_why(nurse: Visitor, amara: Actor, sign_in: Any) -> None:
    comes_back(nurse, number_on(receipt_of(nurse)))
    writes(nurse)
    contact, browser = Contact.objects.get(), sign_in(amara)
    where = f"/reports/{contact.reference}/messages/no-answer"
    assert browser.post(where, {"reasons": ""}).status_code == 422
    assert browser.post(where, {"reasons": "They asked for none."}).status_code == 302

    assert not Message.objects.unanswered().exists()
    assert "They asked for none." in text_of(browser.get(f"/reports/{contact.reference}/messages/"))


def test_messages_of_a_case_are_for_who_works_on_it(
    nurse: Visitor, amara: Actor, priya: Actor, other_team_worker: Actor, council: Authority, teams: Any, sign_in: Any
) -> None:
    comes_back(nurse, number_on(receipt_of(nurse)))
    contact = Contact.objects.get()
    concern = accept_report(contact, team=teams.north, persons={}, by=amara, at=timezone.now())[0]
    allocate(concern.case, user=User.objects.get(pk=priya.id), kind="concern", at=timezone.now())
    writes(nurse)

    queue = text_of(sign_in(priya).get("/messages"))
    assert contact.reference in queue
    assert "Priya Nair" in queue
    stranger = sign_in(other_team_worker)
    assert "No message waits" in text_of(stranger.get("/messages"))
    assert stranger.get(f"/reports/{contact.reference}/messages/").status_code == 404
    case_page = text_of(sign_in(priya).get(f"/cases/{concern.case.reference}/"))
    assert "Waits for an answer" in case_page
    assert "left on the floor" not in case_page
    assert (
        sign_in(actor_of_user(make_user("Zed Analyst", council, "performance_analyst"))).get("/messages").status_code
        == 404
    )
