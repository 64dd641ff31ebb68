"""What the person page says beyond the person's own facts: their cases and reports, as far as the reader may see."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from haven.casework.access.predicates import works_on_case
from haven.casework.cases.models import Case, Involvement
from haven.casework.contacts.models import Contact
from haven.casework.decisions.models import Decision
from haven.casework.desk.work import stage_name
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.casework.stages.pathway import PATHWAYS

NOBODY = UUID(int=0)


@dataclass
class Concern:
    """One case about the person, and how it ended or where it has got to."""

    case: Case
    process: str
    stage: str
    outcomes: list[str] = field(default_factory=list)


@dataclass
class Known:
    """What has happened about the person before and now, of what this reader may open."""

    open: list[Concern] = field(default_factory=list)
    earlier: list[Concern] = field(default_factory=list)
    declined: list[Contact] = field(default_factory=list)
    part_in: list[Involvement] = field(default_factory=list)
    told_us: list[Any] = field(default_factory=list)

    @property
    def accountable(self) -> Case | None:
        """The open case whose worker answers for the person."""
        return next((each.case for each in self.open if each.case.worker), None)

    def working_in(self, actor: Actor) -> Case | None:
        """The case in which this reader works with the person: for adding to what is known of them."""
        own = [each.case for each in self.open + self.earlier]
        return next((case for case in own if works_on_case(actor, case)), None) or self._part_in(actor)

    def _part_in(self, actor: Actor) -> Case | None:
        others = (part.case for part in self.part_in if part.role != "alleged_source")
        return next((case for case in others if works_on_case(actor, case)), None)


def known_of(person: Person, actor: Actor) -> Known:
    """The person's cases, reports and parts in others' cases; five statements, and what the process says."""
    cases = list(concerns_of(person, actor))
    known = Known(
        open=[each for each in cases if each.case.closed_at is None],
        earlier=[each for each in cases if each.case.closed_at is not None],
        declined=declined_of(person, actor),
        part_in=parts_of(person, actor),
    )
    newest = next(iter(known.open or known.earlier), None)
    known.told_us = told_us(newest.case, actor) if newest else []
    return known


def concerns_of(person: Person, actor: Actor) -> list[Concern]:
    """Cases about the person, newest first, with the outcomes decided in each."""
    seen = Case.objects.visible_to(actor).filter(person=person).select_related("worker", "team")
    cases = list(seen.prefetch_related("decisions").order_by("-opened_at")[:50])
    return [Concern(case, process_name(case), stage_name(case), outcomes_of(case)) for case in cases]


def process_name(case: Case) -> str:
    """The process the case is in, as people call it."""
    found = PATHWAYS.get(case.pathway)
    return found.name if found else case.pathway


def outcomes_of(case: Case) -> list[str]:
    """What was decided first in the case and what last, in words (its decisions are loaded already)."""
    loaded: Any = case
    decisions: list[Decision] = sorted(loaded.decisions.all(), key=lambda decision: decision.at)
    outcomes = list(dict.fromkeys(said(case.pathway, decision) for decision in decisions))
    return outcomes if len(outcomes) < 3 else [outcomes[0], outcomes[-1]]


def said(pathway: str, decision: Decision) -> str:
    """A decision's outcome in the words of its question."""
    found = PATHWAYS.get(pathway)
    questions = {question.code: question for question in found.questions} if found else {}
    question = questions.get(decision.question)
    return str(question.outcomes.get(decision.outcome, decision.outcome)) if question else decision.outcome


def declined_of(person: Person, actor: Actor) -> list[Contact]:
    """Reports about the person that were not taken on, with the reasons (PR-30)."""
    reports = Contact.objects.visible_to(actor).filter(adults__person=person, state=Contact.State.REFUSED)
    return list(reports.select_related("outcome").order_by("-received_at")[:20])


def parts_of(person: Person, actor: Actor) -> list[Involvement]:
    """The person's part in others' cases, each with its standing (PR-30)."""
    others = Involvement.objects.filter(person=person, case__in=Case.objects.visible_to(actor))
    return list(others.filter(~Q(case__person=person)).select_related("case").order_by("-from_at")[:20])


def told_us(case: Case, actor: Actor) -> list[Any]:
    """What the adult has already told us, so that nobody asks again (PR-30): rows of words, day, to whom."""
    found = PATHWAYS.get(case.pathway)
    said = found.at_a_glance(case, actor) if found is not None and found.at_a_glance is not None else {}
    own = [(said["wants"], said.get("wants_on"), said.get("wants_by", ""))] if said.get("wants") else []
    return [*own, *said.get("told_us", [])]


def needs_of(person: Person) -> list[tuple[str, str]]:
    """How to communicate with the person, and what support they have, as rows of a summary."""
    interpreter = "Needed" if person.interpreter_needed else "Not needed, as far as is known"
    return [
        ("How they communicate", person.communication),
        ("Interpreter", interpreter),
        ("Support reason", person.get_primary_support_reason_display()),
        ("Gender", person.get_gender_display()),
        ("Ethnicity", person.get_ethnicity_display()),
    ]


@dataclass
class Strip:
    """What duty is told of somebody whose case they may not open: dates, outcomes, whom to ring (PR-24)."""

    case_id: UUID
    reference: str
    when: datetime
    process: str
    stage: str
    outcomes: list[str]
    ring: str


def strips_for(people: list[Person], actor: Actor) -> dict[Any, list[Strip]]:
    """For each person, the strip of their open-file cases in the authorities where the actor stands duty.

    The statement runs whether anybody was found or not: nothing betrays by its time that somebody is kept (TR-03).
    """
    duty = [pk for pk, role in actor.roles_at if role in ("duty_officer", "out_of_hours_worker", "manager")]
    if not duty:
        return {}
    wanted = [person.pk for person in people] or [NOBODY]
    cases = Case.objects.showing(actor).filter(person__in=wanted, authority_id__in=duty, restriction="open")
    found: dict[Any, list[Strip]] = {}
    for case in cases.select_related("worker", "team").prefetch_related("decisions").order_by("-opened_at")[:60]:
        said = (process_name(case), stage_name(case), outcomes_of(case), ring_for(case))
        strip = Strip(case.pk, case.reference, case.opened_at, *said)
        found.setdefault(case.person_id, []).append(strip)
    return found


def ring_for(case: Case) -> str:
    """Whom to ring about the case: its worker with their number, else its team."""
    if case.worker is None:
        return case.team.name
    return f"{case.worker.name}, {case.worker.telephone}" if case.worker.telephone else case.worker.name
