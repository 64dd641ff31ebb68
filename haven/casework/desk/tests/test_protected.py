"""A protected value is a type: it prints as "protected", and its words come out against a reveal alone."""

import copy
import json
import logging
import pickle
from datetime import timedelta
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, transaction
from django.template import Context, Template

from haven.casework.access.models import Authority
from haven.casework.cases.casework import involve
from haven.casework.cases.models import Case
from haven.casework.events.recording import history_of
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.finding import find_people
from haven.casework.people.keeping import keep_protected, to_look_for
from haven.casework.people.keys import KeyMissing, add_key
from haven.casework.people.models import Address, ContactPoint, Person, ProtectedValue, Reveal
from haven.casework.people.protected import NotRevealed, text_of
from haven.casework.people.protecting import carries
from haven.casework.people.protection import ReasonsNeeded, end_protection, record_address, record_home_entry
from haven.casework.people.recording import add_address, add_contact_point
from haven.casework.people.revealing import ReasonNeeded, reveal, words_shown
from haven.casework.people.rotating import rotate_keys
from haven.project.testing.people import TUESDAY

LINES, CODE = "Rowan House, 14 Larch Terrace", "ZZ3 7QX"


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Any) -> None:
    settings.HAVEN_KEYS = tmp_path / "keys"


@pytest.fixture
def address(joan: Person, authority: Authority, amara: Actor) -> Address:
    where = {"lines": LINES, "postcode": CODE, "source": "The refuge"}
    return add_address(joan, authority_id=authority.pk, by=amara, at=TUESDAY, protected=True, **where)


@pytest.fixture
def value(address: Address, case: Case) -> ProtectedValue:
    found = ProtectedValue.objects.get(address=address)
    found.case = case
    return found


def test_a_protected_address_prints_nowhere(value: ProtectedValue, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("haven").warning("kept %s", value.text)
    printed = [
        str(value.text), repr(value.text), f"{value.text}", f"{value.text:>20}", "".join(map(str, [value.text])),
        repr(vars(value)),
        Template("{{ v.text }} {{ v.text|safe }}").render(Context({"v": value})), caplog.text,
        json.dumps({"v": value.text}, default=str), repr(copy.deepcopy(value.text).envelope), repr(value.__dict__),
    ]  # fmt: skip

    assert not carries(printed, to_look_for([value]))
    for dump in (pickle.dumps, lambda text: json.dumps(text, cls=DjangoJSONEncoder)):
        with pytest.raises(TypeError):
            dump(value.text)


def test_the_database_holds_its_words_nowhere(value: ProtectedValue) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT a::text || v::text FROM people_address a, people_protectedvalue v WHERE a.protected")
        row = cursor.fetchone()[0]

    assert not carries([row], to_look_for([value])) and LINES.encode().hex() not in row


def test_the_database_refuses_a_protected_address_in_words(address: Address) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Address.objects.filter(pk=address.pk).update(lines=LINES)
    with pytest.raises(IntegrityError), transaction.atomic():
        Address.objects.exclude(pk=address.pk).update(protected=True)


def test_no_search_finds_by_it(address: Address, joan: Person) -> None:
    assert find_people(postcode=CODE) == []


def test_a_worker_is_shown_it_for_a_reason_once_a_day(value: ProtectedValue, priya: Actor) -> None:
    with pytest.raises(ReasonNeeded):
        reveal(value, by=priya, at=TUESDAY)

    shown = reveal(value, reason="visit", by=priya, at=TUESDAY)
    assert words_shown(value, shown) == f"{LINES}, {CODE}"
    assert reveal(value, by=priya, at=TUESDAY + timedelta(hours=3)).pk == shown.pk
    with pytest.raises(ReasonNeeded):
        reveal(value, by=priya, at=TUESDAY + timedelta(days=1))
    codes = [event.codes for event in history_of("people.protectedvalue", value.pk)]
    assert [(code["reason"], code["again"]) for code in codes] == [("visit", True), ("visit", False)]


def test_a_reveal_of_another_value_opens_nothing(
    value: ProtectedValue, joan: Person, authority: Authority, priya: Actor
) -> None:
    other = keep_protected("home_entry", "4471", authority_id=authority.pk, person=joan, by=priya, at=TUESDAY)
    other.case = value.case
    with pytest.raises(NotRevealed):
        text_of(value, reveal(other, reason="visit", by=priya, at=TUESDAY))


def test_who_has_nothing_to_do_with_the_case_is_shown_nothing(
    value: ProtectedValue,
    other_team_worker: Actor,
    elsewhere_worker: Actor,
    neighbour: Actor,
    bola: Actor,
    priya: Actor,
) -> None:
    in_conflict = Actor(**{**priya.__dict__, "conflict_ids": frozenset({value.person_id})})
    for actor in (other_team_worker, elsewhere_worker, neighbour, bola, in_conflict, Actor.job("x")):
        with pytest.raises(NotAllowed):
            reveal(value, reason="visit", by=actor, at=TUESDAY)
    assert not Reveal.objects.exists()


def test_the_alleged_source_of_harm_is_nobody_of_the_case(
    case: Case, kevin: Person, authority: Authority, priya: Actor
) -> None:
    involve(case, role="alleged_source", person=kevin, at=TUESDAY)
    his = keep_protected("number", "07700 900456", authority_id=authority.pk, person=kevin, by=priya, at=TUESDAY)
    his.case = case
    with pytest.raises(NotAllowed):
        reveal(his, reason="visit", by=priya, at=TUESDAY)


def test_only_a_manager_ends_a_protection_and_says_why(value: ProtectedValue, priya: Actor, desmond: Actor) -> None:
    with pytest.raises(NotAllowed):
        end_protection(value, reasons="He knows it.", by=priya, at=TUESDAY)
    with pytest.raises(ReasonsNeeded):
        end_protection(value, reasons=" ", by=desmond, at=TUESDAY)

    end_protection(value, reasons="She moved back home.", by=desmond, at=TUESDAY)
    address = Address.objects.get(postcode=CODE)
    assert (address.protected, address.lines) == (False, LINES)
    assert not ProtectedValue.objects.standing().exists()


def test_an_address_is_recorded_with_its_source_and_protected(case: Case, joan: Person, priya: Actor) -> None:
    told = {"lines": "2 Hidden Mews", "postcode": "zz39aa", "source": "Her sister", "confirmed_by": "Priya"}
    kept = record_address(case, person=joan, protected=True, by=priya, at=TUESDAY, **told)
    assert (kept.lines, kept.postcode, kept.protected, kept.confirmed_by) == ("", "", True, "Priya")


def test_how_to_get_in_is_always_protected(case: Case, joan: Person, priya: Actor) -> None:
    kept = record_home_entry(case, person=joan, words="Key safe 4471", by=priya, at=TUESDAY)
    assert str(kept.text) == "protected" and carries(["code 4471"], to_look_for([kept]))


def test_a_number_may_be_protected_too(joan: Person, authority: Authority, amara: Actor) -> None:
    told = {"kind": "mobile", "value": "07700 900123", "protected": True}
    point = add_contact_point(joan, authority_id=authority.pk, by=amara, at=TUESDAY, **told)
    assert ContactPoint.objects.get(pk=point.pk).value == ""


def test_a_new_key_protects_again_and_the_old_one_may_go(
    value: ProtectedValue, authority: Authority, settings: Any
) -> None:
    add_key(authority.pk)
    assert rotate_keys(authority.pk) == 1
    path = settings.HAVEN_KEYS / f"protected-{authority.pk}.keys"
    path.write_text("".join(line for line in path.read_text().splitlines(True) if not line.startswith("1 ")))

    assert ProtectedValue.objects.get(pk=value.pk).text.key_version == 2
    assert carries([LINES], to_look_for(ProtectedValue.objects.all()))


def test_without_its_authoritys_key_nothing_opens(value: ProtectedValue, authority: Authority, settings: Any) -> None:
    (settings.HAVEN_KEYS / f"protected-{authority.pk}.keys").unlink()
    with pytest.raises(KeyMissing):
        to_look_for([value])
