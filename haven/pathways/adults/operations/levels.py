"""How much somebody who told us may be told: worked out at the moment of sending, from who they are then (PR-21)."""

from dataclasses import dataclass

from haven.casework.access import wall
from haven.casework.cases.models import Case, Involvement
from haven.casework.contacts.models import Contact
from haven.casework.people.closeness import close_to, comparable, names_of, numbers_of
from haven.casework.people.models import Person, Relationship
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
    if is_on_hold(case):
        return "police_hold"
    with wall.lifted("whom it would endanger to answer, wherever that is recorded", case.authority_id):
        return "alleged_source" if _is_or_is_close_to(contact, *_alleged(case)) else ""


def highest_level(case: Case, contact: Contact) -> str:
    """How much this referrer may be told now, with nobody having made sure of more: for a letter to several."""
    return level_allowed(case, contact).level


def is_on_hold(case: Case) -> bool:
    """The police asked us to wait (PR-15)."""
    return PoliceHold.objects.filter(case=case, lifted_at=None).exists()


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
    """The referrer has the name, the telephone number or the e-mail address of one of them, or of somebody close."""
    near = [*people, *_close_to(people)]
    names = {normalise(said) for said in words} | names_of(near)
    return bool({normalise(contact.referrer.name)} & names - {""}) or _shares_a_number(contact, near)


def _shares_a_number(contact: Contact, people: list[Person]) -> bool:
    ours = {comparable(contact.referrer.telephone), comparable(contact.referrer.email)} - {""}
    return bool(ours and ours & numbers_of([person.pk for person in people]))


def _close_to(people: list[Person]) -> list[Person]:
    """Those who live with one of them, share an address with one or are related to one."""
    return list(Person.objects.filter(pk__in=close_to({person.pk for person in people}, kinds=codes.RELATED)))
