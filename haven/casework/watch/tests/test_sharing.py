"""What readers gave of themselves, and where they are on duty, reaches the watch."""

from typing import Any

import pytest

from haven.casework.access.models import Authority, User
from haven.casework.access.operations.unused import ON_ROTA
from haven.casework.cases.models import Case
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.casework.watch.own_details import give_own_details
from haven.casework.watch.sharing import shared_by_digest
from haven.casework.watch.tests.looks import looked, seen_in, signs
from haven.project.testing.people import FRIDAY, TUESDAY, actor_of_user, make_user

NIGHT = TUESDAY.replace(hour=2)


@pytest.fixture
def colin(authority: Authority, teams: Any) -> Actor:
    """A colleague of Priya in the North team."""
    return actor_of_user(make_user("Colin Whitlock", authority, "practitioner", team=teams.north))


def test_what_readers_gave_of_themselves_is_compared_by_digest_with_the_record(
    case: Case, joan: Person, colin: Actor, authority: Authority
) -> None:
    user = User.objects.get(pk=colin.id)
    people = {user.pk: {joan.pk}}
    give_own_details(user, house="4 Almond Row", postcode="zz14ar", phones=["01632 960 777"], by=colin, at=FRIDAY)
    assert {what for *_, what in shared_by_digest(people)} == {"address", "postcode", "street"}

    give_own_details(user, house="19 Almond Row", postcode="ZZ1 4AR", by=colin, at=FRIDAY)
    assert {what for *_, what in shared_by_digest(people)} == {"postcode", "street"}
    give_own_details(user, house="19 Almond Row", postcode="ZZ1 9ZZ", by=colin, at=FRIDAY)
    assert {what for *_, what in shared_by_digest(people)} == {"street"}
    give_own_details(user, house="19 Birch Row", postcode="ZZ1 9ZZ", by=colin, at=FRIDAY)
    assert list(shared_by_digest(people)) == []


def test_a_neighbour_by_digest_alerts_by_itself(case: Case, joan: Person, colin: Actor) -> None:
    user = User.objects.get(pk=colin.id)
    give_own_details(user, house="19 Almond Row", postcode="ZZ1 4AR", by=colin, at=FRIDAY)

    assert [alert.kind for alert in seen_in(looked(colin, "case", case, joan, at=TUESDAY))] == ["look_neighbour"]


def test_a_rota_of_that_day_is_duty(case: Case, joan: Person, colin: Actor) -> None:
    ON_ROTA.append(lambda user, first, last: user == colin.id and first == NIGHT.date() == last)
    seen_in(looked(colin, "case", case, joan, at=NIGHT))
    ON_ROTA.pop()

    assert signs() == []
