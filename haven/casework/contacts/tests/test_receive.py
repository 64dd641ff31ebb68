"""What arrives is durable, counted and taken once."""

from datetime import UTC, datetime
from typing import Any

import pytest

from haven.casework.access import wall
from haven.casework.access.models import Authority, Membership, User
from haven.casework.contacts.arriving import KeyUsedForAnotherBody, NobodyToFind, receive
from haven.casework.contacts.models import Contact
from haven.casework.contacts.operations import AlreadyTaken, SafetyRequired, claim, first_look
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed

TUESDAY = datetime(2026, 11, 10, 10, 0, tzinfo=UTC)


def an_authority(code: str) -> Authority:
    return Authority.objects.create(code=code, name=f"Synthetic {code}")


@pytest.fixture
def authority(db: None) -> Authority:
    return an_authority("kenford")


def officer(authority: Authority, name: str, role: str = "duty_officer") -> Actor:
    user = User.objects.create_user(f"{name}@example.invalid", name=name.title())
    Membership.objects.create(user=user, authority=authority, role=role, from_on=TUESDAY.date())
    held = frozenset({(authority.pk, role)})
    return Actor("user", user.pk, user.name, frozenset({authority.pk}), frozenset({role}), frozenset(), held)


def tom_tells_us(authority: Authority, key: str = "k1", words: str = "She is not eating", **adult: Any) -> Contact:
    return receive(
        authority,
        pathway="nowhere",
        channel="web",
        form="public",
        answers={"words": words},
        adults=[adult or {"given_name": "Joan"}],
        referrer={"name": "Tom"},
        idempotency_key=key,
        received_at=TUESDAY,
        by=Actor.public(authority.pk),
        at=TUESDAY,
    )


def test_the_same_form_sent_twice_gives_one_report(authority: Authority) -> None:
    assert tom_tells_us(authority).reference == tom_tells_us(authority).reference
    assert Contact.objects.count() == 1


def test_the_same_key_with_other_words_is_refused_and_the_first_stands(authority: Authority) -> None:
    first = tom_tells_us(authority)

    with pytest.raises(KeyUsedForAnotherBody, match=first.reference):
        tom_tells_us(authority, words="She is fine")


@pytest.mark.parametrize("adult", [{"description": "The man at no. 12"}, {"whereabouts": "By the lock"}])
def test_a_description_or_a_whereabouts_is_enough(authority: Authority, adult: dict[str, str]) -> None:
    assert tom_tells_us(authority, **adult).adults.get().named == "Not named"


def test_a_report_that_gives_no_way_to_find_anybody_is_refused(authority: Authority) -> None:
    with pytest.raises(NobodyToFind):
        tom_tells_us(authority, postcode="KF1 1AA")

    assert not Contact.objects.exists()


def test_a_colleague_on_it_is_not_pushed_aside_unknowingly(authority: Authority) -> None:
    contact = tom_tells_us(authority)
    claim(contact, by=officer(authority, "amara"), at=TUESDAY)
    noor = officer(authority, "noor")

    with pytest.raises(AlreadyTaken):
        claim(contact, by=noor, at=TUESDAY)

    claim(contact, take_over=True, by=noor, at=TUESDAY)
    assert Contact.objects.get().claimed_by_id == noor.id


def test_a_first_look_says_whether_they_are_safe_tonight(authority: Authority) -> None:
    contact = tom_tells_us(authority)
    amara = officer(authority, "amara")

    with pytest.raises(SafetyRequired):
        first_look(contact, safe_tonight="", urgency="today", by=amara, at=TUESDAY)
    first_look(contact, safe_tonight="yes", urgency="today", words="Rang her", by=amara, at=TUESDAY)

    contact = Contact.objects.get()
    assert (contact.state, contact.safe_tonight, contact.claimed_by_id) == ("looked_at", "yes", amara.id)


def test_an_officer_of_another_authority_cannot_take_it(authority: Authority) -> None:
    contact = tom_tells_us(authority)
    with pytest.raises(NotAllowed):
        claim(contact, by=officer(an_authority("elsewhere"), "amara"), at=TUESDAY)


def test_behind_the_second_wall_another_authoritys_reports_do_not_exist(authority: Authority) -> None:
    other = an_authority("elsewhere")
    tom_tells_us(authority)
    tom_tells_us(other, key="k2")

    wall.open_to([other.pk])
    assert [contact.authority_id for contact in Contact.objects.all()] == [other.pk]
    wall.open_to([])
    assert not Contact.objects.exists()
    wall.open_to_all()
    assert Contact.objects.count() == 2
