"""Who may follow who looked: the guardian of the authority, and the accountable manager of a case (TR-05, TR-06).

Somebody with a conflict of interest never may, whatever their role; and nobody else sees that there is such a page.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from haven.casework.access.predicates import in_conflict
from haven.casework.access.reading import show, show_ids
from haven.casework.access.roles import GUARDIANS
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.desk.following import guarded
from haven.casework.desk.loading import actor_of
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.models import Person
from haven.casework.watch.looks import AccessReport, Followed, cases_kept, followed_case, followed_person, report_of

NOT_FOUND = "We could not find that page."
PERIODS = {"": _("Ever"), "30": _("The last 30 days"), "90": _("The last 90 days"), "365": _("The last 12 months")}


@dataclass(frozen=True)
class Wanted:
    """What the reader of an access report asks for: by default everything there is."""

    period: str = ""
    reader_id: UUID | None = None

    def since(self, at: datetime) -> datetime | None:
        """The moment from which looks count."""
        return at - timedelta(days=int(self.period)) if self.period else None


def wanted_in(query: QueryDict) -> Wanted:
    """The period and the reader of an address; nonsense asks for everything."""
    period, reader = query.get("period", ""), query.get("reader", "")
    try:
        return Wanted(period if period in PERIODS else "", UUID(reader) if reader else None)
    except ValueError:
        return Wanted(period if period in PERIODS else "")


def guards(actor: Actor, authority_id: UUID) -> bool:
    """The actor is a guardian of the authority."""
    return actor.has_role_at(authority_id, *GUARDIANS)


def load_followed_case(request: HttpRequest, reference: str) -> Case:
    """The case, for its guardian or accountable manager; a sealed one too, which its guardian follows first of all."""
    actor = actor_of(request)
    case = Case.objects.select_related("person").filter(reference=reference.upper()).first()
    if case is None or case.authority_id not in actor.authority_ids or in_conflict(actor, case):
        raise NotAllowed(NOT_FOUND)
    if not follows(actor, case):
        raise NotAllowed(NOT_FOUND)
    show(request, case, case.person)
    return case


def follows(actor: Actor, case: Case) -> bool:
    """Sees who looked at the case: the guardian of its authority, and its accountable manager."""
    return guards(actor, case.authority_id) or case.manager_id == actor.id


def load_followed_person(request: HttpRequest, pk: UUID) -> tuple[Person, Followed]:
    """The person and their records of the authorities of which the reader is guardian."""
    actor = actor_of(request)
    theirs = guarded(actor)
    person = Person.objects.filter(pk=pk).exclude(pk__in=actor.conflict_ids).first()
    if person is None or not _is_known_in(person, theirs):
        raise NotAllowed(NOT_FOUND)
    followed = followed_person(person, theirs, cases_kept(person, actor.conflict_ids))
    show(request, person, *followed.cases)
    show_ids(request, "contact", [pk for pk in followed.references if pk not in {case.pk for case in followed.cases}])
    return person, followed


def _is_known_in(person: Person, authority_ids: list[UUID]) -> bool:
    """A case, a part in one, or a report of these authorities is about the person."""
    about = Case.objects.filter(authority__in=authority_ids)
    if about.filter(person=person).exists() or about.filter(involvements__person=person).exists():
        return True
    return Contact.objects.filter(authority__in=authority_ids, adults__person=person).exists()


def followed_of_case(request: HttpRequest, case: Case) -> Followed:
    """The case with its report, both in the read record."""
    followed = followed_case(case)
    show_ids(request, "contact", [pk for pk in followed.references if pk != case.pk])
    return followed


def page_of(followed: Followed, wanted: Wanted, at: datetime) -> dict[str, Any]:
    """The report with its filters; where it is filtered the readers to choose from are those of everything."""
    report = report_of(followed, wanted.since(at), None, wanted.reader_id)
    everybody = report if wanted == Wanted() else report_of(followed)
    return {"report": report, "wanted": wanted, "filters": filters(everybody, wanted), "all": everybody.looks}


def filters(everybody: AccessReport, wanted: Wanted) -> dict[str, Any]:
    """The two questions above the report, as choices with the one that stands."""
    readers = sorted(everybody.readers, key=lambda reader: reader.name)
    chosen = [{"value": "", "text": _("Everybody"), "selected": wanted.reader_id is None}]
    chosen += [{"value": str(each.id), "text": each.name, "selected": each.id == wanted.reader_id} for each in readers]
    periods = [{"value": code, "text": words, "selected": code == wanted.period} for code, words in PERIODS.items()]
    return {"periods": periods, "readers": chosen}


def reference_given(actor: Actor, reference: str) -> tuple[str, Any]:
    """Where the looks of a typed reference are: of a case, or of the person a report turned out to be about."""
    theirs = guarded(actor)
    case = Case.objects.filter(reference=reference, authority__in=theirs).first()
    if case is not None and not in_conflict(actor, case):
        return "case-looks", case.reference
    found = Contact.objects.filter(reference=reference, authority__in=theirs, adults__person__isnull=False)
    person_id = found.values_list("adults__person", flat=True).first()
    return ("person-looks", person_id) if person_id and person_id not in actor.conflict_ids else ("", None)
