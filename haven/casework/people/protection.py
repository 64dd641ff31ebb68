"""Recording where somebody is and how to reach them, protected or not; and ending a protection (TR-27, PR-22)."""

from datetime import date, datetime
from typing import Any

from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.people import events
from haven.casework.people.finding import spaced
from haven.casework.people.keeping import keep_protected, protected_by_default
from haven.casework.people.models import Address, ContactPoint, Person, ProtectedValue
from haven.casework.people.protected import RESTORE, text_of
from haven.casework.people.recording import add_address, add_contact_point


class NothingGiven(Refusal):
    """There is nothing to record."""


class ReasonsNeeded(Refusal):
    """A protection is not ended without reasons."""


class AlreadyEnded(Refusal):
    """It is no longer protected."""


def _because(person: Person, protected: bool) -> str:
    return protected_by_default(person) or "chosen" if protected else "chosen"


@operation(may="people.record_address")
def record_address(
    case: Any,
    *,
    person: Person,
    lines: str = "",
    postcode: str = "",
    kind: str = "lives",
    no_fixed_address: bool = False,
    from_on: date | None = None,
    source: str = "",
    confirmed_by: str = "",
    replaces: bool = False,
    protected: bool,
    by: Actor,
    at: datetime,
) -> Address:
    """Record an address, with who says so and since when. One that conflicts with another stands beside it.

    `replaces`: the addresses of that kind that still stood end on the day this one begins.
    """
    if not (lines.strip() or postcode.strip() or no_fixed_address):
        raise NothingGiven("Give an address, a postcode, or say that there is no fixed address.")
    if replaces:
        standing = Address.objects.filter(person=person, authority_id=case.authority_id, until_on=None, kind=kind)
        standing.update(until_on=from_on or at.date())
    kept = add_address(
        person, authority_id=case.authority_id, by=by, at=at, lines=lines.strip(), postcode=spaced(postcode), kind=kind,
        no_fixed_address=no_fixed_address, from_on=from_on, source=source, confirmed_by=confirmed_by,
        protected=protected, because=_because(person, protected), learnt_in_id=case.pk,
    )  # fmt: skip
    codes = {"protected": protected, "replaces": replaces, "kind": kind}
    record(events.ADDRESS_RECORDED, subject=kept, case_id=case.pk, by=by, at=at, codes=codes)
    return kept


@operation(may="people.record_number")
def record_number(
    case: Any, *, person: Person, kind: str, value: str, source: str = "", protected: bool, by: Actor, at: datetime
) -> ContactPoint:
    """Record a telephone number or an e-mail address, with who gave it."""
    if not value.strip():
        raise NothingGiven("Give a number or an e-mail address.")
    kept = add_contact_point(
        person, authority_id=case.authority_id, kind=kind, value=value.strip(), source=source, protected=protected,
        because=_because(person, protected), learnt_in_id=case.pk, by=by, at=at,
    )  # fmt: skip
    codes = {"protected": protected, "kind": kind}
    record(events.NUMBER_RECORDED, subject=kept, case_id=case.pk, by=by, at=at, codes=codes)
    return kept


@operation(may="people.record_home_entry")
def record_home_entry(
    case: Any, *, person: Person, words: str, source: str = "", by: Actor, at: datetime
) -> ProtectedValue:
    """Record how to get in: a key safe, a code, who holds a key. Always protected."""
    if not words.strip():
        raise NothingGiven("Say how to get in.")
    told = {"authority_id": case.authority_id, "person": person, "source": source, "learnt_in_id": case.pk}
    kept = keep_protected("home_entry", words.strip(), **told, by=by, at=at)
    record(events.HOME_ENTRY_RECORDED, subject=kept, case_id=case.pk, by=by, at=at)
    return kept


@operation(may="people.end_protection")
def end_protection(value: ProtectedValue, *, reasons: str, by: Actor, at: datetime) -> None:
    """End the protection of an address or a number, with reasons. Only a manager does.

    What was protected is then an ordinary address or number again; a code of the door or a name is put away for good.
    """
    if not reasons.strip():
        raise ReasonsNeeded("Say why this need no longer be protected.")
    if value.ended_at is not None:
        raise AlreadyEnded("This is no longer protected.")
    _put_back(value)
    value.ended_at, value.ended_by_id, value.ended_reasons = at, by.user_id, reasons.strip()
    value.save(update_fields=["ended_at", "ended_by", "ended_reasons"])
    case_id = value.case.pk if value.case is not None else None
    record(events.PROTECTION_ENDED, subject=value, case_id=case_id, by=by, at=at, codes={"kind": value.kind})


def _put_back(value: ProtectedValue) -> None:
    held: dict[str, Any] = {"protected": False, "protected_value": None}
    words = text_of(value, RESTORE)
    if value.kind == "address":
        lines, _, postcode = words.rpartition("\n")
        Address.objects.filter(protected_value=value).update(**held, lines=lines[:200], postcode=postcode)
    if value.kind == "number":
        ContactPoint.objects.filter(protected_value=value).update(**held, value=words)
