"""The rules the records must keep, each with why it matters and where it comes from (TR-38). Read this file first.

What the database refuses by itself needs no rule here: a clock without a due date, a task without owner and team, a
report twice, a decision without reasons. These are what no single row can know.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from haven.casework.access.models import User
from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock
from haven.casework.contacts.models import Contact, ContactPerson
from haven.casework.deliveries.models import Delivery
from haven.casework.people.models import Address
from haven.casework.stages.pathway import PATHWAYS
from haven.casework.tasks.models import Task
from haven.lib.calendar import day_of

TR_38, TR_17, TR_14 = "TR-38", "TR-17", "TR-14"
SURREY = "Surrey LCS audit 2019 (F13)"
LONG = timedelta(days=1)


@dataclass(frozen=True)
class Invariant:
    """One rule: `find` gives the records that break it, as of a moment. `of` says what they are."""

    code: str
    title: str
    why: str
    source: str
    of: str
    find: Callable[[datetime], QuerySet[Any]]


def _closed_accounts() -> QuerySet[User]:
    return User.objects.filter(Q(is_active=False) | Q(suspended_at__isnull=False))


def _without_worker(at: datetime) -> QuerySet[Case]:
    return Case.objects.open().filter(worker=None, awaits_duty=False, opened_at__lte=at - LONG)


def _worker_gone(_at: datetime) -> QuerySet[Case]:
    return Case.objects.open().filter(worker__in=_closed_accounts())


def _manager_gone(_at: datetime) -> QuerySet[Case]:
    return Case.objects.open().filter(manager__in=_closed_accounts())


def _nothing_due(_at: datetime) -> QuerySet[Case]:
    clocks, tasks = Clock.objects.running(), Task.objects.open()
    return Case.objects.open().filter(
        ~Exists(clocks.filter(case=OuterRef("pk"))), ~Exists(tasks.filter(case=OuterRef("pk")))
    )


def _clock_after_closing(_at: datetime) -> QuerySet[Case]:
    return Case.objects.exclude(closed_at=None).filter(Exists(Clock.objects.running().filter(case=OuterRef("pk"))))


def _unknown_stage(_at: datetime) -> QuerySet[Case]:
    known = Q(pk__in=[])
    for pathway in PATHWAYS.values():
        known |= Q(pathway=pathway.code, stage__in=[stage.code for stage in pathway.stages])
    return Case.objects.open().exclude(known)


def _impossible_days(at: datetime) -> QuerySet[Case]:
    today = day_of(at)
    wrong = Q(closed_at__lt=F("opened_at")) | Q(opened_at__gt=at) | Q(person__date_of_birth__gt=today)
    return Case.objects.filter(wrong | Q(person__died_on__lt=F("person__date_of_birth")) | Q(person__died_on__gt=today))


def _two_addresses(_at: datetime) -> QuerySet[Case]:
    """One authority's own addresses: what another authority holds is not this one's to correct."""
    lived = Address.objects.filter(
        person=OuterRef("person"), authority=OuterRef("authority"), until_on=None, kind="lives"
    )
    many = lived.order_by().values("person").annotate(n=Count("pk")).filter(n__gt=1)
    return Case.objects.open().filter(Exists(many))


def _no_address(_at: datetime) -> QuerySet[Case]:
    now = Address.objects.filter(person=OuterRef("person"), until_on=None)
    return Case.objects.open().filter(~Exists(now))


def _report_without_case(_at: datetime) -> QuerySet[Contact]:
    became = ContactPerson.objects.filter(contact=OuterRef("pk"), case__isnull=False)
    return Contact.objects.filter(state=Contact.State.ACCEPTED).exclude(Exists(became))


def _report_in_no_queue(_at: datetime) -> QuerySet[Contact]:
    return Contact.objects.exclude(state__in=[state.value for state in Contact.State])


def _report_without_clock(at: datetime) -> QuerySet[Contact]:
    running = Clock.objects.running().filter(contact_id=OuterRef("pk"))
    return Contact.objects.waiting().filter(~Exists(running), received_at__lte=at - timedelta(hours=1))


def _task_of_nobody(_at: datetime) -> QuerySet[Task]:
    return Task.objects.open().filter(owner__in=_closed_accounts())


def _delivery_without_channel(_at: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.waiting().exclude(channel__in=[channel.value for channel in Delivery.Channel])


def _delivery_stuck(at: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.due(at - LONG)


INVARIANTS = (
    Invariant("case_without_worker", "Open case without a worker", "Nobody is looking after the adult.",
              f"{TR_38}; PR-31", "case", _without_worker),
    Invariant("worker_gone", "Open case whose worker’s account is closed", "Its worker cannot open it any more.",
              f"{TR_38}; {SURREY}", "case", _worker_gone),
    Invariant("manager_gone", "Open case whose manager’s account is closed", "Nobody can authorise its next step.",
              f"{TR_38}; {SURREY}", "case", _manager_gone),
    Invariant("nothing_due", "Open case with no clock and no task", "Nothing will ever bring it back to anybody.",
              f"{TR_38}; {TR_17}", "case", _nothing_due),
    Invariant("clock_after_closing", "Closed case with a clock still running", "Figures count it as late.",
              TR_38, "case", _clock_after_closing),
    Invariant("unknown_stage", "Open case at a stage the process does not have", "It is in no queue.",
              f"{TR_38}; TR-16", "case", _unknown_stage),
    Invariant("impossible_days", "Days that cannot be", "Ages, clocks and figures are wrong for it.",
              TR_38, "case", _impossible_days),
    Invariant("two_addresses", "Adult with two present addresses", "Somebody may visit the wrong one.",
              f"{TR_38}; TR-27; Child Safeguarding Practice Review, November 2025 (F9)", "case", _two_addresses),
    Invariant("no_address", "Adult of an open case without a present address", "Nobody knows where to go.",
              f"{TR_38}; TR-27", "case", _no_address),
    Invariant("report_without_case", "Report taken on, without a case", "It counts as decided and nobody has it.",
              f"{TR_38}; TR-15", "contact", _report_without_case),
    Invariant("report_in_no_queue", "Report in a state without a queue", "No page shows it.",
              f"{TR_14}; TR-16", "contact", _report_in_no_queue),
    Invariant("report_without_clock", "Report that waits, with no clock", "No alarm will ever be raised for it.",
              f"{TR_17}; TR-18", "contact", _report_without_clock),
    Invariant("task_of_nobody", "Task of somebody whose account is closed", "Nobody will do it.",
              TR_38, "task", _task_of_nobody),
    Invariant("delivery_without_channel", "Message without a way to go", "No worker will ever carry it out.",
              f"{TR_38}; TR-23", "delivery", _delivery_without_channel),
    Invariant("delivery_stuck", "Message due for more than a day", "It is neither sent nor given up.",
              f"{TR_17}; TR-24", "delivery", _delivery_stuck),
)  # fmt: skip

BY_CODE = {rule.code: rule for rule in INVARIANTS}
