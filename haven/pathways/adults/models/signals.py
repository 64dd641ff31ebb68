"""The few words a list shows beside a report or a case: what a duty officer must not miss (PR-27)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact, ContactPerson
from haven.casework.operations.actor import Actor
from haven.casework.people.codes import FLAGS
from haven.casework.people.models import Person, SafeContact
from haven.casework.people.warning import ring_first
from haven.lib.calendar import day_of
from haven.lib.text import normalise
from haven.pathways.adults.codes import OUTCOMES, label
from haven.pathways.adults.models.concern import Concern, PoliceHold, PossibleCrime
from haven.pathways.adults.models.told import told_in

SAME_PLACE_WITHIN = timedelta(days=90)
CLUSTER = 2
"""Concerns at one place in 90 days from which the place is named (PR-14)."""

HELP = {
    "interpreter": gettext_lazy("interpreter asked for"),
    "bsl": gettext_lazy("BSL asked for"),
    "easy_read": gettext_lazy("Easy Read asked for"),
}
"""What the public form offers to whoever needs help to tell us (PR-06)."""

NOBODY = UUID(int=0)
"""Asked for where nobody was found: the same statements run whatever there is (TR-03)."""

Said = dict[Any, list[str]]


@dataclass
class Seen:
    """What the statements found, for all the rows together."""

    people: dict[UUID, Any] = field(default_factory=dict)
    by_birth: dict[Any, list[Any]] = field(default_factory=lambda: defaultdict(list))
    concerns: dict[UUID, list[Any]] = field(default_factory=lambda: defaultdict(list))
    places: dict[UUID, int] = field(default_factory=dict)


def signals(records: Sequence[Contact | Case], actor: Actor, at: datetime | None = None) -> Said:
    """For each report and each case, by its id, its signals; three statements whatever the number of rows.

    Restricted cases are not counted: nothing may betray that one exists (TR-03).
    """
    now = at or timezone.now()
    contacts = [record for record in records if isinstance(record, Contact)]
    cases = [record for record in records if isinstance(record, Case)]
    seen = _see(contacts, cases, actor, now)
    said = {contact.pk: _of_contact(contact, seen) for contact in contacts}
    return {**said, **{case.pk: _of_case(case, seen) for case in cases}}


def _see(contacts: list[Contact], cases: list[Case], actor: Actor, now: datetime) -> Seen:
    seen = Seen()
    adults = [adult for contact in contacts for adult in contact.adults.all()]
    known = {case.person_id for case in cases} | {adult.person_id for adult in adults if adult.person_id}
    for person in _people(known, adults, actor, now):
        seen.people[person.pk] = person
        seen.by_birth[person.date_of_birth].append(person)
    for concern in _concerns(seen.people or [NOBODY], actor):
        seen.concerns[concern.case.person_id].append(concern)
    places = {found.place_id for rows in seen.concerns.values() for found in rows if found.place_id}
    if places:
        seen.places = _clusters(places, actor, now)
    return seen


def _people(known: set[UUID], adults: list[ContactPerson], actor: Actor, now: datetime) -> QuerySet[Person]:
    """Those known to be meant, and those born on a day that a report gives, with flags the actor's authorities hold.

    Nobody is guessed from a day of birth of whom there is nothing but restricted cases: the warnings beside a report
    would say that somebody is known (TR-03, PR-05).
    """
    born = {adult.date_of_birth for adult in adults if adult.date_of_birth and not adult.person_id}
    today = day_of(now)
    standing = Q(flags__ended_on=None) | Q(flags__ended_on__gt=today)
    ours = Q(flags__kind__isnull=False, flags__authority_id__in=actor.authority_ids)
    shown = Q(flags__learnt_in_id=None) | Q(flags__learnt_in_id__in=Case.objects.showing(actor).values("pk"))
    kinds = ArrayAgg("flags__kind", filter=ours & standing & shown, distinct=True, default=[])
    theirs = Case.objects.filter(person=OuterRef("pk"))
    showing = Exists(theirs.showing(actor)) | ~Exists(theirs)
    wanted = Q(pk__in=known or {NOBODY}) | Q(showing, ~Q(pk__in=actor.conflict_ids), date_of_birth__in=born)
    people = Person.objects.filter(wanted).select_related("safe_contact")
    return people.annotate(flag_kinds=kinds, ring_first=ring_first(today))


def _concerns(people: Iterable[UUID], actor: Actor) -> QuerySet[Concern]:
    crime = PossibleCrime.objects.filter(case=OuterRef("case"), answer="yes")
    hold = PoliceHold.objects.filter(case=OuterRef("case"), lifted_at=None)
    found = Concern.objects.filter(case__person_id__in=list(people), case__in=Case.objects.showing(actor))
    return (
        found.select_related("case", "place").annotate(crime=Exists(crime), held=Exists(hold)).order_by("-received_at")
    )


def _clusters(places: set[Any], actor: Actor, now: datetime) -> dict[UUID, int]:
    """How many concerns at each place in the last 90 days."""
    recent = Concern.objects.filter(
        place_id__in=places,
        received_at__gte=now - SAME_PLACE_WITHIN,
        received_at__lte=now,
        authority_id__in=actor.authority_ids,
        case__in=Case.objects.showing(actor),
    )
    return dict(recent.values_list("place_id").annotate(count=Count("pk")).order_by())


def _of_contact(contact: Contact, seen: Seen) -> list[str]:
    said = [_("danger ticked")] if contact.immediate_danger == "yes" else []
    said += [_("child there")] if contact.children_present else []
    said += _must_not(contact) + _help(contact)
    for adult in contact.adults.all():
        for pk in _persons(adult, seen):
            said += _of_person(pk, seen.concerns.get(pk, []), seen)
    return list(dict.fromkeys(said))


def _must_not(contact: Contact) -> list[str]:
    """What the report itself says must not be done to reach the adult, and who must not hear of it (PR-22)."""
    safe = told_in(contact).safe
    hidden = [_("somebody must not know")] if safe.get("who_must_not_know") else []
    return SafeContact(**safe).warnings() + hidden


def _help(contact: Contact) -> list[str]:
    """What whoever told us needs to talk with us."""
    given = contact.answers.get("given", {}) if isinstance(contact.answers, dict) else {}
    return [str(HELP[need]) for need in given.get("help", []) if need in HELP]


def _persons(adult: ContactPerson, seen: Seen) -> list[UUID]:
    """Whom a worker said it is; before that, those of the same date of birth whose names hold the name given."""
    if adult.person_id:
        return [adult.person_id]
    given = set(normalise(f"{adult.given_name} {adult.family_name}").split())
    if not (adult.date_of_birth and given):
        return []
    born = seen.by_birth.get(adult.date_of_birth, [])
    return [person.pk for person in born if given <= set(person.search_name.split())]


def _of_case(case: Case, seen: Seen) -> list[str]:
    rows = seen.concerns.get(case.person_id, [])
    own = next((row for row in rows if row.case_id == case.pk), None)
    said = []
    if own is not None:
        said += [_("possible crime")] if own.crime else []
        said += [_("police hold")] if own.held else []
        said += _of_place(own, seen)
    earlier = [row for row in rows if row.case_id != case.pk and (own is None or row.received_at <= own.received_at)]
    return said + _of_person(case.person_id, earlier, seen)


def _of_place(concern: Any, seen: Seen) -> list[str]:
    count = seen.places.get(concern.place_id, 0)
    return [_("%(n)s at this place in 90 days") % {"n": count}] if count >= CLUSTER else []


def _of_person(pk: UUID, earlier: list[Any], seen: Seen) -> list[str]:
    """Earlier concerns, how not to reach them, and what every worker must see before acting."""
    said = [_earlier(earlier)] if earlier else []
    person = seen.people.get(pk)
    if person is None:
        return said
    try:
        safe: SafeContact | None = person.safe_contact
    except SafeContact.DoesNotExist:
        safe = None
    said += safe.warnings() if safe else []
    said += [_("ring the guardian first")] if person.ring_first else []
    return said + [FLAGS[kind].lower() for kind in person.flag_kinds if kind in FLAGS]


def _earlier(rows: list[Any]) -> str:
    last = rows[0]
    day = day_of(last.received_at)
    count = ngettext("%(n)s earlier", "%(n)s earlier", len(rows)) % {"n": len(rows)}
    return _("%(count)s, last %(day)s %(outcome)s") % {
        "count": count, "day": f"{day.day} {day:%b %Y}", "outcome": outcome_in_words(last),
    }  # fmt: skip


def outcome_in_words(concern: Concern) -> str:
    """What became of it: not taken on, an enquiry, or not yet decided."""
    if not concern.outcome:
        return _("not decided yet")
    return _("not taken on") if concern.outcome == "not_an_enquiry" else label(OUTCOMES, concern.outcome).lower()
