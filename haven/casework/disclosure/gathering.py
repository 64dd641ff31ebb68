"""What decides who may see what of a case: whom it names, whose words stand in it, what is protected."""

import re
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django.db.models import Q

from haven.casework.access import wall
from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case, CaseLink, Involvement
from haven.casework.contacts.messages import Message
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.leaving import WHY, protected_people
from haven.casework.documents.keeping import BytesDamaged, get
from haven.casework.documents.models import Document, Excerpt
from haven.casework.letters.rendering import Facts, Named, Source
from haven.casework.people.keeping import protected_of, to_look_for
from haven.casework.people.models import Address, ContactPoint, Person, Relationship
from haven.casework.people.protecting import Sought
from haven.casework.people.spellings import POSTCODE
from haven.lib.redacting.pages import CannotBeRead
from haven.lib.redacting.spelling import date_spellings
from haven.lib.redacting.words import EML, PDF, REBUILT, decoded, words_of

READ_FOR_QUOTES = 2_000_000
"""Bytes: a labelled document larger than this is not read for what a letter may quote of it."""

MOST_DOCUMENTS = 25
PLACES = ("address", "whereabouts", "reach", "entry")
_NUMBER = re.compile(r"^(flat\s+)?\d+\w?\s+", re.IGNORECASE)


@wall.lifted(WHY)
def facts_of(case: Case) -> Facts:
    """Everybody, every source and every protected value of the case, in a fixed number of statements and files."""
    return Facts(tuple(people_in(case)), tuple(sources_in(case)), tuple(protected_in(case)))


def people_in(case: Case) -> list[Named]:
    """Everybody the case names, with their role; adults of the cases it is linked to, and those who told us."""
    parts = Involvement.objects.filter(case=case).exclude(role="adult").select_related("person", "organisation")
    others = Person.objects.filter(cases__in=linked_to(case)).exclude(pk=case.person_id).distinct()
    named = [Named("adult", names_of(case.person), case.person_id)]
    named += [Named(part.role, names_of(part.person), part.person_id) for part in parts if part.person]
    named += [Named(part.role, (part.words,)) for part in parts if part.words and not part.person]
    named += [Named("other_adult", names_of(person), person.pk) for person in others]
    told = [contact.referrer for contact in reports_of(case) if hasattr(contact, "referrer")]
    named += [Named("referrer", tuple(filter(None, (each.name, each.telephone, each.email)))) for each in told]
    return [_apart_from(each, named[0]) for each in named]


def _apart_from(named: Named, adult: Named) -> Named:
    """Without the names that the adult has too: a family name shared says nothing of who is meant."""
    if named is adult:
        return named
    return Named(named.role, tuple(term for term in named.terms if term not in adult.terms), named.person_id)


def names_of(person: Person) -> tuple[str, ...]:
    """What somebody is called: in full, and each name of three letters or more by itself."""
    whole = (person.display_name, f"{person.given_name} {person.family_name}".strip(), person.other_names)
    single = [name for name in (person.known_as, person.given_name, person.family_name) if len(name) > 2]
    return tuple(dict.fromkeys(name for name in (*whole, *single) if name and name != "Not named"))


@wall.lifted(WHY)
def everything_about(person: Person) -> list[str]:
    """Every term by which somebody may be known: names, addresses, numbers, date of birth in all its forms."""
    terms = list(names_of(person))
    for address in Address.objects.filter(person=person):
        terms += parts_of_place(f"{address.lines}, {address.postcode}")
    terms += terms_of_values(to_look_for(protected_of([person.pk])))
    terms += ContactPoint.objects.filter(person=person).values_list("value", flat=True)
    terms += date_spellings(person.date_of_birth) if person.date_of_birth else []
    return [term for term in dict.fromkeys([*terms, person.nhs_number]) if term]


def parts_of_place(text: str) -> list[str]:
    """Of words that say a place: each line, the street of each without its number, and the postcode by itself."""
    codes = [found[0] for found in POSTCODE.finditer(text)]
    lines = [part.strip() for part in re.split(r"[,;\n]", POSTCODE.sub(",", text))]
    streets = [_NUMBER.sub("", line) for line in lines]
    return [part for part in dict.fromkeys([*lines, *streets, *codes]) if len(part) > 3]


@wall.lifted(WHY)
def protected_in(case: Case) -> list[Sought]:
    """Every protected value of the adult, their household and the reports, for scans only, never to be shown."""
    contacts = [case.contact_id] if case.contact_id else []
    return to_look_for(protected_of(protected_people(case), contacts))


def terms_of_values(values: Iterable[Sought]) -> list[str]:
    """The words to take out of a document so that it gives none of the values away."""
    terms: list[str] = []
    for value in values:
        terms += parts_of_place(value.text) if value.kind in PLACES else [value.text.strip()]
    return [term for term in dict.fromkeys(terms) if term]


@wall.lifted(WHY)
def sources_in(case: Case) -> list[Source]:
    """Words of others that a letter of the case might quote: marked ones, reports, documents with a label."""
    marked = [
        Source(each.source_label, each.words, each.restriction, each.confidential)
        for each in Excerpt.objects.filter(case=case).standing()
    ]
    return [*marked, *_reports(case), *_messages(case), *_documents(case)]


def _reports(case: Case) -> list[Source]:
    """The words of a report as they came: of one that is anonymous or in confidence they never leave (PR-23)."""
    return [
        Source("a report", "\n".join(_texts(contact.answers)), Restriction.RESTRICTED, not named_openly(contact))
        for contact in reports_of(case)
    ]


def _messages(case: Case) -> list[Source]:
    """What somebody without a name wrote by their number, and what they were answered: none of it leaves (PR-23)."""
    found = Message.objects.filter(contact__in=[contact.pk for contact in reports_of(case)]).exclude(words="")
    return [Source("a message", each.words, Restriction.RESTRICTED, each.from_outside) for each in found]


def named_openly(contact: Contact) -> bool:
    """Who told us gave a name that may be used."""
    return hasattr(contact, "referrer") and contact.referrer.identity == "use"


def _documents(case: Case) -> list[Source]:
    held = Document.objects.readable().filter(documents_of(case)).exclude(source_label="", restriction=Restriction.OPEN)
    found = held.filter(content_type__in=(PDF, *REBUILT), size__lt=READ_FOR_QUOTES).order_by("-added_at")
    unnamed = {contact.pk for contact in reports_of(case) if not named_openly(contact)}
    return [
        Source(each.source_label or "a document", words, _at_least_restricted(each), each.contact_id in unnamed)
        for each in found[:MOST_DOCUMENTS]
        if (words := words_in(each.path, each.sha256, each.content_type))
    ]


def _at_least_restricted(document: Document) -> str:
    return Restriction.RESTRICTED if document.source_label else document.restriction


@lru_cache(maxsize=200)
def words_in(path: str, sha256: str, kind: str) -> str:
    """The words of a kept file, by its fingerprint; none where it cannot be read."""
    try:
        content = get(path, sha256)
        return words_of(content, kind).text if kind != EML else f"{decoded(content)}\n{words_of(content, kind).text}"
    except (CannotBeRead, BytesDamaged):
        return ""


def documents_of(case: Case) -> Q:
    """Documents of the case and of the reports it came from."""
    return Q(case=case) | Q(contact_id__in=[contact.pk for contact in reports_of(case)])


def reports_of(case: Case) -> list[Contact]:
    """The report it came from and those joined to it, with who sent each."""
    if case.contact_id is None:
        return []
    found = Contact.objects.filter(Q(pk=case.contact_id) | Q(merged_into_id=case.contact_id))
    return list(found.select_related("referrer").order_by("received_at"))


def linked_to(case: Case) -> list[UUID]:
    """The cases it belongs together with, either way round."""
    pairs = CaseLink.objects.filter(Q(case=case) | Q(other=case)).values_list("case_id", "other_id")
    return [pk for pair in pairs for pk in pair if pk != case.pk]


@wall.lifted(WHY)
def is_linked(case: Case, person_id: UUID | None) -> bool:
    """Alleged to be a source of harm in the case, or with a standing risk-to link to the adult (PR-22)."""
    if person_id is None:
        return False
    alleged = Involvement.objects.filter(case=case, role="alleged_source", person_id=person_id)
    links = Relationship.objects.filter(person_id=case.person_id, other_id=person_id, risk_to=True, ended_at=None)
    return alleged.exists() or links.exists()


def _texts(answers: object) -> Iterable[str]:
    """Every text somebody typed, however deep."""
    if isinstance(answers, str):
        yield answers
    elif isinstance(answers, dict):
        for value in answers.values():
            yield from _texts(value)
    elif isinstance(answers, (list, tuple)):
        for value in answers:
            yield from _texts(value)
