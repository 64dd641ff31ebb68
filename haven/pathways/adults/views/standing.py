"""What the case page asks of the operations: what may be done next, and what still stands before closing."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from haven.casework.access.may import may
from haven.casework.cases.models import Case
from haven.casework.operations.actor import Actor
from haven.casework.stages.pathway import Action
from haven.design.moments import day_in_words
from haven.pathways.adults.operations.gaps import closing_gaps
from haven.pathways.adults.operations.next_steps import next_actions
from haven.pathways.adults.panels.known import Known, known_of
from haven.pathways.adults.panels.telling import called, told_in_words


def actions(case: Case, actor: Actor) -> list[Action]:
    """The steps open to this reader now, what the case waits for first."""
    steps = [Action(step.words, _url(step.url_name, case), main=step.main) for step in next_actions(case, actor)]
    steps += _always(case, actor)
    return [step for step in steps if step.url]


def _always(case: Case, actor: Actor) -> list[Action]:
    more = [("record_safe_contact", _("Safe contact")), ("end_risk_to", _("End a risk link"))]
    known = known_of(case, actor)
    linked = any(row["linked"] for row in known.alleged)
    return [
        Action(str(words), _url(code.replace("_", "-"), case))
        for code, words in more
        if may(actor, f"adults.{code}", case) and case.stage != "closed" and (linked or code != "end_risk_to")
    ]


def _url(name: str, case: Case) -> str:
    try:
        return reverse(name, args=[case.reference])
    except NoReverseMatch:
        return ""


def closing(case: Case, actor: Actor) -> dict[str, Any]:
    """The closing checklist, and what each who told us was told."""
    known = known_of(case, actor)
    if case.stage not in ("closing", "closed") and not known.closing:
        return {}
    gaps = [gap.words[0].upper() + gap.words[1:] for gap in closing_gaps(case)] if case.stage == "closing" else []
    href = _url("prepare-closing", case) if gaps and may(actor, "adults.prepare_closing", case) else ""
    return {
        "gaps": gaps,
        "closed_at": known.closing.get("closed_at"),
        "how_to_come_back": known.closing.get("how_to_come_back", ""),
        "adult": _adult(known),
        "told": [(called(report), told_in_words(report, known)) for report in known.reports],
        "href": href,
        "action": _("Go on closing") if href else "",
    }


def _adult(known: Known) -> str:
    closing = known.closing
    if closing.get("adult_told_at"):
        return f"told {day_in_words(closing['adult_told_at'])}, {closing['adult_told_how_said'].lower()}"
    because = closing.get("adult_not_told_because_said", "")
    return f"not told: {because.lower()}" if because else ""
