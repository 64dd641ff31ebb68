"""What an advocate sees of a case: the plan and the wishes. Nothing protected, nothing of who told us (R-097)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.operations.actor import Actor
from haven.pathways.adults.models import Conversation, PlanAction, SafeguardingPlan


@dataclass
class Step:
    """One step of the plan: what, who, by when, and whether it is done."""

    words: str
    who: str
    due_on: date | None
    done_at: datetime | None


@dataclass
class ForAdvocate:
    """The running plan with its steps, and what the adult wants as this advocate added it."""

    case: Case
    plan: SafeguardingPlan | None = None
    steps: list[Step] = field(default_factory=list)
    wishes: list[Conversation] = field(default_factory=list)


def cases_of(actor: Actor) -> Any:
    """The open cases for whose adult the actor is the advocate; never a kept one, nor one of a conflict (TR-05)."""
    ids = [tie.case_id for tie in actor.ties if tie.kind == "advocate"]
    cases = Case.objects.open().showing(actor).filter(pk__in=ids, restriction=Restriction.OPEN)
    return cases.filter(authority_id__in=actor.authority_ids).select_related("person", "worker").order_by("opened_at")


def for_advocate(case: Case, actor: Actor) -> ForAdvocate:
    """What this advocate is shown; three statements."""
    plan = SafeguardingPlan.objects.filter(case=case, ended_at=None).order_by("-agreed_at").first()
    steps = PlanAction.objects.filter(plan=plan).order_by("due_on") if plan else PlanAction.objects.none()
    rows = [Step(each.words, each.who, each.due_on, each.done_at) for each in steps]
    mine = Conversation.objects.filter(case=case, with_whom="advocate", by=actor.user_id).order_by("-at")
    return ForAdvocate(case, plan, rows, list(mine[:20]))
