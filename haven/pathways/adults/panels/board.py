"""What the manager's board asks of adult safeguarding (PR-28): six statements, whatever the size of the service.

Counts are of what the reader may see, over indexes of what is open; rows are the oldest few.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, Q, Subquery, Window
from django.db.models import OuterRef as Outer
from django.db.models.functions import RowNumber
from django.urls import reverse

from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock
from haven.casework.clocks.timescales import Timescale
from haven.casework.contacts.codes import URGENCIES
from haven.casework.decisions.models import Decision
from haven.casework.operations.actor import Actor
from haven.casework.stages.pathway import Block
from haven.design.moments import day_in_words, span_in_words
from haven.pathways.adults import codes
from haven.pathways.adults.models import Concern, Enquiry
from haven.pathways.adults.timescales import (
    ADULT_SPOKEN_TO,
    ALLOCATE_CONCERN,
    ALLOCATE_ENQUIRY,
    DECIDE_CONCERN,
    ENQUIRY,
    FEEDBACK,
    PLAN_REVIEW,
)

ROWS = 8
CLUSTER, CLUSTER_WITHIN = 3, timedelta(days=90)
"""Concerns at one place in 90 days from which a manager is shown it (PR-14, PR-28)."""
DECLINED_WITHIN = timedelta(days=90)

BY_CLOCK: tuple[tuple[Timescale, str, str, bool], ...] = (
    (ALLOCATE_CONCERN, "Concerns no worker has", "received, in a team’s tray", False),
    (DECIDE_CONCERN, "Concerns over their time", "not yet decided", True),
    (ALLOCATE_ENQUIRY, "Section 42 decided, no officer", "a team’s tray is not an allocation", False),
    (ADULT_SPOKEN_TO, "Adult not yet spoken to", "attempts do not stop this clock", False),
    (ENQUIRY, "Enquiries over 90 days", "an aim: the reason is recorded", True),
    (PLAN_REVIEW, "Plan reviews late", "", True),
    (FEEDBACK, "Those who told us not yet told", "within 5 working days of the decision", False),
)
"""Timescale, the block's title, its words, and whether only what is overdue is shown."""


def board(actor: Actor, at: datetime) -> list[Block]:
    """The blocks of adult safeguarding, for this reader."""
    return [*waiting_for_decision(actor, at), *by_clock(actor, at), untold(actor, at), *patterns(actor, at)]


def _counted(rows: Any, since: str) -> Any:
    """Each row with the number of all and the oldest of them, so that one statement gives both."""
    return rows.annotate(of=Window(Count("pk")), oldest=Window(Min(since))).order_by(since)[:ROWS]


def _block(title: str, found: list[Any], rows: list[Any], **more: Any) -> Block:
    count, oldest = (found[0].of, found[0].oldest) if found else (0, None)
    shown = [getattr(each, "case", each) for each in found]
    return Block(title, count, oldest, rows, shown=shown, **more)


def _link(case: Case) -> dict[str, str]:
    return {"text": case.reference, "href": reverse("case", args=[case.reference])}


def _who(case: Case) -> str:
    return case.worker.name if case.worker else f"Nobody yet, {case.team.name}"


def waiting_for_decision(actor: Actor, at: datetime) -> list[Block]:
    """Concerns whose three parts are answered, with the proposal; second views; conclusions to authorise."""
    seen = Case.objects.visible_to(actor).open()
    decided_by = Decision.objects.filter(case=Outer("case"), question="section_42").order_by("-at").values("by_id")[:1]
    answered = Concern.objects.filter(case__in=seen.in_stage("concern")).annotate(
        answered=Count("limbs"), noes=Count("limbs", filter=Q(limbs__answer="no")),
        open_parts=Count("limbs", filter=Q(limbs__answer="not_yet")), decided_by=Subquery(decided_by),
    ).filter(Q(answered=3, outcome="") | Q(outcome="not_an_enquiry"))  # fmt: skip
    others = answered.exclude(outcome="not_an_enquiry", decided_by=actor.id)
    concerns = list(_counted(others.select_related("case__person", "case__worker"), "received_at"))
    rows = [[_link(each.case), each.case.person.display_name, _proposal(each), _ago(each.received_at, at)]
            for each in concerns]  # fmt: skip
    mine = _block("Decisions waiting for me", concerns, rows, columns=("Case", "The adult", "Proposal", "Waiting"))
    return [mine, _to_authorise(actor, seen, at)]


def _proposal(concern: Any) -> str:
    if concern.outcome:
        return "Second view on “not an enquiry”"
    if concern.open_parts:
        return "A part is not yet known"
    return "Not an enquiry" if concern.noes else "Section 42 enquiry"


def _to_authorise(actor: Actor, seen: Any, at: datetime) -> Block:
    proposed = Enquiry.objects.awaiting_authorisation().filter(case__in=seen)
    others = proposed.exclude(officer_id=actor.id).exclude(proposed_by_id=actor.id)
    found = list(_counted(others.select_related("case__person", "officer"), "concluded_at"))
    rows = [
        [_link(each.case), each.case.person.display_name, each.officer.name if each.officer else "–",
         _ago(each.concluded_at, at)]
        for each in found
    ]  # fmt: skip
    return _block("Conclusions to authorise", found, rows, columns=("Case", "The adult", "Officer", "Waiting"))


def by_clock(actor: Actor, at: datetime) -> list[Block]:
    """The blocks that a running clock tells of, in one statement: each clock's oldest cases and their number."""
    rules = {scale.code: late_only for scale, _title, _words, late_only in BY_CLOCK}
    late_only = [rule for rule, only in rules.items() if only]
    running = Clock.objects.running().filter(rule__in=rules, case__in=Case.objects.visible_to(actor).open())
    wanted = running.filter(~Q(rule__in=late_only) | Q(due_at__lte=at))
    each_rule: dict[str, Any] = {"partition_by": F("rule")}
    numbered = wanted.annotate(
        place=Window(RowNumber(), order_by="due_at", **each_rule),
        of=Window(Count("pk"), **each_rule),
        late=Window(Count("pk", filter=Q(due_at__lte=at)), **each_rule),
        oldest=Window(Min("started_at"), **each_rule),
    ).filter(place__lte=ROWS)
    found = defaultdict(list)
    # Who has it is asked apart: joined to, it would be looked up for every clock there is and not for those shown.
    shown = numbered.select_related("case__person", "case__team").prefetch_related("case__worker").order_by("due_at")
    for clock in shown:
        found[clock.rule].append(clock)
    return [_of_clock(title, words, found[scale.code], at) for scale, title, words, _late in BY_CLOCK]


def _of_clock(title: str, words: str, clocks: list[Any], at: datetime) -> Block:
    rows = [
        {"cells": [_link(clock.case), clock.case.person.display_name, URGENCIES.get(clock.case.urgency, "–"),
                   _who(clock.case), _ago(clock.started_at, at),
                   _late(clock, at)],
         "kind": "overdue" if clock.due_at <= at else ""}
        for clock in clocks
    ]  # fmt: skip
    columns = ("Case", "The adult", "Urgency", "Who has it", "Waiting", "If late, why")
    return _block(title, clocks, rows, words=words, columns=columns, overdue=clocks[0].late if clocks else 0)


def _late(clock: Any, at: datetime) -> Any:
    """Why it takes longer; where nobody has said, the page that asks."""
    if clock.reason_late or clock.due_at > at:
        return clock.reason_late
    return {"text": "no reason yet", "href": reverse("explain-delay", args=[clock.case.reference])}


def untold(actor: Actor, at: datetime) -> Block:
    """Cases in closing whose adult has been neither told nor given a reason."""
    found = Case.objects.visible_to(actor).open().in_stage("closing")
    waiting = found.filter(
        Q(closing=None) | Q(closing__adult_told_at=None, closing__adult_not_told_because="")
    ).annotate(since=F("closing__began_at"))
    cases = list(_counted(waiting.select_related("person", "worker", "team"), "since"))
    rows = [[_link(case), case.person.display_name, _who(case), _ago(case.since, at)] for case in cases]
    return _block("Adult not yet told", cases, rows)


def patterns(actor: Actor, at: datetime) -> list[Block]:
    """Repeats that were not taken on, and places with several concerns, each in the last 90 days."""
    seen = Case.objects.visible_to(actor)
    shown = Case.objects.showing(actor).filter(person=Outer("case__person")).exclude(pk=Outer("case"))
    declined = Concern.objects.filter(
        Exists(shown),
        case__in=seen,
        authority_id__in=actor.authority_ids,
        repeat=True,
        outcome="not_an_enquiry",
        decided_at__gte=at - DECLINED_WITHIN,
    )
    concerns = list(_counted(declined.select_related("case__person"), "decided_at"))
    rows = [
        [_link(each.case), each.case.person.display_name, codes.label(codes.DESTINATIONS, each.destination),
         day_in_words(each.decided_at)]
        for each in concerns
    ]  # fmt: skip
    columns = ("Case", "The adult", "Went to", "Decided")
    return [_block("Repeats not taken on, 90 days", concerns, rows, columns=columns), _clusters(seen, at)]


def _clusters(seen: Any, at: datetime) -> Block:
    recent = Concern.objects.filter(case__in=seen, received_at__gte=at - CLUSTER_WITHIN).exclude(place=None)
    grouped = recent.values("place__name").annotate(n=Count("pk"), first=Min("received_at"), last=F("place__ward"))
    found = list(grouped.filter(n__gte=CLUSTER).order_by("-n")[:ROWS])
    rows = [[row["place__name"], row["last"], str(row["n"]), day_in_words(row["first"])] for row in found]
    oldest = min((row["first"] for row in found), default=None)
    columns = ("Place", "Ward", "Concerns", "Since")
    return Block("Several concerns at one place, 90 days", len(found), oldest, rows, columns=columns)


def _ago(moment: datetime | None, at: datetime) -> str:
    return span_in_words(at - moment) if moment else ""
