"""What an out-of-hours worker reads: authorities they serve in full, neighbours by a marker (R-016, R-366)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.cases.models import Case
from haven.casework.contacts.codes import URGENCIES
from haven.casework.desk.looking_up import REFERENCE
from haven.casework.desk.people import ring_for
from haven.casework.operations.actor import Actor
from haven.casework.people.finding import find_people
from haven.casework.stages.pathway import PATHWAYS
from haven.casework.watch.ties import SAME_PERSON
from haven.lib.references import typed_reference

MOST = 12


@dataclass
class AtNight:
    """One open case as it may be read at night. `said`: risk, danger, and what keeps them safe (the plan is in it).

    Elsewhere only that the authority is involved, how urgent the case is marked, and the number to ring.
    """

    case: Case
    authority: Authority
    ring: str
    urgency: str
    said: dict[str, Any] = field(default_factory=dict)


def at_night(q: str, born: date | None, actor: Actor, at: datetime) -> tuple[list[AtNight], list[AtNight]]:
    """Open cases of whoever this may be: in the authorities served, and in the deployment's others."""
    served = [pk for pk, role in actor.roles_at if role == "out_of_hours_worker"]
    cases = _meant(q, born)
    ours = cases.filter(authority_id__in=served).showing(actor)
    here = [_in_full(case, actor) for case in ours.order_by("-opened_at")[:MOST]]
    return here, _elsewhere(cases, served, actor)


def _meant(q: str, born: date | None) -> Any:
    """Open, unrestricted cases by exactly this reference, or of people so alike that they may be meant."""
    related = ("person__safe_contact", "authority", "worker", "team", "manager")
    cases = Case.objects.open().filter(restriction="open").select_related(*related)
    typed = REFERENCE.fullmatch(typed_reference(q))
    if typed:
        return cases.filter(reference="-".join(typed.groups()))
    people = [match.person.pk for match in find_people(name=q, date_of_birth=born, limit=60)
              if match.score >= SAME_PERSON]  # fmt: skip
    return cases.filter(person__in=people)


def _in_full(case: Case, actor: Actor) -> AtNight:
    pathway = PATHWAYS.get(case.pathway)
    said = pathway.at_a_glance(case, actor) if pathway is not None and pathway.at_a_glance is not None else {}
    kept = {name: said.get(name, "") for name in ("risk", "danger", "safe", "hold", "children")}
    return AtNight(case, case.authority, ring_for(case), _urgency(case), kept)


def _elsewhere(cases: Any, served: list[Any], actor: Actor) -> list[AtNight]:
    """The wall is opened to the neighbours for one statement, and closed to them again."""
    others = list(Authority.objects.exclude(pk__in=served).values_list("pk", flat=True))
    if not others:
        return []
    wall.open_to(others, actor.id)
    found = list(cases.filter(authority_id__in=others).showing(actor).order_by("-opened_at")[:MOST])
    wall.open_to(actor.authority_ids, actor.id)
    return [_marked(case) for case in found]


def _marked(case: Case) -> AtNight:
    authority = case.authority
    return AtNight(case, authority, authority.out_of_hours_telephone or authority.telephone, _urgency(case))


def _urgency(case: Case) -> str:
    return URGENCIES.get(case.urgency, "")
