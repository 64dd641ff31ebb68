"""What would leave, to whom, and whether it gives away what must not reach them (TR-08, PR-21, PR-22)."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from haven.casework.access import wall
from haven.casework.cases.models import Case, Involvement
from haven.casework.people.closeness import close_to, comparable, living_with, names_of, numbers_of, risks_to
from haven.casework.people.keeping import protected_of, to_look_for
from haven.casework.people.models import Address, Person, ProtectedValue
from haven.casework.people.protecting import Found, Sought, carried_in, carries
from haven.lib.squeezing import squeezed
from haven.lib.text import normalise

WHY = "what must not leave counts wherever it is recorded, and nobody is shown it"
"""Why the second wall is lifted for a scan: a refuge told of in a sealed report is no less to be kept in (TR-08)."""


@dataclass(frozen=True)
class Outgoing:
    """A letter, e-mail, text, invitation, export, print or file before it leaves, exactly as it would.

    `known_as`: whatever is known of whom it goes to (name, telephone number, e-mail address). `more`: the words of
    attachments, file names, a calendar title, a reference line.
    """

    channel: str
    to_address: str = field(repr=False)
    subject: str = field(repr=False)
    body: str = field(repr=False)
    authority_id: UUID
    case: Case | None = None
    contact_id: UUID | None = None
    person_id: UUID | None = None
    known_as: tuple[str, ...] = field(default=(), repr=False)
    more: tuple[str, ...] = field(default=(), repr=False)

    @property
    def sha256(self) -> str:
        """Of the exact bytes: channel, address, subject, body and all that goes with it."""
        return hashlib.sha256(self.as_bytes()).hexdigest()

    @cached_property
    def exposed(self) -> set[UUID]:
        """The adult and the household."""
        return protected_people(self.case) if self.case else set()

    def as_bytes(self) -> bytes:
        """Everything that would leave, in one fixed form."""
        parts = [self.channel, self.to_address, self.subject, self.body, *self.more]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()

    @property
    def words(self) -> list[str]:
        """Everything somebody could read in it. Where it is sent is not told by it."""
        return [self.subject, self.body, *self.more]


@wall.lifted(WHY)
def given_away(item: Outgoing) -> list[Found]:
    """What protected values it would tell somebody who must not know them; nothing where it may go.

    To a person linked as a risk, or close to one: every protected value of the adult, the household and the reports.
    To anybody: who told us, unless they told us that themselves (PR-23); the adult's former names; and of a report that
    is no case yet, all. Whoever sends it may not see every link and every value: it is looked at past the wall.
    """
    with wall.lifted("what must not leave must be known, whoever sends it", item.authority_id):
        values = [value for value in _values(item) if value.contact_id != item.contact_id or value.kind != "referrer"]
        told = [value for value in values if value.kind == "referrer"]
        kept = values if values and (item.case is None or is_linked(item)) else told
        return carried_anywhere(item.words, [*to_look_for(kept), *_former_names(item)])


def _former_names(item: Outgoing) -> list[Sought]:
    """Names the adult was known by before: nobody is told them (Gender Recognition Act 2004 s22)."""
    if item.case is None or not item.case.person.other_names:
        return []
    person = item.case.person
    known = squeezed(f"{person.known_as} {person.given_name} {person.family_name}")
    return [
        Sought("former_name", name) for name in re.split(r"[,;]", person.other_names) if squeezed(name) not in known
    ]


def carried_anywhere(texts: Iterable[str], values: Collection[Sought]) -> list[Found]:
    """Every place in any of the texts."""
    return [found for text in texts for found in carried_in(text, values)]


@wall.lifted(WHY)
def is_linked(item: Outgoing) -> bool:
    """Whether it goes to somebody with a live risk-to link to the adult or the household, or to one close to such a
    person. The adult themselves are not: what they are sent is looked at by safe contact."""
    if item.case is None or item.person_id == item.case.person_id:
        return False
    linked = risks_to(item.exposed)
    near = (linked | close_to(linked)) - {item.case.person_id}
    said = {normalise(words) for words in _alleged_in_words(item.case)}
    if not (near or said):
        return False
    if item.person_id in near:
        return True
    return _is_one_of(item, near, said)


def _is_one_of(item: Outgoing, near: Collection[UUID], said: Collection[str]) -> bool:
    people = list(Person.objects.filter(pk__in=near))
    known = [known for known in (*item.known_as, item.to_address) if known.strip()]
    if {normalise(each) for each in known} & (names_of(people) | set(said)):
        return True
    own = numbers_of([item.person_id]) if item.person_id else set()
    if ({comparable(each) for each in known} | own) & numbers_of(near):
        return True
    if carries([item.to_address], [Sought("referrer", name) for name in names_of(people) if " " in name]):
        return True
    return item.channel == "letter" and carries([item.to_address], _homes_of(near))


def _homes_of(people: Collection[UUID]) -> list[Sought]:
    held = Address.objects.filter(person_id__in=people, until_on=None, protected=False).exclude(lines="")
    return [Sought("words", f"{lines} {postcode}".strip()) for lines, postcode in held.values_list("lines", "postcode")]


def _alleged_in_words(case: Case) -> list[str]:
    named = Involvement.objects.filter(case=case, role="alleged_source", person=None, until_at=None)
    return [words for words in named.values_list("words", flat=True) if words.strip()]


@wall.lifted(WHY)
def protected_people(case: Case) -> set[UUID]:
    """The adult and the household; never somebody who is a risk to them."""
    roles = ("household", "child", "adult")
    there = Involvement.objects.filter(case=case, role__in=roles, until_at=None).exclude(person=None)
    people = {case.person_id, *there.values_list("person_id", flat=True)} | living_with([case.person_id])
    return {pk for pk in people if pk} - risks_to([case.person_id])


def _values(item: Outgoing) -> list[ProtectedValue]:
    contacts = [pk for pk in (item.contact_id, item.case.contact_id if item.case else None) if pk]
    return protected_of(item.exposed, contacts)
