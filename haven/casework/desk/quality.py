"""The rules of the data in words: how many records break each, which a reader may open, and how the jobs stand."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.upkeep.counting import seen_by
from haven.casework.upkeep.models import Finding
from haven.casework.upkeep.rules import BY_CODE, INVARIANTS, Invariant
from haven.casework.upkeep.turns import Silent, looked_at, nobody_looks, silent_jobs
from haven.design.moments import day_in_words, moment_in_words
from haven.lib.text import cited

SHOWN = 100
OLD = timedelta(hours=36)
"""Counts older than this are said to be old: the night's job was missed."""


@dataclass(frozen=True)
class Counted:
    """One rule and how many records break it at the reader's authorities, as last counted."""

    rule: Invariant
    count: int

    @property
    def source(self) -> str:
        """Where the rule comes from, for a reader."""
        return cited(self.rule.source)


@dataclass
class Night:
    """Every rule as last counted, those that are broken first; `old` where the night's job was missed."""

    rules: list[Counted]
    counted_at: datetime | None
    old: bool

    @property
    def broken(self) -> list[Counted]:
        return [each for each in self.rules if each.count]

    @property
    def kept(self) -> list[Counted]:
        return [each for each in self.rules if not each.count]


def rules_of(actor: Actor, at: datetime) -> Night:
    """The rules, for the authorities of this reader; one statement."""
    rows = list(Finding.objects.filter(authority_id__in=actor.authority_ids).values_list("rule", "count", "counted_at"))
    counts: dict[str, int] = {}
    for rule, count, _counted_at in rows:
        counts[rule] = counts.get(rule, 0) + count
    oldest = min((counted_at for _rule, _count, counted_at in rows), default=None)
    rules = sorted((Counted(rule, counts.get(rule.code, 0)) for rule in INVARIANTS), key=lambda each: -each.count)
    return Night(rules, oldest, oldest is None or at - oldest > OLD)


@dataclass(frozen=True)
class Jobs:
    """The timed jobs that are silent, and whether anybody looks after them at all."""

    silent: list[Silent]
    looked_at: datetime | None
    nobody: bool


def jobs_of(at: datetime) -> Jobs:
    """How the timed jobs stand."""
    return Jobs(silent_jobs(at), looked_at(), nobody_looks(at))


@dataclass
class Listed:
    """Records that break one rule, as far as the reader may open them."""

    rule: Invariant
    rows: list[list[Any]]
    shown: list[Any] = field(default_factory=list)

    @property
    def source(self) -> str:
        return cited(self.rule.source)

    @property
    def columns(self) -> tuple[str, ...]:
        return COLUMNS[self.rule.of]


COLUMNS = {
    "case": ("Case", "The adult", "Worker", "Opened"),
    "contact": ("Report", "Received"),
    "task": ("Case", "What", "Was due"),
    "delivery": ("Case", "What for", "Was due"),
}


def listed_of(code: str, actor: Actor, at: datetime) -> Listed:
    """The list behind one rule. A rule that is not there is not found."""
    rule = BY_CODE.get(code)
    if rule is None:
        raise NotAllowed("We could not find that page.")
    records = list(seen_by(rule, actor, at)[:SHOWN])
    shown = records if rule.of in ("case", "contact") else [each.case for each in records if each.case]
    return Listed(rule, [ROWS[rule.of](record) for record in records], shown)


def _case_row(case: Any) -> list[Any]:
    worker = case.worker.name if case.worker else _("Nobody yet")
    return [_case(case), case.person.display_name, worker, day_in_words(case.opened_at)]


def _contact_row(contact: Any) -> list[Any]:
    return [{"text": contact.reference, "href": _report(contact.reference)}, moment_in_words(contact.received_at)]


def _task_row(task: Any) -> list[Any]:
    return [_case(task.case), task.words, day_in_words(task.due_on)]


def _delivery_row(delivery: Any) -> list[Any]:
    return [_case(delivery.case), delivery.purpose.replace("_", " "), moment_in_words(delivery.due_at)]


ROWS = {"case": _case_row, "contact": _contact_row, "task": _task_row, "delivery": _delivery_row}


def _case(case: Any) -> dict[str, str]:
    return {"text": case.reference, "href": reverse("case", args=[case.reference])} if case else {"text": "–"}


def _report(reference: str) -> str:
    try:
        return reverse("report", args=[reference])
    except NoReverseMatch:
        return ""
