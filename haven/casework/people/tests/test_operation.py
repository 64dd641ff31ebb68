"""An operation: may, lock, check, change, record."""

from datetime import UTC, datetime
from typing import Any

import pytest
import rules

from haven.casework.access.models import Authority, User
from haven.casework.events.kinds import declare
from haven.casework.events.recording import history_of, record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import bulk_load, operation
from haven.casework.operations.refusals import NoEvent, NotAllowed, Refusal, Stale
from haven.casework.operations.versions import change
from haven.casework.people.models import Person
from haven.casework.people.recording import add_person, amend_person

TUESDAY = datetime(2026, 11, 10, 10, 0, tzinfo=UTC)

RENAMED = declare("tests.renamed", "{actor} renamed a person", erasure="Codes only.")
JOB = Actor.job("a test")


@rules.predicate
def is_the_test(actor: Actor, subject: Any) -> bool:
    return actor.name == "a test"


rules.add_perm("tests.rename", is_the_test)


@operation(may="tests.rename")
def rename(person: Person, *, to: str, by: Actor, at: datetime) -> None:
    """Rename a person."""
    change(person, known_as=to)
    if to == "nobody":
        raise Refusal("Nobody is called that.")
    if to != "unrecorded":
        record(RENAMED, subject=person, by=by, at=at)


@operation(may="tests.never_declared")
def undeclared(person: Person, *, by: Actor, at: datetime) -> None:
    """Do a thing nobody declared."""


def happened_to(person: Person) -> list[Any]:
    return history_of("people.person", person.pk)


@pytest.fixture
def joan(db: None) -> Person:
    return add_person(at=TUESDAY, known_as="Joan", given_name="Joan", family_name="Synthetic")


def test_an_operation_changes_and_records_in_one_go(joan: Person) -> None:
    rename(joan, to="Joanie", by=JOB, at=TUESDAY)

    assert Person.objects.get(pk=joan.pk).known_as == "Joanie"
    assert [event.type for event in happened_to(joan)] == ["tests.renamed"]


def test_a_permission_nobody_declared_is_refused_to_everybody(joan: Person) -> None:
    with pytest.raises(NotAllowed):
        undeclared(joan, by=JOB, at=TUESDAY)


def test_somebody_the_predicate_does_not_know_is_refused_and_nothing_changes(joan: Person) -> None:
    with pytest.raises(NotAllowed):
        rename(joan, to="Joanie", by=Actor.job("another"), at=TUESDAY)

    assert Person.objects.get(pk=joan.pk).known_as == "Joan"


def test_a_refusal_undoes_what_came_before_it(joan: Person) -> None:
    with pytest.raises(Refusal):
        rename(joan, to="nobody", by=JOB, at=TUESDAY)

    assert Person.objects.get(pk=joan.pk).known_as == "Joan"
    assert not happened_to(joan)


def test_a_change_that_records_nothing_is_a_programming_error(joan: Person) -> None:
    with pytest.raises(NoEvent):
        rename(joan, to="unrecorded", by=JOB, at=TUESDAY)

    assert Person.objects.get(pk=joan.pk).known_as == "Joan"


def test_a_bulk_load_writes_all_events_at_its_end(joan: Person) -> None:
    with bulk_load():
        rename(joan, to="A", by=JOB, at=TUESDAY)
        rename(joan, to="B", by=JOB, at=TUESDAY)
        assert not happened_to(joan)

    assert len(happened_to(joan)) == 2


def test_a_stale_form_shows_both_texts_and_overwrites_nothing(joan: Person) -> None:
    amend_person(joan, version=1, description="Tall, grey coat")

    with pytest.raises(Stale) as stale:
        amend_person(Person.objects.get(pk=joan.pk), version=1, description="Small, red hat")

    assert ("description", "Small, red hat", "Tall, grey coat") in stale.value.fields
    assert Person.objects.get(pk=joan.pk).description == "Tall, grey coat"


def test_only_a_named_person_has_a_user_id(db: None) -> None:
    authority = Authority.objects.create(code="t", name="Test")
    user = User.objects.create_user("amara@example.invalid", name="Amara Synthetic")

    assert Actor("user", user.pk).user_id == user.pk
    for machine in (JOB, Actor.public(authority.pk)):
        with pytest.raises(NotAllowed):
            _ = machine.user_id
