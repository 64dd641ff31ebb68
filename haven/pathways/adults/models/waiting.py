"""What waits in adult safeguarding beside its stages: a second person's view, and what is owed by a clock (TR-16)."""

from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from haven.casework.access.roles import DECIDES
from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock
from haven.casework.clocks.timescales import Counting, Timescale
from haven.casework.clocks.waiting import Waiting
from haven.casework.operations.actor import Actor
from haven.pathways.adults.models.concern import Concern
from haven.pathways.adults.models.enquiry import Enquiry
from haven.pathways.adults.timescales import ADULT_SPOKEN_TO, ALLOCATE_CONCERN, ALLOCATE_ENQUIRY, FEEDBACK, PLAN_REVIEW

SECOND_VIEW = Timescale(
    "waiting.second_view",
    "A second person's view",
    amount=24,
    counting=Counting.HOURS,
    source="PR-12: next working day, and it never delays protection; the number is local procedure",
    starts="The first person decides or proposes",
    stops="Somebody else agrees or sends it back",
)


def _open(actor: Actor | None) -> QuerySet[Case]:
    return (Case.objects.all() if actor is None else Case.objects.visible_to(actor)).open()


def _to_countersign(actor: Actor | None) -> QuerySet[Any]:
    return Concern.objects.filter(outcome="not_an_enquiry", case__in=_open(actor).filter(stage="concern"))


def _to_authorise(actor: Actor | None) -> QuerySet[Any]:
    return Enquiry.objects.awaiting_authorisation().filter(case__in=_open(actor))


def _by_clock(rule: str, actor: Actor | None) -> QuerySet[Any]:
    return Clock.objects.running().filter(Q(case__in=_open(actor)), rule=rule)


def _owed(timescale: Timescale, words: str) -> Waiting:
    return Waiting(
        f"adults.{timescale.code}", words, "board", partial(_by_clock, timescale.code), "started_at", timescale, (),
        pathway="adults", urgency="case__urgency", due="due_at", reference="case__reference", leads_to="case",
    )  # fmt: skip


WAITING = (
    _owed(ALLOCATE_CONCERN, "Concerns no worker has"),
    _owed(ADULT_SPOKEN_TO, "Adults not yet spoken to"),
    Waiting(
        "adults.countersign", "“Not an enquiry”, for a second view", "board", _to_countersign, "decided_at",
        SECOND_VIEW, DECIDES, pathway="adults", authority="case__authority_id",
        reference="case__reference", leads_to="case",
    ),
    _owed(ALLOCATE_ENQUIRY, "Section 42 decided, no officer"),
    Waiting(
        "adults.authorise", "Conclusions to authorise", "board", _to_authorise, "concluded_at",
        SECOND_VIEW, DECIDES, pathway="adults", authority="case__authority_id",
        reference="case__reference", leads_to="case",
    ),
    _owed(FEEDBACK, "Those who told us, not yet told"),
    _owed(PLAN_REVIEW, "Plan reviews to come"),
)  # fmt: skip
"""Where the clock tells the board, nobody else is alerted."""
