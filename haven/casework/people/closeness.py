"""Who is linked as a risk to somebody, and who is so close to one that telling the one tells the other (PR-21)."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q

from haven.casework.people.finding import spaced
from haven.casework.people.models import Address, ContactPoint, Person, ProtectedValue, Relationship
from haven.casework.people.protected import SCAN, fingerprint_of, text_of
from haven.casework.people.spellings import core_number
from haven.lib.text import normalise


def risks_to(people: Collection[UUID]) -> set[UUID]:
    """Those with a live risk-to link to any of these people. Only a manager ends one; closing does not (PR-22)."""
    links = Relationship.objects.filter(person_id__in=people, risk_to=True, ended_at=None).exclude(other=None)
    return {pk for pk in links.values_list("other_id", flat=True) if pk}


def living_with(people: Collection[UUID]) -> set[UUID]:
    """Those recorded as living with any of these people, either way round."""
    return _paired(people, Q(lives_with=True))


def close_to(people: Collection[UUID], *, kinds: Collection[str] = ()) -> set[UUID]:
    """Those who live with one of them or share an address with one; or stand to one in one of these kinds."""
    if not people:
        return set()
    paired = _paired(people, Q(lives_with=True) | Q(kind__in=kinds))
    return (paired | _at_an_address_of(people)) - set(people)


def names_of(people: Iterable[Person]) -> set[str]:
    """Every name they go by, as names are compared."""
    names = {
        normalise(name)
        for person in people
        for name in (person.display_name, f"{person.given_name} {person.family_name}", person.other_names)
    }
    return names - {"", normalise("Not named")}


def numbers_of(people: Collection[UUID]) -> set[str]:
    """Their telephone numbers and e-mail addresses, as they are compared: protected ones too, only for that."""
    if not people:
        return set()
    held = ContactPoint.objects.filter(person_id__in=people).select_related("protected_value")
    said = (text_of(each.protected_value, SCAN) if each.protected_value else each.value for each in held)
    return {comparable(value) for value in said} - {""}


def comparable(number: str) -> str:
    """A telephone number as the digits that tell it apart, an e-mail address in lower case."""
    return number.strip().lower() if "@" in number else core_number(number)


def _paired(people: Collection[UUID], how: Q) -> set[UUID]:
    pairs = Relationship.objects.filter(Q(person_id__in=people) | Q(other_id__in=people), how, ended_at=None)
    ids = {pk for pair in pairs.exclude(other=None).values_list("person_id", "other_id") for pk in pair}
    return ids - set(people)


def _at_an_address_of(people: Collection[UUID]) -> set[UUID]:
    """Everybody whose present address is that of one of them, protected or not, however the postcode is spaced."""
    current = Address.objects.filter(until_on=None, no_fixed_address=False).select_related("protected_value")
    theirs = list(current.filter(person_id__in=people))
    places = {_place(address) for address in theirs if address.postcode}
    written = {form for postcode, _lines in places for form in (postcode, spaced(postcode))}
    plain = {each.person_id for each in current.filter(postcode__in=written) if _place(each) in places}
    kept = current.filter(protected_value__fingerprint__in=_fingerprints(theirs))
    return plain | set(kept.values_list("person_id", flat=True))


def _fingerprints(addresses: Iterable[Address]) -> set[str]:
    """What tells that a protected address is one of these."""
    kept = {each.protected_value.fingerprint for each in addresses if each.protected_value}
    plain = [each for each in addresses if each.postcode and _any_protected(each.authority_id)]
    return kept | {fingerprint_of(f"{each.lines}\n{each.postcode}", each.authority_id) for each in plain}


def _any_protected(authority_id: UUID) -> bool:
    return ProtectedValue.objects.filter(authority_id=authority_id).exists()


def _place(address: Address) -> tuple[str, str]:
    return address.postcode.replace(" ", "").upper(), normalise(address.lines)
