"""What adult safeguarding offers the rest of Haven."""

from pathlib import Path

from haven.casework.contacts.arriving import ARRIVED
from haven.casework.disclosure.hooks import ON_HOLD, REFERRER_LEVEL
from haven.casework.letters.templates import load_letters
from haven.casework.partners.telling import TELLS, Tells
from haven.casework.stages.pathway import Panel, Pathway, register
from haven.pathways.adults import codes, measures, permissions
from haven.pathways.adults.models.signals import signals
from haven.pathways.adults.models.waiting import WAITING
from haven.pathways.adults.models.waits import waits
from haven.pathways.adults.operations.arrival import arrived
from haven.pathways.adults.operations.levels import highest_level, is_on_hold
from haven.pathways.adults.operations.partner_stage import may_have_moved, stage_now
from haven.pathways.adults.panels import case_page
from haven.pathways.adults.panels.board import board
from haven.pathways.adults.panels.glance import at_a_glance
from haven.pathways.adults.questions import QUESTIONS
from haven.pathways.adults.stages import STAGES
from haven.pathways.adults.timescales import DECIDE_CONCERN, FIRST_LOOK, TIMESCALES
from haven.pathways.adults.views import standing


def _words(*lists: codes.Codes) -> dict[str, str]:
    return {entry.code: str(entry.label) for entries in lists for entry in entries}


def _outcomes() -> dict[str, str]:
    """Every outcome an event may carry: of the questions, of the risk and of a review."""
    asked = {code: str(words) for question in QUESTIONS for code, words in question.outcomes.items()}
    return {**_words(codes.RISK_OUTCOMES, codes.REVIEW_OUTCOMES), **asked}


LABELS = {
    "achieved": _words(codes.ACHIEVED),
    "advocate": _words(codes.ADVOCATE),
    "answer": _words(codes.LIMB_ANSWERS),
    "abuse": _words(codes.LIMB_ANSWERS),
    "asked": _words(codes.ASKED),
    "assessment": _words(codes.RISK_ASSESSMENT),
    "because": _words(codes.NOT_YET_HEARD, codes.HELD_REASONS, codes.ADULT_NOT_TOLD, codes.REMAINED_REASONS),
    "capacity": _words(codes.CAPACITY),
    "destination": _words(codes.DESTINATIONS),
    "kind": _words(codes.ENQUIRY_KINDS),
    "level": _words(codes.FEEDBACK_LEVELS),
    "line": _words(codes.ALSO_TELL),
    "location": _words(codes.LOCATIONS),
    "needs": _words(codes.LIMB_ANSWERS),
    "outcome": _outcomes(),
    "primary": _words(codes.HARM_TYPES),
    "protect": _words(codes.LIMB_ANSWERS),
    "reason": _words(codes.PAUSE_REASONS),
    "rule": {scale.code: str(scale.label) for scale in TIMESCALES},
    "source_code": _words(codes.SOURCES),
}
"""How the timeline says the codes that events carry."""

PANELS = (
    Panel("The decision", "adults/panels/decision.html", case_page.decision),
    Panel("The enquiry", "adults/panels/enquiry.html", case_page.enquiry),
    Panel("Safeguarding plan", "adults/panels/plan.html", case_page.plan),
    Panel("Closing", "adults/panels/closing.html", standing.closing, place="side"),
    Panel("Speaking with the adult", "adults/panels/conversations.html", case_page.conversations, place="side"),
    Panel("Reports and evidence", "adults/panels/reports.html", case_page.reports, place="side"),
)
"""What the case page shows below its first screen (PR-29)."""

ADULTS = register(
    Pathway(
        code="adults",
        name="Adult safeguarding",
        prefix="AS",
        stages=STAGES,
        timescales=TIMESCALES,
        questions=QUESTIONS,
        labels=LABELS,
        signals=signals,
        waits=waits,
        waiting=WAITING,
        allocate_page="allocate-concern",
        first_look=FIRST_LOOK,
        decides=DECIDE_CONCERN,
        at_a_glance=at_a_glance,
        actions=standing.actions,
        board=board,
        panels=PANELS,
    )
)

PERMISSIONS = tuple(f"adults.{name}" for name in permissions.PERMISSIONS)
LETTERS = load_letters(Path(__file__).parent / "letters")
ARRIVED[ADULTS.code] = arrived
REFERRER_LEVEL[ADULTS.code] = highest_level
ON_HOLD[ADULTS.code] = is_on_hold
TELLS[ADULTS.code] = Tells(may_have_moved, stage_now)
MEASURES = measures.__all__
