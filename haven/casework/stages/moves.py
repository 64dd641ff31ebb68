"""Opening, moving and referring cases. Plain verbs: the operation that calls them records its own event too."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from haven.casework.access.models import Authority, Team
from haven.casework.cases.casework import create_case, link
from haven.casework.cases.models import Case
from haven.casework.events.kinds import declare
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change
from haven.casework.people.models import Person
from haven.casework.stages.models import StageEntry
from haven.casework.stages.pathway import pathway_of

OPENED = declare("stages.case_opened", "{actor} opened the case", erasure="Codes only.")
MOVED = declare("stages.moved", "{actor} moved the case from {from_stage} to {to_stage}", erasure="Codes only.")
REFERRED = declare("stages.referred", "{actor} referred the case to {to}", erasure="Codes only.")

ARRIVALS: dict[str, Callable[..., Case]] = {}
"""Pathway code → what it makes of a case referred to it: the receiving pathway decides."""


class WrongMove(Refusal):
    """The case is in a stage that does not lead there."""


class NobodyReceives(Refusal):
    """No process of that name takes referrals."""


def open_case(
    code: str, *, authority: Authority, person: Person, team: Team, by: Actor, at: datetime, **facts: Any
) -> Case:
    """Open a case in the first stage of the pathway."""
    pathway = pathway_of(code)
    first = pathway.stages[0]
    case = create_case(
        pathway=code,
        prefix=pathway.prefix,
        authority=authority,
        person=person,
        team=team,
        stage=first.code,
        awaits_duty=first.awaits_duty,
        at=at,
        **facts,
    )
    StageEntry.objects.create(case=case, stage=first.code, entered_at=at)
    record(OPENED, subject=case, by=by, at=at, codes={"pathway": code})
    return case


def move(case: Case, *, to: str, by: Actor, at: datetime) -> None:
    """Move the case to a stage its present one leads to; anything else is refused (WrongMove)."""
    pathway = pathway_of(case.pathway)
    here, there = pathway.stage(case.stage), pathway.stage(to)
    if to not in here.leads_to:
        raise WrongMove(f"This case is at “{here.name}”, which does not lead to “{there.name}”. Open it again to see.")
    StageEntry.objects.filter(case=case, left_at=None).update(left_at=at)
    StageEntry.objects.create(case=case, stage=to, entered_at=at)
    change(case, stage=to, awaits_duty=there.awaits_duty, closed_at=at if there.final else None)
    record(MOVED, subject=case, by=by, at=at, codes={"from_stage": here.code, "to_stage": to})


def refer(case: Case, *, to: str, reasons: str, by: Actor, at: datetime) -> Case:
    """Hand the matter to another process, which decides what the arrival becomes; the two cases are linked."""
    receive = ARRIVALS.get(to)
    if receive is None:
        raise NobodyReceives(f"No process called {to!r} takes referrals here.")
    other = receive(case, reasons=reasons, by=by, at=at)
    link(case, other, kind="referred", at=at)
    record(REFERRED, subject=case, by=by, at=at, codes={"to": to, "other": str(other.pk)})
    return other
