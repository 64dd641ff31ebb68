"""“Copy for the main record”: the concern and its decisions as clean text for another system, a block each (PR-20).

Nothing protected is in it, and nothing of who told us. That it was copied is in the read record, by the reason.
"""

from typing import Any

from haven.casework.desk.glance import Glance
from haven.design.moments import day_in_words, moment_in_words
from haven.lib.text import cited

REASON = "copy for the main record"


def blocks_of(glance: Glance) -> list[tuple[str, str]]:
    """Each text to copy, under what it is: the case, then every decision, newest first."""
    decided = [(f"Decision: {row['said']}", decision_text(glance, row)) for row in glance.facts.decisions]
    return [("The case", case_text(glance)), *decided]


def case_text(glance: Glance) -> str:
    """The case as it stands, line by line; what is not known is left out."""
    case, said = glance.case, glance.said
    who = case.person.display_name + (f", {glance.age}" if glance.age is not None else "")
    lines = [
        ("Haven case", case.reference),
        ("The adult", who),
        ("Opened", day_in_words(case.opened_at)),
        ("Stage", glance.stage),
        ("Worker", case.worker.name if case.worker else "nobody yet"),
        ("Manager", case.manager.name if case.manager else ""),
        ("What the adult wants", said.get("wants", "")),
        ("Risk", said.get("risk", "")),
        ("What keeps them safe", said.get("safe", "")),
    ]
    return in_lines(lines)


def decision_text(glance: Glance, row: dict[str, Any]) -> str:
    """One decision with its reasons, its law and who made it."""
    second = f"{row['countersigned_by']}, {moment_in_words(row['countersigned_at'])}" if row["countersigned_by"] else ""
    lines = [
        ("Haven case", glance.case.reference),
        ("Question", row["text"]),
        ("Decision", row["said"]),
        ("Reasons", row["reasons"]),
        ("Law", cited(row["legal_source"])),
        ("Decided by", f"{row['by']}, {moment_in_words(row['made_at'])}"),
        ("Second person", second),
    ]
    return in_lines(lines)


def in_lines(lines: list[tuple[str, Any]]) -> str:
    """“Name: value” on lines of their own, without the empty ones."""
    return "\n".join(f"{name}: {value}" for name, value in lines if value)
