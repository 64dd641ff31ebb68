"""Everything the rules ask about some new looks, loaded at once: as many statements for one as for hundreds."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from haven.casework.access.models import Conflict, User
from haven.casework.access.roles import DUTY
from haven.casework.cases.models import Case, Involvement
from haven.casework.clocks.models import LocalPolicy
from haven.casework.contacts.models import Contact, ContactPerson
from haven.casework.events.looking import Look, looks_at, worked_on
from haven.casework.people.models import ContactPoint, Person
from haven.casework.watch import rules
from haven.casework.watch.registries import shared_details
from haven.casework.watch.surnames import family_name_of, per_10000
from haven.casework.watch.why import Ties, closest, ties_of
from haven.lib.calendar import day_of


@dataclass(frozen=True)
class Cause:
    """What a look was about: a person where one is known, the case or report, and whose it is."""

    person_id: UUID | None = None
    case_id: UUID | None = None
    contact_id: UUID | None = None
    authority_id: UUID | None = None

    @property
    def about_id(self) -> UUID | None:
        return self.person_id or self.contact_id or self.case_id


@dataclass
class Scene:
    """Some looks, and what there is to know about readers and records at that moment."""

    at: datetime
    looks: list[Look]
    readers: dict[UUID, User] = field(default_factory=dict)
    cases: dict[UUID, Case] = field(default_factory=dict)
    cases_of: dict[UUID, list[Case]] = field(default_factory=lambda: defaultdict(list))
    contacts: dict[UUID, Contact] = field(default_factory=dict)
    person_of_contact: dict[UUID, UUID] = field(default_factory=dict)
    family_names: dict[UUID, str] = field(default_factory=dict)
    common: dict[str, float] = field(default_factory=dict)
    colleagues: dict[UUID, set[UUID]] = field(default_factory=dict)
    shared: dict[tuple[UUID, UUID], set[str]] = field(default_factory=lambda: defaultdict(set))
    earlier: dict[tuple[UUID, UUID], list[Look]] = field(default_factory=lambda: defaultdict(list))
    worked: set[tuple[UUID, UUID]] = field(default_factory=set)
    ties: Ties = field(default_factory=Ties)
    policies: list[LocalPolicy] = field(default_factory=list)

    def number(self, number: rules.Number, authority_id: UUID | None) -> int:
        """A number of the watch as the authority has set it for the day, else as it is."""
        day = day_of(self.at)
        own = [
            (each.from_on, each.amount)
            for each in self.policies
            if each.rule == number.code and each.authority_id == authority_id
            and each.from_on <= day and (each.until_on is None or day <= each.until_on)
        ]  # fmt: skip
        return max(own)[1] if own else number.amount

    def cause(self, look: Look) -> Cause:
        """What a look was about, with the authority it belongs to."""
        kind, pk = look.about or ("", None)
        case, contact = self.cases.get(pk) if pk else None, self.contacts.get(pk) if pk else None
        if kind == "case" and case is not None:
            return Cause(case.person_id, case.pk, None, case.authority_id)
        if kind == "contact" and contact is not None:
            return Cause(self.person_of_contact.get(contact.pk), None, contact.pk, contact.authority_id)
        if kind == "person" and pk is not None:
            return Cause(pk, None, None, self.authority_of(pk, look.reader_id))
        return Cause()

    def authority_of(self, person_id: UUID, reader_id: UUID | None) -> UUID | None:
        """Whose a look at a person is: the authority of a case about them where the reader works, else any."""
        known = [case.authority_id for case in self.cases_of[person_id]]
        own = [each.authority_id for each in self.ties.memberships[reader_id]] if reader_id else []
        return next((each for each in known if each in own), next(iter([*known, *own]), None))

    def tie(self, look: Look) -> str:
        """The closest tie of the reader to what they looked at, at that moment."""
        kind, pk = look.about or ("", None)
        assert look.reader_id is not None and pk is not None
        if kind == "contact":
            return self._tie_to_contact(look, self.contacts[pk]) if pk in self.contacts else ""
        cases = [self.cases[pk]] if kind == "case" and pk in self.cases else self.cases_of[pk]
        return closest(self.ties.of(look.reader_id, case, look.at) for case in cases)

    def _tie_to_contact(self, look: Look, contact: Contact) -> str:
        reader = look.reader_id
        assert reader is not None
        became = closest(
            self.ties.of(reader, case, look.at) for case in self.cases.values() if case.contact_id == contact.pk
        )
        if became:
            return became
        if reader in (contact.claimed_by_id, contact.entered_by_id):
            return "had_it"
        roles = {each.role for each in self.ties.held(reader, look.at) if each.authority_id == contact.authority_id}
        return "" if roles.isdisjoint(DUTY) else "duty"


def scene_of(looks: list[Look], at: datetime) -> Scene:
    """Load what the rules ask about these looks (of people signed in, with their subjects)."""
    scene = Scene(at, looks)
    people = ids_in(looks, "person")
    scene.readers = User.objects.in_bulk({look.reader_id for look in looks if look.reader_id})
    _load_records(scene, people)
    scene.ties = ties_of(list(scene.cases.values()), scene.readers)
    _load_people(scene, people)
    _load_shared(scene)
    _load_earlier(scene)
    scene.policies = list(LocalPolicy.objects.filter(rule__startswith="watch."))
    return scene


def ids_in(looks: Iterable[Look], kind: str) -> set[UUID]:
    """Everything of one kind that these looks showed."""
    return {pk for look in looks for pk in look.shown(kind)}


def _load_records(scene: Scene, people: Collection[UUID]) -> None:
    contacts = ids_in(scene.looks, "contact")
    wanted = Q(pk__in=ids_in(scene.looks, "case")) | Q(person__in=people) | Q(contact_id__in=contacts)
    parts = list(Involvement.objects.filter(person__in=people).values_list("person_id", "case_id"))
    scene.cases = {case.pk: case for case in Case.objects.filter(wanted | Q(pk__in=[case for _p, case in parts]))}
    for case in scene.cases.values():
        scene.cases_of[case.person_id].append(case)
    for person_id, case_id in parts:
        if person_id is not None:
            scene.cases_of[person_id].append(scene.cases[case_id])
    scene.contacts = Contact.objects.in_bulk(contacts)
    matched = ContactPerson.objects.filter(contact__in=contacts, person__isnull=False)
    scene.person_of_contact = dict(matched.values_list("contact_id", "person_id"))


def _load_people(scene: Scene, people: Collection[UUID]) -> None:
    names = Person.objects.filter(pk__in=people).values_list("pk", "family_name")
    scene.family_names = {pk: family_name_of(name) for pk, name in names}
    own = {family_name_of(user.name) for user in scene.readers.values()}
    scene.common = per_10000(own & set(scene.family_names.values()))
    said = Conflict.objects.live().filter(person__in=people, ground__in=("same_person", "alleged"))
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for person_id, user_id in said.values_list("person_id", "user_id"):
        found[person_id].add(user_id)
    for person_id, user_id in _by_email(people):
        found[person_id].add(user_id)
    scene.colleagues = dict(found)


def _by_email(people: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """People of whom an e-mail address is recorded that somebody signs in with."""
    points = ContactPoint.objects.filter(person__in=people, value__contains="@").values_list("person_id", "value")
    addresses = {value.lower(): person_id for person_id, value in points}
    users = User.objects.filter(email__in=addresses).values_list("pk", "email")
    return [(addresses[email], pk) for pk, email in users]


def _load_shared(scene: Scene) -> None:
    people: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for look in scene.looks:
        if look.reader_id is not None:
            people[look.reader_id].update(look.shown("person"))
    for reader_id, person_id, what in shared_details(people):
        scene.shared[reader_id, person_id].add(what)


def _load_earlier(scene: Scene) -> None:
    """A fortnight of looks at the people these looks are about, and who recorded anything in their cases."""
    wanted: set[Any] = {scene.cause(look).person_id for look in scene.looks if look.route not in rules.LISTS}
    wanted |= ids_in((look for look in scene.looks if look.route == "search"), "person")
    since = scene.at - timedelta(days=rules.REMEMBERED.amount)
    wanted.discard(None)
    for look in looks_at(wanted, since):
        if look.reader_id in scene.readers and look.actor_kind == "user":
            for person_id in look.shown("person"):
                scene.earlier[look.reader_id, person_id].append(look)
    scene.worked = worked_on([case.pk for pk in wanted for case in scene.cases_of[pk]], since)
