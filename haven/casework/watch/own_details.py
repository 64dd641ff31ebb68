"""One's own address, numbers and birth, kept as digests only, and compared with the facts of records (TR-05, PR-26).

The digest is an HMAC under the deployment's key: equal details give equal digests, and nobody reads one back. A surname
is never compared here: alone it says nothing.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from uuid import UUID

import phonenumbers
import rules
from django.db.models import Q
from django.utils.crypto import salted_hmac

from haven.casework.access.models import Membership, User
from haven.casework.events.kinds import declare
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.people.models import Address, ContactPoint, Person, Relationship
from haven.casework.watch.conflicts import detect
from haven.casework.watch.details import OwnDetail
from haven.lib.calendar import day_of
from haven.lib.text import normalise

GIVEN = declare("watch.own_details_given", "{actor} gave their own details, kept as digests", erasure="Codes only.")

GROUND_OF = {"address": "same_address", "phone": "same_phone", "person": "same_person"}
CLOSE = ("partner", "former_partner", "parent", "child", "sibling", "grandchild", "other_relative")
"""Relationships in which whoever is one person is kept from the other too."""

NUMBERED = re.compile(r"\w*\d\w*")


@rules.predicate
def is_oneself(actor: Actor, user: User) -> bool:
    """The account is the actor's own."""
    return actor.is_user and actor.id == user.pk


rules.add_perm("watch.give_own_details", is_oneself)


def digest_of(kind: str, value: str) -> bytes:
    """The keyed digest of a detail in its one spelling."""
    return salted_hmac(f"haven.own_details.{kind}", value, algorithm="sha256").digest()


def address_key(lines: str, postcode: str) -> str:
    """Postcode and house in one spelling: “Flat 2, 14 High St” and “2/14” are one house; nothing without a postcode."""
    code = "".join(postcode.split()).upper()
    first = ",".join(normalise(lines).split(",")[:2])
    house = " ".join(NUMBERED.findall(first)) or normalise(lines.split(",")[0])
    return f"{code} {house}" if code and house else ""


def nearby_keys(lines: str, postcode: str) -> list[tuple[str, str]]:
    """Postcode and street, by which the watch knows a neighbour: they weigh, and never block."""
    code = "".join(postcode.split()).upper()
    parts = (normalise(part).split() for part in lines.split(",")[:2])
    named = (" ".join(word for word in part if word.isalpha() and word != "flat") for part in parts)
    street = next((words for words in named if words), "")
    return [("postcode", code), ("street", f"{code[:-3]} {street}" if code and street else "")]


def phone_key(number: str) -> str:
    """A telephone number in the form +441632960123; nothing for what is not one. Made-up numbers are numbers too."""
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def person_key(name: str, born: date | None) -> str:
    """Name and date of birth together, the words of the name in any order; nothing without both."""
    words = sorted(normalise(name).split())
    return f"{' '.join(words)} {born.isoformat()}" if words and born else ""


@operation(may="watch.give_own_details")
def give_own_details(
    user: User, *, house: str = "", postcode: str = "", phones: Iterable[str] = (), date_of_birth: date | None = None,
    by: Actor, at: datetime,
) -> int:  # fmt: skip
    """Keep the digests of one's own details in place of those kept before; how many are kept.

    What was typed is not kept. Everything is compared with the records of one's authorities by a job.
    """
    keys = [("address", address_key(house, postcode)), ("person", person_key(user.name, date_of_birth))]
    keys += [("phone", phone_key(number)) for number in (*phones, user.telephone)]
    keys += nearby_keys(house, postcode)
    kept = {(kind, digest_of(kind, key)) for kind, key in keys if key}
    OwnDetail.objects.filter(user=user).delete()
    OwnDetail.objects.bulk_create(OwnDetail(user=user, kind=k, digest=digest, given_at=at) for k, digest in kept)
    record(GIVEN, subject=user, by=by, at=at, codes={"kinds": sorted({kind for kind, _ in kept})})
    return len(kept)


def digests_of(person: Person) -> set[tuple[str, bytes]]:
    """What the facts of a person would be as details."""
    names = {person.known_as, f"{person.given_name} {person.family_name}"}
    keys = [("person", person_key(name, person.date_of_birth)) for name in names]
    keys += [("address", address_key(each.lines, each.postcode)) for each in person.addresses.all()]
    keys += [("phone", phone_key(each.value)) for each in person.contact_points.all() if each.kind != "email"]
    return {(kind, digest_of(kind, key)) for kind, key in keys if key}


def compare_person(person_id: UUID, at: datetime) -> int:
    """Compare one person's facts with everybody's own details; how many conflicts were found."""
    person = Person.objects.filter(pk=person_id).prefetch_related("addresses", "contact_points").first()
    if person is None:
        return 0
    theirs = digests_of(person)
    alike = OwnDetail.objects.filter(digest__in=[digest for _kind, digest in theirs]).select_related("user")
    return sum(_found(each.user, person, each.kind, at) for each in alike)


def compare_user(user_id: UUID, at: datetime) -> int:
    """Compare one account's details with every record of its authorities: after they changed, and as a backfill."""
    user = User.objects.get(pk=user_id)
    held: dict[str, set[bytes]] = {}
    for kind, digest in OwnDetail.objects.filter(user=user).values_list("kind", "digest"):
        held.setdefault(kind, set()).add(bytes(digest))
    authorities = list(Membership.objects.on(day_of(at)).filter(user=user).values_list("authority_id", flat=True))
    alike = {(kind, pk) for kind, pk, digest in _facts(held, authorities) if digest in held[kind]}
    people = Person.objects.in_bulk([pk for _kind, pk in alike])
    return sum(_found(user, people[pk], kind, at) for kind, pk in alike)


def _facts(held: dict[str, set[bytes]], authorities: list[UUID]) -> Iterator[tuple[str, UUID, bytes]]:
    """The digest of every fact of these kinds that the authorities hold, one at a time."""
    if "address" in held:
        rows = Address.objects.filter(authority_id__in=authorities).exclude(postcode="")
        for pk, lines, code in rows.values_list("person_id", "lines", "postcode").iterator():
            yield "address", pk, digest_of("address", address_key(lines, code))
    if "phone" in held:
        numbers = ContactPoint.objects.filter(authority_id__in=authorities).exclude(kind="email")
        for pk, value in numbers.values_list("person_id", "value").iterator():
            yield "phone", pk, digest_of("phone", phone_key(value))
    if "person" in held:
        here = Q(cases__authority__in=authorities) | Q(involvements__case__authority__in=authorities)
        named = Person.objects.filter(here).exclude(date_of_birth=None).distinct()
        for pk, given, family, born in named.values_list(
            "pk", "given_name", "family_name", "date_of_birth"
        ).iterator():  # fmt: skip
            yield "person", pk, digest_of("person", person_key(f"{given} {family}", born))


def _found(user: User, person: Person, kind: str, at: datetime) -> int:
    found = detect(user, person.pk, GROUND_OF[kind], at)
    if kind == "person":
        for other in close_to(person.pk):
            detect(user, other, "related", at)
    return int(found is not None)


def close_to(person_id: UUID) -> set[UUID]:
    """Those related to or living with a person, as far as is recorded."""
    pairs = Relationship.objects.filter(Q(person=person_id) | Q(other=person_id), ended_at=None).exclude(other=None)
    close = pairs.filter(Q(kind__in=CLOSE) | Q(lives_with=True))
    return {pk for pair in close.values_list("person_id", "other_id") for pk in pair if pk} - {person_id}


def users_like(digests: Iterable[tuple[str, str]]) -> list[tuple[User, str]]:
    """The accounts one of whose details is one of these (kind, key), with the ground it gives."""
    wanted = [digest_of(kind, key) for kind, key in digests if key]
    found = OwnDetail.objects.filter(digest__in=wanted).select_related("user")
    return [(each.user, GROUND_OF[each.kind]) for each in found]


def kept_in_words(user_id: UUID) -> dict[str, int]:
    """How many of each kind are kept: all that can be said of them."""
    kinds = OwnDetail.objects.filter(user_id=user_id).values_list("kind", flat=True)
    return {kind: list(kinds).count(kind) for kind in GROUND_OF if kind in set(kinds)}
