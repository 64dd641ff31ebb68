"""The cases behind a figure: those the reader may open, newest first, without a total."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from haven.casework.cases.models import Case
from haven.casework.desk.figures import ALL, Chosen
from haven.casework.desk.journeys import JOURNEYS
from haven.casework.measures.registry import MEASURES, NoSuchMeasure, cases_behind
from haven.casework.measures.snapshots import load_snapshot
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.stages.pathway import pathway_of
from haven.design.moments import day_in_words, moment_in_words
from haven.lib.calendar import day_of

AT_ONCE = 50


@dataclass(frozen=True)
class CasesPage:
    """One page of the cases behind a figure."""

    title: str
    row: str
    definition: str
    cases: list[Case]
    columns: list[str]
    rows: list[list[Any]]
    counted: str
    back: str
    newer: str
    older: str


def cases_page(chosen: Chosen, measure: str, row: str, actor: Actor, asked: str) -> CasesPage:
    """The cases of a measure's row. A measure nobody knows, or one without cases, is not found."""
    if measure not in MEASURES:
        raise NotAllowed("We could not find that page.")
    number = int(asked) if asked.isdigit() and len(asked) < 5 else 0
    cases = _cases(chosen, measure, row, actor, number)
    return CasesPage(
        title=str(MEASURES[measure].title),
        row=_label(chosen, measure, row),
        definition=MEASURES[measure].definition,
        cases=cases[:AT_ONCE],
        columns=[_("Case"), _("The adult"), _("Opened"), _("Where it has got to"), _("Worker")],
        rows=[_row(case) for case in cases[:AT_ONCE]],
        counted=_counted(chosen),
        back=f"{reverse('figures')}?{chosen.query}#{measure}",
        newer=_address(chosen, measure, row, number - 1) if number else "",
        older=_address(chosen, measure, row, number + 1) if len(cases) > AT_ONCE else "",
    )


def _cases(chosen: Chosen, measure: str, row: str, actor: Actor, number: int) -> list[Case]:
    """One more than a page holds, so that it is known whether another follows."""
    try:
        found = cases_behind(measure, chosen.authority, chosen.period, None if row == ALL else row, actor=actor)
    except NoSuchMeasure as missing:
        raise NotAllowed("We could not find that page.") from missing
    start = number * AT_ONCE
    return list(found.select_related("person", "worker")[start : start + AT_ONCE + 1])


def _label(chosen: Chosen, measure: str, row: str) -> str:
    """The row's words, from the figures as last counted."""
    if row == ALL or measure in JOURNEYS:
        return ""
    counted = load_snapshot(chosen.authority, chosen.period)
    measures = counted.measures if counted else []
    rows: list[dict[str, Any]] = next((one["rows"] for one in measures if one["id"] == measure), [])
    return next((each["label"] for each in rows if each["code"] == row), "")


def _row(case: Case) -> list[Any]:
    stage = pathway_of(case.pathway).stage(case.stage).name.partition(":")[0]
    worker = case.worker.name if case.worker else ""
    reference = {"text": case.reference, "href": reverse("case", args=[case.reference])}
    return [reference, case.person.display_name, day_in_words(day_of(case.opened_at)), stage, worker]


def _counted(chosen: Chosen) -> str:
    counted = load_snapshot(chosen.authority, chosen.period)
    return moment_in_words(counted.computed_at) if counted else ""


def _address(chosen: Chosen, measure: str, row: str, number: int) -> str:
    return f"{reverse('figure-cases', args=[measure, row])}?{chosen.query}&{urlencode({'page': number})}"
