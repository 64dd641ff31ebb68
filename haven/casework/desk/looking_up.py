"""Search: a reference goes straight there; a name, date of birth or postcode finds people the reader may see.

A miss and a record the reader may not see are answered alike, in the same words (TR-03).
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import NoReverseMatch, reverse

from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.desk.finding_to_open import ask_the_keepers
from haven.casework.desk.loading import people_visible_to
from haven.casework.desk.people import NOBODY, Strip, strips_for
from haven.casework.operations.actor import Actor
from haven.casework.people.finding import Match, find_people
from haven.casework.people.models import Person
from haven.lib.references import ALPHABET, typed_reference

SHOWN = 20
WIDER = 60
"""Candidates looked at before those the reader may not see are left out."""

REFERENCE = re.compile(f"([A-Z]{{1,3}}?)-?([{ALPHABET}]{{4}})-?([{ALPHABET}]{{4}})")
POSTCODE = re.compile(r"\b([A-Za-z]{1,2}\d[A-Za-z\d]?)\s*(\d[A-Za-z]{2})\b")
NHS_NUMBER = re.compile(r"(\d{3})[ -]?(\d{3})[ -]?(\d{4})")
DAY = re.compile(r"\b(\d{1,2})[\s/.-](\d{1,2})[\s/.-](\d{4})\b")
ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


@dataclass
class Asked:
    """What the one box and the fields beside it ask for."""

    name: str = ""
    date_of_birth: date | None = None
    postcode: str = ""
    nhs_number: str = ""


def matching(asked: Asked) -> list[Match]:
    """Who this may be: exactly, by NHS number; else by name, date of birth and postcode."""
    if asked.nhs_number:
        held = Person.objects.filter(nhs_number=asked.nhs_number)[:WIDER]
        return [Match(person, 100.0, ["same NHS number"]) for person in held]
    return find_people(name=asked.name, date_of_birth=asked.date_of_birth, postcode=asked.postcode, limit=WIDER)


@dataclass
class Found:
    """One person found: openable, or (for duty) only the strip."""

    match: Match
    openable: bool
    strips: list[Strip] = field(default_factory=list)


def address_of(words: str, actor: Actor) -> str:
    """The page of the case or report with exactly this reference, where the reader may see it; else nothing."""
    typed = REFERENCE.fullmatch(typed_reference(words))
    if typed is None:
        return ""
    reference = "-".join(typed.groups())
    if Case.objects.visible_to(actor).filter(reference=reference).exists():
        return reverse("case", args=[reference])
    if Contact.objects.readable_by(actor).filter(reference=reference).exists():
        return _report(reference)
    return ""


def _report(reference: str) -> str:
    try:
        return reverse("report", args=[reference])
    except NoReverseMatch:
        return ""


def asked_for(q: str, date_of_birth: date | None, postcode: str) -> Asked:
    """The parts of what was typed into one box, unless given in their own field."""
    number = NHS_NUMBER.fullmatch(q.strip())
    if number:
        return Asked(nhs_number="".join(number.groups()))
    found = POSTCODE.search(q)
    code = postcode or (f"{found[1]} {found[2]}".upper() if found else "")
    rest = POSTCODE.sub(" ", q)
    born = date_of_birth or day_in(rest)
    rest = ISO_DAY.sub(" ", DAY.sub(" ", rest))
    return Asked(" ".join(rest.split()), born, code)


def day_in(words: str) -> date | None:
    """A day written in figures, day first as in England, or year first with dashes."""
    found, iso = DAY.search(words), ISO_DAY.search(words)
    parts = found.groups()[::-1] if found else iso.groups() if iso else ()
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def look_among_kept(answers: dict[str, Any], actor: Actor, at: datetime) -> None:
    """With every search, whatever it finds, a job compares the words with kept cases (PR-05): two statements."""
    asked = asked_for(answers["q"], answers["date_of_birth"], answers["postcode"])
    typed = REFERENCE.fullmatch(typed_reference(answers["q"]))
    words = {"date_of_birth": asked.date_of_birth, "postcode": asked.postcode[:10], "nhs_number": asked.nhs_number}
    reference = "-".join(typed.groups()) if typed else ""
    ask_the_keepers(how="search", by=actor, at=at, name=asked.name[:200], reference=reference, **words)


def people_found(asked: Asked, actor: Actor) -> list[Found]:
    """Those this may be, best first: people the reader may open, and for duty the strip of others known here."""
    matches = matching(asked)
    pks = [match.person.pk for match in matches]
    openable = people_visible_to(actor).filter(pk__in=pks or [NOBODY])
    seen: set[Any] = set(openable.values_list("pk", flat=True))
    strips = strips_for([match.person for match in matches if match.person.pk not in seen], actor)
    found = [Found(match, match.person.pk in seen, strips.get(match.person.pk, [])) for match in matches]
    return [each for each in found if each.openable or each.strips][:SHOWN]
