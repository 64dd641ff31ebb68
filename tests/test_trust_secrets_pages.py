"""Every address, every role: what is protected stands in no answer, header, e-mail, log, event or job (TR-07, PR-24).

The same words were typed into notes, reports, reasons, tasks and plans too: there they are masked.
"""

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.urls import get_resolver
from procrastinate.contrib.django.models import ProcrastinateJob

from haven.casework.access.models import Authority, User
from haven.casework.access.roles import ROLES
from haven.casework.cases.models import CaseNote
from haven.casework.cases.operations import add_case_note
from haven.casework.contacts.models import Contact
from haven.casework.contacts.operations import claim, first_look
from haven.casework.deliveries.carrying import carry_out
from haven.casework.deliveries.leaving import Outgoing
from haven.casework.deliveries.models import Release
from haven.casework.deliveries.release import ask_for_release
from haven.casework.deliveries.sending import send
from haven.casework.operations.actor import Actor
from haven.casework.people.keeping import keep_protected, to_look_for
from haven.casework.people.models import Person, ProtectedValue
from haven.casework.people.protecting import Sought, carried_in
from haven.casework.people.recording import add_address, add_contact_point
from haven.casework.tasks.doing import add_task
from haven.lib.ids import uuid7
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern
from haven.project.management.commands.routes import addresses
from haven.project.testing.people import (
    FRIDAY,
    TUESDAY,
    SignedIn,
    Teams,
    actor_of_user,
    make_report,
    make_user,
    signed_in,
)

PLACE, NUMBER, ENTRY = "Rowan House, 14 Quillhaven Terrace, ZZ3 7QX", "07700 900123", "key safe 84713"
TOLD = "Tamsin Oddfellow"
WORDS = f"{TOLD} says she is at {PLACE}; ring {NUMBER}, {ENTRY}."
"""What somebody typed without thinking."""


@pytest.fixture
def report(authority: Authority, neighbour: Actor, settings: Any, tmp_path: Any) -> Contact:
    """A report in confidence, in whose every box the words stand."""
    settings.HAVEN_KEYS = tmp_path / "keys"
    settings.HAVEN_FILES = tmp_path / "files"
    return make_report(
        authority, neighbour, children_present=False, first_line=WORDS[:200],
        answers={"receipt": [[WORDS, [["What happened?", WORDS]]]], "fields": {"fact": WORDS}},
        adults=[{"given_name": "Joan", "family_name": "Whitlock", "whereabouts": "Rowan House, 14 Quillhaven Terrace",
                 "postcode": "ZZ3 7QX", "description": WORDS, "keep_protected": True}],
        referrer={"name": TOLD, "organisation": "Quarrybank Surgery", "telephone": "01632 960077", "identity": "inside",
                  "email": "tamsin@example.org", "source_code": "gp", "safe_ways": ["email"]},
    )  # fmt: skip


@pytest.fixture
def concern(report: Contact, joan: Person, teams: Teams, amara: Actor, priya: Actor, desmond: Actor) -> Concern:
    """The concern it became, Priya's, with the words in everything she wrote."""
    claim(report, by=amara, at=FRIDAY)
    first_look(report, safe_tonight="no", urgency="today", words=WORDS, by=amara, at=FRIDAY)
    known = {report.adults.get().pk: joan}
    [concern] = adults.accept_report(report, persons=known, team=teams.north, by=amara, at=TUESDAY)
    users = User.objects.in_bulk([priya.id, desmond.id])
    adults.allocate_concern(concern, worker=users[priya.id], manager=users[desmond.id], by=amara, at=TUESDAY)
    adults.record_hearing(concern, heard=True, words=WORDS, wants=WORDS, agrees="yes", by=priya, at=TUESDAY)
    adults.name_alleged_source(concern, given_name="Kevin", family_name="Whitlock", by=priya, at=TUESDAY)
    adults.record_types(concern, types=["physical"], primary="physical", location="own_home", by=priya, at=TUESDAY)
    adults.set_police_hold(concern, words=WORDS, officer="PC Test", by=priya, at=TUESDAY)
    limbs = {name: ("yes", WORDS) for name in ("needs", "abuse", "protect")}
    adults.answer_limbs(concern, **limbs, by=priya, at=TUESDAY)
    add_case_note(concern.case, how="call", happened_at=TUESDAY, words=WORDS, by=priya, at=TUESDAY)
    add_task(authority_id=concern.authority_id, kind="action", words=WORDS[:200], due_on=TUESDAY.date(), at=TUESDAY,
             by=priya, case=concern.case, owner=users[priya.id])  # fmt: skip
    return concern


@pytest.fixture
def sought(concern: Concern, joan: Person, authority: Authority, amara: Actor, priya: Actor) -> list[Sought]:
    """What is protected of Joan, as a scan looks for it."""
    where: dict[str, Any] = {"authority_id": authority.pk, "by": amara, "at": TUESDAY}
    lines, _, postcode = PLACE.rpartition(", ")
    add_address(joan, lines=lines, postcode=postcode, protected=True, **where)
    add_contact_point(joan, kind="mobile", value=NUMBER, protected=True, **where)
    keep_protected("home_entry", ENTRY, person=joan, **where)
    item = Outgoing("email", "kevin@example.org", "Hello", WORDS, authority.pk, concern.case)
    ask_for_release(concern.case, item=item, kinds=["address"], by=priya, at=TUESDAY)
    told = {"subject": "Your message", "body": "Thank you.", "purpose": "test", "case": concern.case}
    sent = send(channel="email", to_address="gp@example.org", authority_id=authority.pk, at=TUESDAY, **told)
    carry_out(sent.pk, TUESDAY)
    return to_look_for(ProtectedValue.objects.all())


def candidates(concern: Concern, joan: Person) -> dict[str, list[Any]]:
    """What the places of an address may be filled with."""
    contact = concern.contact
    report = make_report(concern.case.authority, Actor.public(concern.authority_id))
    return {
        "reference": [concern.case.reference, contact.reference, report.reference],
        "people": [joan.pk],
        "notes": [CaseNote.objects.first().pk],  # type: ignore[union-attr]
        "releases": [Release.objects.first().pk],  # type: ignore[union-attr]
        "protected": list(ProtectedValue.objects.values_list("pk", flat=True)),
        "authority": [concern.case.authority.code], "step": ["who"], "line": ["police"],
    }  # fmt: skip


def filled(path: str, known: dict[str, list[Any]]) -> Iterator[str]:
    """The address with its places filled, in every way that makes sense."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", path)
    wanted = [_values(path, name, known) for name in names]
    for values in itertools.product(*wanted):
        url = path
        for name, value in zip(names, values, strict=True):
            url = re.sub(rf"<(?:\w+:)?{name}>", str(value), url)
        yield f"/{url}"


def _values(path: str, name: str, known: dict[str, list[Any]]) -> list[Any]:
    if name == "reference":
        return known["reference"][1:] if path.startswith("reports/") else known["reference"][:1]
    if name == "pk":
        return next((known[each] for each in ("people", "notes", "releases", "protected") if each in path), [uuid7()])
    return known.get(name, ["none"])


def told(answer: Any) -> str:
    """All that an answer says: its words and its headers."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace") + json.dumps(dict(answer.headers))


UNREVEALED = ("release",)
"""Their own reading is a recorded one: whoever opens a release reads what would leave, for that is what it is for."""


def readers(authority: Authority, teams: Teams, known: list[Actor]) -> dict[str, SignedIn]:
    """Somebody of every role, those of the case among them, and somebody not signed in."""
    held = {role for actor in known for role in actor.roles}
    team = teams.north
    others = [make_user(f"{role.title()} Reader", authority, role, team=team) for role in ROLES if role not in held]
    browsers: dict[str, SignedIn] = {"nobody": SignedIn()}
    for actor in [*known, *map(actor_of_user, others)]:
        browsers[", ".join(sorted(actor.roles))] = signed_in(User.objects.get(pk=actor.user_id))
    return browsers


def test_no_answer_to_anybody_holds_what_is_protected(
    sought: list[Sought], concern: Concern, joan: Person, authority: Authority, teams: Teams,
    amara: Actor, priya: Actor, desmond: Actor, caplog: pytest.LogCaptureFixture
) -> None:  # fmt: skip
    paths = [(name, path) for path, name, _ in addresses(get_resolver()) if "static" not in path]
    known = candidates(concern, joan)
    opened, leaks, masked = 0, [], 0
    for role, browser in readers(authority, teams, [amara, priya, desmond]).items():
        for name, path in paths:
            for url in filled(path, known):
                answer = browser.get(url)
                opened += answer.status_code == 200
                if name in UNREVEALED:
                    continue
                words = told(answer)
                masked += "[protected]" in words
                leaks += [(role, name, found.kind, found.part) for found in carried_in(words, sought)]
    assert not leaks, sorted(set(leaks))
    assert opened > 300 and masked > 30, (opened, masked)
    assert not carried_in(caplog.text, sought)


def test_nothing_that_is_kept_beside_the_record_holds_it(sought: list[Sought], concern: Concern) -> None:
    events = [json.dumps(event.codes) for event in apps.get_model("events", "Event").objects.all()]
    reads = list(apps.get_model("events", "Read").objects.values_list("reason", flat=True))
    jobs = [json.dumps(job.args) for job in ProcrastinateJob.objects.all()]
    letters = [f"{message.subject}{message.body}{message.to}" for message in mail.outbox]

    assert events and jobs and letters
    assert not [words for words in (*events, *reads, *jobs, *letters) if carried_in(words, sought)]


def test_no_search_finds_anybody_by_what_is_protected(sought: list[Sought], sign_in: Any, priya: Actor) -> None:
    for words in ("ZZ3 7QX", "zz37qx", NUMBER, "Quillhaven", TOLD):
        page = sign_in(priya).post("/search", {"q": words}).content.decode()
        assert "Joan Whitlock" not in page, words
