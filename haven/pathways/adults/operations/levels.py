"""How much somebody who told us may be told: worked out at the moment of sending, from who they are then (PR-21)."""

from dataclasses import dataclass

from haven.casework.cases.models import Case, Involvement
from haven.casework.contacts.models import Contact
from haven.casework.people.models import Address, ContactPoint, Person, Relationship
from haven.lib.text import normalise
from haven.pathways.adults import codes
from haven.pathways.adults.models import PoliceHold

LEVELS = tuple(codes.values(codes.FEEDBACK_LEVELS))


@dataclass(frozen=True)
class Allowed:
    """The highest level allowed; `because` is the held reason where it is a receipt only and a manager must look."""

    level: str
    because: str = ""

    def covers(self, level: str) -> bool:
        """Whether this level may be sent."""
        return LEVELS.index(level) <= LEVELS.index(self.level)


def level_allowed(case: Case, contact: Contact, *, ground: str = "", checked: bool = False) -> Allowed:
    """The highest level this referrer may be told now.

    `ground`: they have a part in keeping the adult safe, or the adult agrees. `checked`: a worker made sure who they
    are, for example by ringing back on a number found elsewhere; a partner's own system is checked already.
    """
    blocked = receipt_only_because(case, contact)
    if blocked:
        return Allowed("receipt", blocked)
    professional = is_partner(contact, checked=checked)
    if ground == "adult_agrees" and (checked or professional):
        return Allowed("outcome")
    if not professional:
        return Allowed("receipt")
    return Allowed("outcome" if ground == "keeps_adult_safe" else "stage")


def is_partner(contact: Contact, *, checked: bool) -> bool:
    """A partner professional whose identity is known; the public and the unverified are not."""
    referrer = contact.referrer
    agency = referrer.is_professional and referrer.source_code not in codes.PERSONAL_SOURCES
    return agency and (checked or contact.channel == "api")


def receipt_only_because(case: Case, contact: Contact) -> str:
    """Why no more than a receipt may leave: a police hold, or who the referrer is or is close to; empty if neither."""
    if PoliceHold.objects.filter(case=case, lifted_at=None).exists():
        return "police_hold"
    return "alleged_source" if _is_or_is_close_to(contact, *_alleged(case)) else ""


def _alleged(case: Case) -> tuple[list[str], list[Person]]:
    """Those alleged to be a source of harm: words for those nobody named, and people, by this case or by a risk link.

    A link outlives the case that made it: only a manager ends it (PR-22).
    """
    here = list(Involvement.objects.filter(case=case, role="alleged_source").select_related("person"))
    links = Relationship.objects.filter(person_id=case.person_id, risk_to=True, ended_at=None).select_related("other")
    named = [link.person for link in here] + [link.other for link in links]
    people = {person.pk: person for person in named if person is not None}
    return [link.words for link in here if link.person is None], list(people.values())


def _is_or_is_close_to(contact: Contact, words: list[str], people: list[Person]) -> bool:
    name = normalise(contact.referrer.name)
    names = {normalise(said) for said in words}.union(*(_names(person) for person in people))
    if name and name in names:
        return True
    return bool(people) and (_shares_a_number(contact, people) or _is_linked(contact, people))


def _names(person: Person) -> set[str]:
    given = (person.display_name, f"{person.given_name} {person.family_name}", person.other_names)
    return {normalise(name) for name in given}


def _shares_a_number(contact: Contact, people: list[Person]) -> bool:
    ours = {_number(contact.referrer.telephone), contact.referrer.email.lower()} - {""}
    if not ours:
        return False
    theirs = ContactPoint.objects.filter(person__in=people).values_list("kind", "value")
    return any((value.lower() if kind == "email" else _number(value)) in ours for kind, value in theirs)


def _number(text: str) -> str:
    """A telephone number as digits alone, a leading 44 or 0 left out."""
    digits = "".join(character for character in text if character.isdigit())
    return digits.removeprefix("44").lstrip("0")


def _is_linked(contact: Contact, people: list[Person]) -> bool:
    """The referrer, where known to us, is, lives with, shares an address with or is related to one of them."""
    referrers = _known_as(contact, people)
    if not referrers:
        return False
    if referrers & {person.pk for person in people}:
        return True
    pairs = Relationship.objects.filter(ended_at=None, person_id__in=referrers, other__in=people) | (
        Relationship.objects.filter(ended_at=None, person__in=people, other_id__in=referrers)
    )
    if any(pair.lives_with or pair.kind in codes.RELATED for pair in pairs):
        return True
    return bool(_addresses(referrers) & _addresses({person.pk for person in people}))


def _known_as(contact: Contact, people: list[Person]) -> set[object]:
    """The people this referrer is: those of that telephone number, e-mail address or name."""
    referrer = contact.referrer
    found: set[object] = set()
    if referrer.email or referrer.telephone:
        values = [value for value in (referrer.email, referrer.telephone) if value]
        found |= set(ContactPoint.objects.filter(value__in=values).values_list("person_id", flat=True))
    if referrer.name:
        found |= set(Person.objects.filter(search_name=normalise(referrer.name)).values_list("pk", flat=True)[:20])
    return found


def _addresses(people: set[object]) -> set[tuple[str, str]]:
    current = Address.objects.filter(person_id__in=people, until_on=None, no_fixed_address=False)
    pairs = current.exclude(postcode="").values_list("postcode", "lines")
    return {(postcode.replace(" ", "").upper(), normalise(lines)) for postcode, lines in pairs}
