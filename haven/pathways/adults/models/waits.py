"""The line above the duty desk: how many wait, for what, since when, and how many over their time (PR-27, R-054)."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext as _

from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock
from haven.casework.contacts.messaging import ANSWER_MESSAGE
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.stages.pathway import Wait
from haven.lib.calendar import day_of
from haven.pathways.adults.models.concern import Concern
from haven.pathways.adults.timescales import ALLOCATE_CONCERN, DECIDE_CONCERN, FEEDBACK, FIRST_LOOK

AT_THE_DESK = ("duty_officer", "out_of_hours_worker")
"""See a case only while it waits at the desk, and stand for the desk of their authority all the same."""

COUNTED = (FIRST_LOOK, DECIDE_CONCERN, ALLOCATE_CONCERN)


def waits(actor: Actor, at: datetime) -> list[Wait]:
    """What waits, of what this actor may see: two statements."""
    rows = _running(actor, at)
    queues = {timescale.code: Wait("", *rows.get(timescale.code, (0, None, 0))) for timescale in COUNTED}
    return [
        _named(_("Not looked at"), queues[FIRST_LOOK.code]),
        _named(_("Awaiting decision"), queues[DECIDE_CONCERN.code]),
        _named(_("Awaiting allocation"), queues[ALLOCATE_CONCERN.code]),
        _on_others(actor, at),
        Wait(_("Feedback owed"), *rows.get(FEEDBACK.code, (0, None, 0))),
        Wait(_("Messages to answer"), *rows.get(ANSWER_MESSAGE.code, (0, None, 0))),
    ]


def _named(label: str, wait: Wait) -> Wait:
    return Wait(label, wait.count, wait.oldest, wait.overdue)


def _running(actor: Actor, at: datetime) -> dict[str, tuple[int, datetime, int]]:
    """The clocks that run: of reports still at the desk, of cases the actor may see, and of feedback owed."""
    rules = [timescale.code for timescale in COUNTED]
    reports = Contact.objects.visible_to(actor).waiting().values("pk")
    of_reports = Q(case=None, contact_id__in=reports)
    at_work = Q(rule__in=rules) & (of_reports | Q(case__in=Case.objects.visible_to(actor).open()))
    owed = Q(rule=FEEDBACK.code, case__in=_owing_feedback(actor))
    readable = Contact.objects.readable_by(actor).filter(pathway="adults").values("pk")
    written = Q(rule=ANSWER_MESSAGE.code, contact_id__in=readable)
    seen = Clock.objects.running().filter(at_work | owed | written, authority_id__in=actor.authority_ids)
    counted: Any = seen.values("rule").annotate(**_how_many(at))
    return {row["rule"]: (row["count"], row["oldest"], row["overdue"]) for row in counted.order_by()}


def _how_many(at: datetime) -> dict[str, Any]:
    return {"count": Count("pk"), "oldest": Min("started_at"), "overdue": Count("pk", filter=Q(due_at__lte=at))}


def _owing_feedback(actor: Actor) -> QuerySet[Case]:
    """Cases whose referrers have not been told, as the manager's board lists them (PR-28).

    For whoever stands at the desk it is what their authority owes: a number alone, restricted cases left out.
    """
    desks = [pk for pk, role in actor.roles_at if role in AT_THE_DESK]
    ours = Case.objects.filter(authority_id__in=desks, restriction=Restriction.OPEN).showing(actor)
    return (ours if desks else Case.objects.visible_to(actor)).open()


def _on_others(actor: Actor, at: datetime) -> Wait:
    """Concerns where something is still to be found out from others, or a second person is still to agree."""
    cases = Case.objects.visible_to(actor).open().in_stage("concern")
    unsettled = Q(limbs__answer="not_yet", outcome="")
    waiting = Concern.objects.filter(unsettled | Q(outcome="not_an_enquiry"), case__in=cases)
    late = Q(limbs__answer="not_yet", limbs__settle_by__lt=day_of(at))
    told: Any = waiting.aggregate(
        count=Count("pk", distinct=True), oldest=Min("received_at"), overdue=Count("pk", filter=late, distinct=True)
    )
    return Wait(_("Awaiting others"), told["count"], told["oldest"], told["overdue"])
