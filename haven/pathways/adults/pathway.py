"""What adult safeguarding offers the rest of Haven."""

from pathlib import Path

from haven.casework.contacts.arriving import ARRIVED
from haven.casework.letters.templates import load_letters
from haven.casework.stages.pathway import Pathway, register
from haven.pathways.adults import codes, permissions
from haven.pathways.adults.operations.next_steps import next_actions
from haven.pathways.adults.operations.report import arrived
from haven.pathways.adults.questions import QUESTIONS
from haven.pathways.adults.stages import STAGES
from haven.pathways.adults.timescales import TIMESCALES

LABELS = {
    name: {entry.code: str(entry.label) for entry in entries}
    for name, entries in {
        "sources": codes.SOURCES,
        "locations": codes.LOCATIONS,
        "harm_types": codes.HARM_TYPES,
        "outcomes": codes.OUTCOMES,
        "destinations": codes.DESTINATIONS,
    }.items()
}

ADULTS = register(
    Pathway(
        code="adults",
        name="Adult safeguarding",
        prefix="AS",
        stages=STAGES,
        timescales=TIMESCALES,
        questions=QUESTIONS,
        actions=next_actions,
        labels=LABELS,
        # panels, at_a_glance and signals come from panels.py
    )
)

PERMISSIONS = tuple(f"adults.{name}" for name in permissions.PERMISSIONS)
LETTERS = load_letters(Path(__file__).parent / "letters")
ARRIVED[ADULTS.code] = arrived
