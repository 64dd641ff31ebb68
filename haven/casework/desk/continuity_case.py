"""One case of the continuity pack, in the words of a night call: who, where, what danger, what helps, whom to ring."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from haven.casework.access.models import User
from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock
from haven.casework.contacts.codes import URGENCIES
from haven.casework.desk.work import stage_name_of, timescale_labels
from haven.casework.operations.actor import Actor
from haven.casework.people.codes import FLAGS, RELATIONSHIPS
from haven.casework.people.models import Address, ContactPoint, Flag, Person, Relationship, SafeContact
from haven.casework.stages.pathway import PATHWAYS
from haven.design.moments import day_in_words, moment_in_words
from haven.lib.calendar import day_of
from haven.lib.masking import MARK
from haven.lib.paper.making import Section

SAID = (
    ("danger", _("Danger")),
    ("risk", _("Risk")),
    ("safe", _("What keeps them safe")),
    ("hold", _("The police asked us to wait")),
    ("children", _("Children")),
    ("capacity", _("Decides for themselves")),
)


def section_of(case: Case, at: datetime) -> Section:
    """The case, each thing known on a line of its own."""
    lines = [f"{heading}: {said}" for heading, said in _facts(case, at) if said]
    return Section(f"{case.reference}, {case.person.display_name}", "\n".join(lines))


def _facts(case: Case, at: datetime) -> Iterator[tuple[str, str]]:
    person = case.person
    yield _("Urgency"), URGENCIES.get(case.urgency, "")
    yield _("Born"), day_in_words(person.date_of_birth) if person.date_of_birth else ""
    yield _("Where"), "; ".join(_addresses(case))
    yield _("Number"), "; ".join(_points(case))
    yield from _safe_contact(person)
    yield _("May harm them"), "; ".join(_risks(case))
    yield from _said(case)
    yield _("Warnings"), "; ".join(_flags(case, at))
    yield _("Stage"), stage_name_of(case.pathway, case.stage)
    yield _("Due next"), _due(case)
    yield _("Worker"), _ring(case.worker)
    yield _("Manager"), _ring(case.manager)
    yield _("Team"), case.team.name


def _addresses(case: Case) -> Iterator[str]:
    held = Address.objects.filter(person=case.person, authority=case.authority, until_on=None)
    for each in held.filter(restriction="open").order_by("-recorded_at"):
        if each.protected:
            yield MARK
        elif each.no_fixed_address:
            yield _("no fixed address")
        else:
            yield f"{each.lines} {each.postcode}".strip()


def _points(case: Case) -> Iterator[str]:
    held = ContactPoint.objects.filter(person=case.person, authority=case.authority, restriction="open")
    for each in held.order_by("kind"):
        yield MARK if each.protected else each.value


def _safe_contact(person: Person) -> Iterator[tuple[str, str]]:
    safe = SafeContact.objects.filter(person=person).first()
    if safe is not None:
        yield _("How to reach them"), "; ".join(each for each in (safe.how, safe.when_safe, *safe.warnings()) if each)
        yield _("Must not know"), safe.who_must_not_know


def _risks(case: Case) -> Iterator[str]:
    live = Relationship.objects.filter(person=case.person, authority=case.authority, risk_to=True, ended_at=None)
    for each in live.select_related("other", "other_organisation"):
        who = each.other.display_name if each.other else each.other_organisation.name if each.other_organisation else ""
        there = _(", lives with them") if each.lives_with else ""
        yield f"{who} ({RELATIONSHIPS[each.kind].lower()}{there})"


def _said(case: Case) -> Iterator[tuple[str, str]]:
    """What the process knows of tonight."""
    pathway = PATHWAYS.get(case.pathway)
    if pathway is None or pathway.at_a_glance is None:
        return
    said: dict[str, Any] = pathway.at_a_glance(case, Actor.job("continuity pack"))
    for name, heading in SAID:
        found = said.get(name, "")
        yield str(heading), _("yes") if found is True else str(found or "")


def _flags(case: Case, at: datetime) -> Iterator[str]:
    for each in _in_force(at).filter(person=case.person, authority=case.authority):
        yield f"{FLAGS[each.kind]}{f': {each.words}' if each.words else ''}"


def warnings_of(cases: Sequence[Case], kinds: Sequence[str], at: datetime) -> Iterator[str]:
    """The warnings for staff of all these cases, together, so that nobody must look for them."""
    people = {case.person_id: case for case in cases}
    for each in _in_force(at).filter(person__in=people, kind__in=kinds).order_by("kind"):
        case = people[each.person_id]
        if each.authority_id == case.authority_id:
            yield f"{FLAGS[each.kind]}: {case.reference}, {case.person.display_name}"


def _in_force(at: datetime) -> Any:
    today = day_of(at)
    return Flag.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today), starts_on__lte=today)


def _due(case: Case) -> str:
    clock = Clock.objects.running().filter(case=case).order_by("due_at").first()
    if clock is None:
        return ""
    label = timescale_labels(case.pathway).get(clock.rule, clock.rule)
    return f"{label}, {moment_in_words(clock.due_at)}"


def _ring(user: User | None) -> str:
    return f"{user.name}, {user.telephone or _('no number')}" if user else _("nobody yet")
