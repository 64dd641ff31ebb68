"""Every page asked for with the application's own checks switched off: the database alone keeps what is kept (B.6).

Every permission says yes, every role is held and every queryset gives all it can; what is then loaded of another
authority or of a kept case is counted.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import rules
from django.db import models
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from haven.casework.access.models import Authority, Membership, User
from haven.casework.access.roles import GUARDIANS, ROLES
from haven.casework.cases.models import CaseQuerySet
from haven.casework.contacts.models import ContactQuerySet
from haven.casework.desk import loading, looking_up
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.casework.tasks.models import TaskQuerySet
from haven.casework.watch.models import AlertQuerySet
from haven.project.management.commands.routes import addresses
from haven.project.testing.people import TUESDAY, make_user, signed_in
from haven.project.testing.worlds import World, Worlds, make_worlds

OF_THE_AUTHORITY = {
    "access_conflict", "watch_alert", "measures_snapshot", "events_read", "upkeep_continuitypack", "upkeep_finding",
}  # fmt: skip
"""Rows that show to the whole authority, because they say nothing of the case (`test_trust_walls`)."""

IDS = {
    "people/": "people_person", "notes/": "cases_casenote", "files/": "documents_document", "tasks/": "tasks_task",
    "guardian": "watch_alert", "alerts/": "watch_alert", "continuity/": "upkeep_continuitypack",
}  # fmt: skip
"""What an address with an id in it is about."""

READERS = {
    "on duty": ("duty_officer", "out_of_hours_worker"),
    "worker": ("practitioner",),
    "guardian": ("information_governance_officer",),
    "every role": tuple(ROLES),
}


@pytest.fixture
def worlds(authority: Authority, elsewhere: Authority) -> Worlds:
    return make_worlds(authority, elsewhere)


@pytest.fixture
def without_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is allowed and everything is asked for."""
    everything = lambda self, *given: self.all()  # noqa: E731
    for queryset, names in (
        (CaseQuerySet, ("visible_to",)), (ContactQuerySet, ("visible_to", "readable_by")),
        (AlertQuerySet, ("visible_to",)), (TaskQuerySet, ("for_actor",)),
    ):  # fmt: skip
        for name in names:
            monkeypatch.setattr(queryset, name, everything)
    monkeypatch.setattr(CaseQuerySet, "kept_from", lambda self, actor: self.none())
    for module in (loading, looking_up):
        monkeypatch.setattr(module, "people_visible_to", lambda actor: Person.objects.all())
    monkeypatch.setattr(rules, "perm_exists", lambda name: True)
    monkeypatch.setattr(rules, "has_perm", lambda name, *given: True)
    for name in ("has_role", "has_role_at"):
        monkeypatch.setattr(Actor, name, lambda self, *given: True)


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, Any]]:
    """Every row that any model was made from, table and key."""
    rows: set[tuple[str, Any]] = set()
    make = models.Model.from_db.__func__  # type: ignore[attr-defined]

    def from_db(cls: Any, db: Any, names: Any, values: Any) -> Any:
        made = make(cls, db, names, values)
        rows.add((cls._meta.db_table, made.pk))
        return made

    monkeypatch.setattr(models.Model, "from_db", classmethod(from_db))
    return rows


def paths(world: World) -> Iterator[str]:
    """Every address, about this world's records; those about no record only once, for all worlds are asked in turn."""
    for path, _name, _pattern in addresses(get_resolver()):
        about = world.contact if path.startswith("reports/") else world.case
        filled = re.sub(r"<str:reference>", about.reference, path.replace("<slug:authority>", world.authority.code))
        table = next((table for word, table in IDS.items() if word in path), "adults_action")
        filled = re.sub(r"<uuid:\w+>", str(world.rows[table]), filled.replace("<slug:line>", "police"))
        if filled != path or world.name == "sealed":
            yield re.sub(r"<[^>]*>", "all", filled)


def browser_of(user: User) -> Client:
    """Signed in with a second factor; a page that fails over a made-up record answers so, and the next is asked for."""
    browser = signed_in(user, proved_at=timezone.now())
    browser.raise_request_exception = False
    return browser


def words_of(world: World) -> tuple[str, ...]:
    """What would betray it: its names and its references."""
    return (f"Zz{world.name}", f"Joan{world.name}", world.case.reference, world.contact.reference)


def hidden(worlds: Worlds) -> tuple[World, ...]:
    return worlds.sealed, worlds.restricted, worlds.theirs


def asked(client: Client, world: World) -> Iterator[tuple[str, Any]]:
    """The answers to every address about this world, and to searches for it."""
    for path in paths(world):
        yield path, client.get(f"/{path}")
    for words in words_of(world):
        yield "search", client.post("/search", {"q": words})


def betrayed(answer: Any, world: World) -> list[str]:
    """What the answer says of its names and references that was not in its own address, with what stands around it."""
    if answer.streaming:
        return []
    said = answer.content.decode(errors="replace").replace(answer.request["PATH_INFO"], "")
    found = (re.search(f".{{0,60}}{re.escape(word)}.{{0,20}}", said) for word in words_of(world))
    return [each[0] for each in found if each]


def is_followed(path: str, world: World, roles: tuple[str, ...]) -> bool:
    """A page on which a guardian follows who looked at a kept case of their own authority: the wall is lifted for them
    there (`desk.following`), and for nobody else, and never for another authority."""
    follows = path.startswith("guardian") or "/looks" in path
    return follows and world.name != "theirs" and not set(roles).isdisjoint(GUARDIANS)


@pytest.mark.usefixtures("without_checks")
@pytest.mark.parametrize("reader", READERS)
def test_with_its_own_checks_off_no_page_loads_a_row_of_another_authority_or_of_a_kept_case(
    worlds: Worlds, authority: Authority, loaded: set[tuple[str, Any]], reader: str
) -> None:
    client = browser_of(make_user("Reader Test", authority, *READERS[reader]))
    kept = {
        (table, pk): world.name
        for world in hidden(worlds)
        for table, pk in world.rows.items()
        if table not in OF_THE_AUTHORITY or world is worlds.theirs
    }
    loaded.clear()
    statuses: Counter[int] = Counter()
    wrong: list[Any] = []
    for world in hidden(worlds):
        for path, answer in asked(client, world):
            statuses[answer.status_code] += 1
            found = [(path, kept[row], row[0]) for row in loaded if row in kept]
            found += [(path, world.name, said) for said in betrayed(answer, world)] if path != "search" else []
            wrong += [] if is_followed(path, world, READERS[reader]) else found
            loaded.clear()

    assert not wrong, "\n".join(map(str, wrong))
    assert statuses.total() > 180
    assert statuses[200] > 30
    assert statuses[404] > 100


@pytest.mark.usefixtures("without_checks")
def test_with_its_own_checks_off_the_pages_do_load_what_is_not_kept(
    worlds: Worlds, authority: Authority, loaded: set[tuple[str, Any]]
) -> None:
    """Else the counts above would be of pages that load nothing."""
    client = browser_of(make_user("Reader Test", authority, *ROLES))
    loaded.clear()
    opened = [path for path, answer in asked(client, worlds.ours) if answer.status_code == 200]
    ours = {table for table, pk in worlds.ours.rows.items() if (table, pk) in loaded}

    assert len(opened) > 40
    assert {"cases_case", "people_person", "contacts_contact", "cases_casenote", "adults_concern"} <= ours


def test_a_member_of_another_authority_too_sees_each_but_not_what_is_kept(
    worlds: Worlds, authority: Authority, elsewhere: Authority, loaded: set[tuple[str, Any]]
) -> None:
    user = make_user("Reader Test", authority, "head_of_service")
    Membership.objects.create(user=user, authority=elsewhere, role="head_of_service", from_on=TUESDAY.date())
    client = browser_of(user)
    loaded.clear()
    assert client.get(f"/cases/{worlds.theirs.case.reference}/").status_code in (200, 500)
    assert ("cases_case", worlds.theirs.case.pk) in loaded
    assert client.get(f"/cases/{worlds.sealed.case.reference}/").status_code == 404
