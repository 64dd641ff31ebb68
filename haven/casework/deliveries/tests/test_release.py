"""Nothing protected reaches somebody linked as a risk, unless two people release exactly those bytes (TR-08, TR-09)."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from haven.casework.access.actors import actor_for
from haven.casework.access.models import Authority, User
from haven.casework.cases.casework import allocate, create_case, involve
from haven.casework.cases.models import Case
from haven.casework.deliveries.carrying import carry_out
from haven.casework.deliveries.leaving import Outgoing, is_linked
from haven.casework.deliveries.models import Delivery, Release
from haven.casework.deliveries.release import (
    AlreadySettled,
    CarriesProtected,
    NotTwice,
    ReasonsNeeded,
    ask_for_release,
    decline_release,
    open_release,
    release,
)
from haven.casework.deliveries.sending import send
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.keeping import keep_protected
from haven.casework.people.models import Address, Person, Relationship, SafeContact
from haven.casework.people.recording import (
    add_address,
    add_contact_point,
    add_flag,
    add_person,
    end_relationship,
    name_risk_to,
    put_away_address,
)
from haven.casework.tasks.models import Task

TUESDAY = datetime(2026, 3, 10, 10, 0, tzinfo=ZoneInfo("Europe/London"))
REFUGE = "She is at 14 Larch Terrace now."


@pytest.fixture
def kevin(kevin: Person, authority: Authority, amara: Actor) -> Person:
    """Kevin, who is reached by e-mail and lives in Almond Row."""
    where: dict[str, Any] = {"authority_id": authority.pk, "by": amara, "at": TUESDAY}
    add_contact_point(kevin, kind="email", value="kevin@example.org", **where)
    add_contact_point(kevin, kind="mobile", value="07700 900 777", **where)
    add_address(kevin, lines="9 Almond Row", postcode="ZZ1 4AR", **where)
    return kevin


@pytest.fixture
def refuge(joan: Person, kevin: Person, authority: Authority, amara: Actor) -> Address:
    """Where Joan is now."""
    Relationship.objects.update(lives_with=False)
    where = {"lines": "Rowan House, 14 Larch Terrace, Eastmere", "postcode": "ZZ3 7QX"}
    return add_address(joan, authority_id=authority.pk, protected=True, by=amara, at=TUESDAY, **where)


def sent(case: Case, to: str = "kevin@example.org", body: str = REFUGE, **facts: Any) -> Delivery:
    given: dict[str, Any] = {"channel": "email", "subject": "Your message", "purpose": "test", "at": TUESDAY, **facts}
    return send(to_address=to, body=body, authority_id=case.authority_id, case=case, **given)


def carried(delivery: Delivery) -> Delivery:
    carry_out(delivery.pk, TUESDAY + timedelta(minutes=5))
    return Delivery.objects.get(pk=delivery.pk)


def test_the_person_alleged_to_have_caused_harm_is_not_told_where_she_is(case: Case, refuge: Address) -> None:
    with pytest.raises(CarriesProtected):
        sent(case)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("part", ["subject", "body"])
def test_neither_subject_nor_body_may_tell(case: Case, refuge: Address, part: str) -> None:
    with pytest.raises(CarriesProtected):
        sent(case, **{"body": "Hello.", part: "Re: zz37qx"})


def test_what_tells_nothing_goes_to_him(case: Case, refuge: Address) -> None:
    assert carried(sent(case, body="We will write again.")).state == Delivery.State.SENT


def test_somebody_who_is_no_risk_may_be_told(case: Case, refuge: Address) -> None:
    assert carried(sent(case, to="gp@example.org")).state == Delivery.State.SENT


def test_he_is_known_by_number_name_and_home_too(case: Case, refuge: Address) -> None:
    for facts in ({"known_as": ("Kevin Whitlock",)}, {"known_as": ("+44 7700 900777",)},
                  {"channel": "letter", "to": "The occupier, 9 Almond Row, ZZ1 4AR"},
                  {"channel": "letter", "to": "Mr Kevin Whitlock, 1 Elsewhere"}):  # fmt: skip
        with pytest.raises(CarriesProtected):
            sent(case, **{"to": "somebody@example.org", **facts})


def test_who_lives_with_him_is_as_good_as_he(
    case: Case, refuge: Address, kevin: Person, authority: Authority, amara: Actor
) -> None:
    sam = add_person(at=TUESDAY, given_name="Sam", family_name="Synthetic")
    add_address(sam, authority_id=authority.pk, by=amara, at=TUESDAY, lines="9 Almond Row", postcode="ZZ14AR")
    with pytest.raises(CarriesProtected):
        sent(case, to="sam@example.org", known_as=("Sam Synthetic",))


def test_what_is_protected_of_the_household_is_kept_from_him_too(
    case: Case, refuge: Address, authority: Authority, amara: Actor
) -> None:
    child = add_person(at=TUESDAY, given_name="Ada", family_name="Whitlock")
    involve(case, role="child", person=child, at=TUESDAY)
    keep_protected("place", "Fernside Primary", authority_id=authority.pk, person=child, by=amara, at=TUESDAY)
    with pytest.raises(CarriesProtected):
        sent(case, body="Ada is at fernside primary.")


def test_a_risk_to_the_household_counts_as_well(case: Case, refuge: Address, authority: Authority) -> None:
    child = add_person(at=TUESDAY, given_name="Ada", family_name="Whitlock")
    other = add_person(at=TUESDAY, given_name="Rex", family_name="Placeholder")
    involve(case, role="child", person=child, at=TUESDAY)
    name_risk_to(child, other=other, kind="parent", lives_with=False, authority_id=authority.pk, at=TUESDAY)
    with pytest.raises(CarriesProtected):
        sent(case, to="rex@example.org", known_as=("Rex Placeholder",))


def test_who_told_us_in_confidence_is_told_to_nobody(case: Case, authority: Authority, amara: Actor) -> None:
    Case.objects.filter(pk=case.pk).update(contact_id=case.pk)
    case.contact_id = case.pk
    told = "Tom Bakersby\n01632 960099"
    keep_protected("referrer", told, authority_id=authority.pk, contact_id=case.pk, by=amara, at=TUESDAY)
    with pytest.raises(CarriesProtected):
        sent(case, to="gp@example.org", body="T. Bakersby rang us.")
    assert sent(case, to="tom@example.org", body="Dear Tom Bakersby", contact_id=case.pk)


def test_a_former_name_is_told_to_nobody(case: Case, joan: Person) -> None:
    Person.objects.filter(pk=joan.pk).update(other_names="Jonathan Oldname")
    case = Case.objects.get(pk=case.pk)
    with pytest.raises(CarriesProtected):
        sent(case, to="gp@example.org", body="Formerly Jonathan Oldname.")


def item(case: Case, body: str = REFUGE) -> Outgoing:
    return Outgoing("email", "kevin@example.org", "Your message", body, case.authority_id, case)


@pytest.fixture
def asked(case: Case, refuge: Address, priya: Actor) -> Release:
    return ask_for_release(case, item=item(case), kinds=["address"], by=priya, at=TUESDAY)


@pytest.fixture
def second(case: Case, authority: Authority) -> Actor:
    """Omar, another social worker of the team."""
    from_team = case.team
    omar = User.objects.create_user("omar@example.org", name="Omar Example")
    omar.memberships.create(authority=authority, role="practitioner", team=from_team, from_on=date(2015, 1, 1))
    return actor_for(omar, TUESDAY)


def test_two_people_let_exactly_those_bytes_through(case: Case, asked: Release, desmond: Actor, second: Actor) -> None:
    release(asked, reasons="A court ordered it.", by=desmond, at=TUESDAY)
    with pytest.raises(CarriesProtected):
        sent(case)
    release(asked, reasons="I read the order.", by=second, at=TUESDAY)

    assert carried(sent(case)).state == Delivery.State.SENT
    assert [message.body for message in mail.outbox] == [REFUGE]
    for change in ({"body": f"{REFUGE} "}, {"subject": "Your messages"}, {"to": "kevin@example.org.uk"}):
        with pytest.raises(CarriesProtected):
            sent(case, known_as=("Kevin Whitlock",), **change)


def test_nobody_releases_their_own_or_twice_and_a_manager_is_among_them(
    asked: Release, priya: Actor, desmond: Actor, second: Actor, authority: Authority
) -> None:
    with pytest.raises(NotTwice):
        release(asked, reasons="Mine.", by=priya, at=TUESDAY)
    with pytest.raises(ReasonsNeeded):
        release(asked, reasons=" ", by=second, at=TUESDAY)
    release(asked, reasons="It is needed.", by=second, at=TUESDAY)
    with pytest.raises(NotTwice):
        release(asked, reasons="Again.", by=second, at=TUESDAY)
    release(asked, reasons="I agree.", by=desmond, at=TUESDAY)
    with pytest.raises(AlreadySettled):
        release(asked, reasons="And again.", by=desmond, at=TUESDAY)


def test_two_workers_without_a_manager_are_not_enough(asked: Release, second: Actor, priya: Actor) -> None:
    release(asked, reasons="It is needed.", by=second, at=TUESDAY)
    third = Actor(**{**second.__dict__, "id": User.objects.create_user("third@example.org", name="Third").pk})
    with pytest.raises(NotTwice):
        release(asked, reasons="I agree.", by=third, at=TUESDAY)


def test_who_does_not_work_on_the_case_neither_reads_nor_releases_it(asked: Release, other_team_worker: Actor) -> None:
    for attempt in (lambda: open_release(asked, by=other_team_worker, at=TUESDAY),
                    lambda: release(asked, reasons="Yes.", by=other_team_worker, at=TUESDAY)):  # fmt: skip
        with pytest.raises(NotAllowed):
            attempt()


def test_what_was_declined_stays_here(case: Case, asked: Release, desmond: Actor, second: Actor) -> None:
    decline_release(asked, reasons="Never.", by=desmond, at=TUESDAY)
    with pytest.raises(AlreadySettled):
        release(asked, reasons="Yes.", by=second, at=TUESDAY)
    with pytest.raises(CarriesProtected):
        sent(case)


def test_the_database_keeps_the_bytes_and_the_two_apart(asked: Release, desmond: Actor, priya: Actor) -> None:
    twice = {"first_by_id": desmond.id, "first_reasons": "x", "second_by_id": desmond.id, "second_reasons": "x"}
    for facts in (
        {"sha256": "0" * 64},
        {**twice, "has_manager": True},
        {"first_by_id": priya.id, "first_reasons": "x"},
    ):
        with pytest.raises(Exception) as refused, transaction.atomic():
            Release.objects.filter(pk=asked.pk).update(**facts)
        assert isinstance(refused.value, IntegrityError) or "a_release_is_of_these_bytes" in str(refused.value)


def test_those_who_read_it_see_it_as_it_would_leave(asked: Release, desmond: Actor) -> None:
    opened = open_release(asked, by=desmond, at=TUESDAY)
    assert (opened.to_address, opened.body) == ("kevin@example.org", REFUGE)
    assert "Larch" not in str(Release.objects.filter(pk=asked.pk).values_list("text", flat=True)[0])


def letter(case: Case, joan: Person) -> Delivery:
    return sent(case, to="4 Almond Row", body="Dear Joan", channel="letter", person=joan)


def test_what_was_protected_since_it_was_written_is_not_sent(
    case: Case, joan: Person, kevin: Person, amara: Actor
) -> None:
    Relationship.objects.update(lives_with=False)
    waiting = sent(case, body="She still lives at 4 Almond Row.")
    [home] = Address.objects.filter(person=joan)
    put_away_address(home, by=amara, at=TUESDAY)
    home.save()

    assert carried(waiting).settled_reason == "carries_protected"
    assert "protected since" in Task.objects.get(case=case, kind="delivery_stopped").words


def moved(joan: Person, authority: Authority, amara: Actor) -> None:
    add_address(joan, authority_id=authority.pk, by=amara, at=TUESDAY, lines="2 New Row", postcode="ZZ2 2ZZ")


def flagged(joan: Person, authority: Authority, amara: Actor) -> None:
    add_flag(joan, authority_id=authority.pk, kind="do_not_ring_home", at=TUESDAY)


def named(joan: Person, authority: Authority, amara: Actor) -> None:
    rex = add_person(at=TUESDAY, given_name="Rex", family_name="Placeholder")
    name_risk_to(joan, other=rex, kind="friend", lives_with=None, authority_id=authority.pk, at=TUESDAY)


def test_a_change_in_a_kept_case_stops_it_and_says_only_to_ring_the_guardian(
    case: Case, joan: Person, authority: Authority, teams: Any
) -> None:
    waiting = letter(case, joan)
    kept = create_case(pathway="adults", prefix="AS", authority=authority, person=joan, team=teams.north,
                       stage="concern", awaits_duty=False, at=TUESDAY)  # fmt: skip
    Case.objects.filter(pk=kept.pk).update(restriction="sealed")
    add_flag(joan, authority_id=authority.pk, kind="do_not_ring_home", learnt_in_id=kept.pk, at=TUESDAY)

    assert carried(waiting).settled_reason == "kept"
    words = Task.objects.get(case=case, kind="delivery_stopped").words
    assert "ring the guardian" in words and "flag" not in words


def safe(joan: Person, authority: Authority, amara: Actor) -> None:
    SafeContact.objects.filter(person=joan).update(version=7)


def reached(joan: Person, authority: Authority, amara: Actor) -> None:
    add_contact_point(joan, authority_id=authority.pk, kind="phone", value="01632 960 555", by=amara, at=TUESDAY)


def died(joan: Person, authority: Authority, amara: Actor) -> None:
    Person.objects.filter(pk=joan.pk).update(died_on=TUESDAY.date())


@pytest.mark.parametrize(
    ("change", "because"),
    [(moved, "address"), (flagged, "flags"), (named, "links"), (safe, "safe"), (reached, "numbers"), (died, "died")],
)
def test_what_changed_since_it_was_written_stops_it_and_tells_the_worker(
    case: Case, joan: Person, kevin: Person, authority: Authority, amara: Actor, change: Any, because: str
) -> None:
    allocate(case, user=User.objects.get(pk=amara.id), kind="concern", at=TUESDAY)
    waiting = letter(case, joan)
    change(joan, authority, amara)

    assert carried(waiting).settled_reason == because
    assert Task.objects.get(case=case, kind="delivery_stopped").owner_id == amara.id


def test_nothing_changed_so_it_goes(case: Case, joan: Person, kevin: Person, settings: Any, tmp_path: Any) -> None:
    settings.HAVEN_LETTERS = tmp_path
    assert carried(letter(case, joan)).state == Delivery.State.SENT


def test_a_recipient_named_as_a_risk_since_gets_nothing(case: Case, joan: Person, authority: Authority) -> None:
    rex = add_person(at=TUESDAY, given_name="Rex", family_name="Placeholder")
    waiting = sent(case, to="rex@example.org", body="Thank you.", known_as=("Rex Placeholder",))
    name_risk_to(joan, other=rex, kind="friend", lives_with=None, authority_id=authority.pk, at=TUESDAY)
    assert carried(waiting).settled_reason == "linked_since"


def test_ending_the_link_ends_the_refusal_and_closing_does_not(
    case: Case, refuge: Address, kevin: Person, desmond: Actor
) -> None:
    Case.objects.filter(pk=case.pk).update(stage="closed", closed_at=TUESDAY)
    assert is_linked(item(Case.objects.get(pk=case.pk)))
    end_relationship(Relationship.objects.get(other=kevin), reasons="He lives abroad.", by=desmond, at=TUESDAY)
    assert not is_linked(item(Case.objects.get(pk=case.pk)))
