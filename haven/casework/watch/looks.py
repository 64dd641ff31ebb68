"""The access report: who has looked at a record, when, on which page and why (TR-06; UK GDPR Article 15).

Whose looks are whose follows from the record: a person's are those at the person, at every case about them and at every
report about them, in the authorities asked for.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from haven.casework.access.models import User
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.events.looking import Look, looks_at
from haven.casework.people.models import Person
from haven.casework.watch.pages import page_in_words
from haven.casework.watch.why import TIES, Ties, closest, reason_in_words, ties_of
from haven.lib.calendar import day_of


@dataclass(frozen=True)
class Followed:
    """The records whose looks belong together: a person with their cases and reports, or one case with its report."""

    ids: frozenset[UUID]
    cases: tuple[Case, ...]
    references: dict[UUID, str] = field(default_factory=dict)


@dataclass
class Stretch:
    """Looks of one reader on one day at the same page for the same reason: at these times."""

    day: date
    page: str
    why: str
    record: str
    times: list[datetime] = field(default_factory=list)


@dataclass
class Reader:
    """Everything one reader looked at of the record."""

    id: UUID
    name: str
    roles: str
    looks: int = 0
    first: datetime | None = None
    last: datetime | None = None
    stretches: list[Stretch] = field(default_factory=list)


@dataclass
class AccessReport:
    """Who has looked, the latest reader first; `elsewhere` counts looks of those who told us, at their receipts."""

    readers: list[Reader]
    looks: int
    elsewhere: int
    since: datetime | None
    until: datetime | None


def followed_person(person: Person, authority_ids: Collection[UUID], kept: Collection[UUID] = ()) -> Followed:
    """A person with every case and report about them in these authorities, but for the cases `kept` from the reader."""
    cases = Case.objects.filter(person=person, authority__in=authority_ids).exclude(pk__in=kept)
    reports = Contact.objects.filter(authority__in=authority_ids)
    return _followed([person.pk], list(cases), reports.filter(adults__person=person, adults__case=None))


def followed_case(case: Case) -> Followed:
    """One case with the report it came from."""
    return _followed([], [case], Contact.objects.none())


def _followed(ids: list[UUID], cases: list[Case], reports: Any) -> Followed:
    came_from = Contact.objects.filter(pk__in=[case.contact_id for case in cases if case.contact_id])
    contacts = dict(reports.values_list("pk", "reference")) | dict(came_from.values_list("pk", "reference"))
    references = {case.pk: case.reference for case in cases} | contacts
    return Followed(frozenset([*ids, *references]), tuple(cases), references)


def report_of(
    followed: Followed, since: datetime | None = None, until: datetime | None = None, reader_id: UUID | None = None
) -> AccessReport:
    """Who looked, between the moments where given, or only this reader where given; six statements."""
    looks = looks_at(followed.ids, since, until)
    ours = [look for look in looks if look.actor_kind == "user" and look.reader_id]
    wanted = [look for look in ours if reader_id is None or look.reader_id == reader_id]
    readers = {look.reader_id for look in wanted if look.reader_id}
    ties = ties_of(followed.cases, readers)
    names = dict(User.objects.filter(pk__in=readers).values_list("pk", "name"))
    grouped = _by_reader(wanted, followed, ties, names)
    return AccessReport(grouped, len(wanted), len(looks) - len(ours), since, until)


def _by_reader(looks: Iterable[Look], followed: Followed, ties: Ties, names: dict[UUID, str]) -> list[Reader]:
    readers: dict[UUID, Reader] = {}
    stretches: defaultdict[UUID, dict[tuple[date, str, str, str], Stretch]] = defaultdict(dict)
    for look in looks:
        assert look.reader_id is not None
        reader = readers.setdefault(look.reader_id, _reader(look, ties, names))
        reader.looks, reader.first, reader.last = reader.looks + 1, look.at, reader.last or look.at
        key = (day_of(look.at), page_in_words(look.route), why(look, followed, ties), _record(look, followed))
        stretch = stretches[look.reader_id].setdefault(key, Stretch(*key))
        stretch.times.insert(0, look.at)
    for pk, reader in readers.items():
        reader.stretches = list(stretches[pk].values())
    return list(readers.values())


def _reader(look: Look, ties: Ties, names: dict[UUID, str]) -> Reader:
    """With the roles held on the day of the latest look."""
    assert look.reader_id is not None
    name = names.get(look.reader_id, _("Somebody whose account is gone"))
    return Reader(look.reader_id, name, ties.roles(look.reader_id, look.at) or _("No role then"))


def why(look: Look, followed: Followed, ties: Ties) -> str:
    """Why somebody looked: the reason recorded with the look, and what they were to the case at that moment."""
    assert look.reader_id is not None
    shown = {pk for _kind, pk in look.subjects}
    cases = [case for case in followed.cases if case.pk in shown] or followed.cases
    tie = closest(ties.of(look.reader_id, case, look.at) for case in cases)
    said = reason_in_words(look.reason)
    held = str(TIES[tie]) if tie or not said else ""
    return "; ".join(filter(None, (said, "" if said.startswith(held) else held))) if held else said


def _record(look: Look, followed: Followed) -> str:
    """The reference of what was shown; nothing where it was the person's own page."""
    shown = [followed.references[pk] for _kind, pk in look.subjects if pk in followed.references]
    return ", ".join(sorted(shown))


def cases_kept(person: Person, conflict_ids: Collection[UUID]) -> list[UUID]:
    """Cases about the person that involve somebody the reader must not reach (TR-05)."""
    if not conflict_ids:
        return []
    theirs = Q(person__in=conflict_ids) | Q(involvements__person__in=conflict_ids)
    return list(Case.objects.filter(theirs, person=person).values_list("pk", flat=True))
