"""One concern from the report to the closed case, through the operations that people use."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from haven.casework.access import wall
from haven.casework.clocks.running import remembering
from haven.casework.contacts.arriving import receive
from haven.casework.contacts.models import Contact
from haven.casework.contacts.operations import first_look
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import bulk_load
from haven.pathways.adults import operations as adults
from haven.pathways.adults.models import Concern, Enquiry
from haven.pathways.adults.year.staff import Staff, staff_for
from haven.project.bench.asking import counting
from haven.project.bench.timing import Timing, table

GOAL = 60
"""Milliseconds, so that a year of a thousand concerns loads in about a minute."""
WARM = 3

YES = ("yes", "She needs daily help, and her nephew takes her pension.")
WORRY = "Her nephew shouts at her and takes her pension."


class Life:
    """One concern's life. Each operation runs inside what `within` opens for whoever acts."""

    def __init__(self, staff: Staff, at: datetime, within: Callable[[Actor], AbstractContextManager[None]]) -> None:
        self.at, self.within, self.staff = at, within, staff
        self.worker, self.manager = staff.practitioners[0], staff.managers[0]
        self.operations = 0

    def do(self, operation: Callable[..., Any], *subject: Any, by: Actor, **answers: Any) -> Any:
        self.operations += 1
        with self.within(by):
            return operation(*subject, by=by, at=self.at, **answers)

    def run(self) -> "Life":
        report, concern = self.arrives()
        enquiry = self.is_decided(concern)
        self.is_enquired_into(enquiry)
        self.closes(concern, report)
        return self

    def arrives(self) -> tuple[Contact, Concern]:
        duty, authority = self.staff.duty[0].actor, self.staff.authority
        report = self.do(receive, authority, by=Actor.public(authority.pk), **report_facts(self.at))
        self.do(first_look, report, safe_tonight="yes", urgency="today", words="Rang her.", by=duty)
        [concern] = self.do(adults.accept_report, report, team=self.worker.team, by=duty)
        self.do(adults.allocate_concern, concern, worker=self.worker.user, manager=self.manager.user, by=duty)
        return report, concern

    def is_decided(self, concern: Concern) -> Enquiry:
        worker = self.worker.actor
        said = {"words": "I want my pension back.", "knows": "yes", "agrees": "yes"}
        self.do(adults.record_hearing, concern, heard=True, by=worker, **said)
        types = {"types": ["financial", "psychological"], "primary": "financial", "sources": ["relative"]}
        self.do(adults.record_types, concern, location="own_home", by=worker, **types)
        self.do(adults.answer_limbs, concern, needs=YES, abuse=YES, protect=YES, by=worker)
        decided = {"outcome": "section_42", "reasons": "Three yeses."}
        enquiry: Enquiry = self.do(adults.decide_concern, concern, by=self.manager.actor, **decided)
        return enquiry

    def is_enquired_into(self, enquiry: Enquiry) -> None:
        worker, manager = self.worker.actor, self.manager.actor
        self.do(adults.allocate_enquiry, enquiry, officer=self.worker.user, by=manager)
        asked = {"asked": "expressed", "outcomes": ["My pension is mine."]}
        [wish] = self.do(adults.record_outcomes_asked, enquiry, by=worker, **asked)
        self.do(adults.record_capacity, enquiry, capacity="no_doubt", difficulty="no", by=worker)
        risk = {"assessment": "identified_action", "outcome": "reduced", "words": "The bank was told."}
        self.do(adults.assess_risk, enquiry, by=worker, **risk)
        self.do(adults.rate_outcomes, enquiry, ratings={wish.pk: ("fully", "partly")}, by=worker)
        self.do(adults.propose_conclusion, enquiry, words="Her money is safe.", by=worker)
        self.do(adults.authorise_conclusion, enquiry, reasons="Well done.", by=manager)

    def closes(self, concern: Concern, report: Contact) -> None:
        case, worker = concern.case, self.worker.actor
        self.do(adults.tell_adult, case, told_at=self.at, how="in_person", by=worker)
        self.do(adults.send_feedback, case, contact=report, level="receipt", how="telephone", by=worker)
        ends = {"reasons": "She is safe.", "how_to_come_back": "Ring the council's number."}
        self.do(adults.close_case, case, by=self.manager.actor, **ends)


def report_facts(at: datetime) -> dict[str, Any]:
    """A neighbour's report."""
    return {
        "pathway": "adults", "channel": "web", "form": "public", "answers": {"worry": WORRY}, "first_line": WORRY,
        "adults": [{"given_name": "Joan", "family_name": "Samplewood", "date_of_birth": date(1943, 5, 2)}],
        "referrer": {"name": "Tom Testley", "source_code": "neighbour", "safe_ways": ["ring"]},
        "idempotency_key": uuid4().hex, "received_at": at, "immediate_danger": "no", "children_present": False,
    }  # fmt: skip


@contextmanager
def as_the_web(by: Actor) -> Iterator[None]:
    """Each operation in a transaction of its own, with the wall opened to who acts: as a request does it."""
    with transaction.atomic():
        if by.is_user:
            wall.open_for(by)
        else:
            [authority_id] = by.authority_ids
            wall.open_outside(authority_id)
        yield


def lived(staff: Staff, at: datetime) -> Life:
    """A life as people live it."""
    return Life(staff, at, as_the_web).run()


def loaded(staff: Staff, at: datetime) -> Life:
    """A life as the year generator loads it: one transaction."""
    with bulk_load(), remembering():
        wall.open_to_all("measuring over synthetic people")
        return Life(staff, at, lambda by: nullcontext()).run()


def time_lives(n: int) -> list[Timing]:
    """`n` lives each way in the database in use."""
    at = timezone.now() - timedelta(hours=6)
    with transaction.atomic():
        wall.open_to_all("measuring over synthetic people")
        staff = staff_for("benchmere", "Benchmere Council", concerns=500, from_on=date(2015, 1, 1), at=at)
    found = [(Timing("loaded, one transaction a life"), loaded), (Timing("lived, one transaction an operation"), lived)]
    for i in range(n + WARM):
        for timing, live in found:
            _time(timing, live, staff, at, kept=i >= WARM)
    return [timing for timing, _ in found]


def _time(timing: Timing, live: Callable[[Staff, datetime], Life], staff: Staff, at: datetime, *, kept: bool) -> None:
    statements: list[str] = []
    with counting(statements.append):
        began, worked = time.perf_counter(), time.thread_time()
        live(staff, at)
        taken, processor = time.perf_counter() - began, time.thread_time() - worked
    if kept:
        timing.add(taken * 1000, processor * 1000, len(statements))


def lives_table(timings: list[Timing]) -> str:
    """One row a way of living it."""
    headings = ["a concern's life, 18 operations", "n", "mean ms", "p50", "p95", "processor", "goal", "statements"]
    rows = []
    for one in timings:
        times = [f"{taken:.0f}" for taken in (one.mean, one.p50, one.p95, one.cpu)]
        rows.append([one.name, str(one.n), *times, f"≤ {GOAL}", str(one.statements)])
    return table(headings, rows)
