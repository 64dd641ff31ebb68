"""The strip above every form of a case: who, what was said, what they want, earlier concerns (PR-16)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from haven.casework.cases.models import Case
from haven.casework.operations.actor import Actor
from haven.design.moments import day_in_words, moment_in_words
from haven.lib.calendar import day_of
from haven.pathways.adults.panels.known import Known, Rows, known_of, years_old
from haven.pathways.adults.panels.telling import called

Fact = tuple[str, Any]


@dataclass
class Strip:
    """What is known in a few lines, and what is still missing before the decision."""

    known: Known
    facts: list[Fact]
    said: list[Fact] = field(default_factory=list)
    hold: str = ""
    safe: str = ""


def strip_of(case: Case, actor: Actor, now: datetime) -> Strip:
    """The strip for this reader."""
    known = known_of(case, actor)
    hold = known.hold
    said = [(label, words) for label, words in _said(known) if words]
    asked = f"{hold['words']} ({hold['officer']}, {day_in_words(hold['set_at'])})" if hold else ""
    return Strip(known, _facts(case, known, now), said, asked, safe_contact(case))


def _facts(case: Case, known: Known, now: datetime) -> list[Fact]:
    concern = known.concern
    who = f"{case.person.display_name}, {years_old(case, day_of(now))}"
    where = " · ".join(filter(None, (concern.get("location_said"), concern.get("place"))))
    return [
        ("The adult", who),
        ("Received", moment_in_words(concern["received_at"]) if concern else ""),
        ("Told us", "; ".join(called(row) for row in known.reports) or "not known"),
        ("Where it happened", where or "not known"),
        ("Worker", case.worker.name if case.worker else "nobody yet"),
    ]


def _said(known: Known) -> list[Fact]:
    return [
        ("What was reported", known.report.get("first_line", "")),
        ("What they want", wants(known)),
        ("Types of harm", _types(known)),
        ("Alleged source", alleged(known)),
        ("Possible crime", _crime(known)),
        ("Earlier concerns", earlier(known)),
    ]


def wants(known: Known) -> str:
    """What the adult wants, in their words; or why they have not been heard."""
    words = in_one(known.asked_for) or known.concern.get("adult_wants", "")
    if words:
        return f"“{words}”"
    because = known.concern.get("not_heard_because_said", "")
    return f"Not heard yet: {because[0].lower()}{because[1:]}" if because else "Not heard yet"


def in_one(wishes: Rows) -> str:
    """Several things wanted, as one text."""
    return "; ".join(row["words"].rstrip(".") for row in wishes)


def _types(known: Known) -> str:
    return ", ".join(f"{row['said']} (main)" if row["primary"] else row["said"] for row in known.types)


def alleged(known: Known) -> str:
    """Who may be causing the harm, and that they are linked as a risk."""
    names = []
    for row in known.alleged:
        name = row["known_as"] or f"{row['given'] or ''} {row['family'] or ''}".strip() or row["words"]
        names.append(f"{name} (risk link)" if row["linked"] else name)
    return ", ".join(names)


def _crime(known: Known) -> str:
    crime = known.crime
    if not crime:
        return ""
    told = f"police told {day_in_words(crime['told_at'])} {crime['reference']}".strip() if crime["told_at"] else ""
    why = f"police not told: {crime['why_not']}" if crime["why_not"] else ""
    return "; ".join(part for part in (crime["answer_said"], told, why) if part)


def earlier(known: Known) -> str:
    """How many, and what became of each."""
    rows = [f"{day_in_words(row['received_at'])}: {row['outcome_said'] or 'not decided'}" for row in known.earlier[:4]]
    more = len(known.earlier) - len(rows)
    return "; ".join([*rows, *([f"and {more} more"] if more > 0 else [])])


def safe_contact(case: Case) -> str:
    """How the adult may be reached, and how never (PR-22)."""
    safe = getattr(case.person, "safe_contact", None)
    if safe is None:
        return ""
    unknowing = f"must not know: {safe.who_must_not_know}" if safe.who_must_not_know else ""
    return " · ".join(part for part in (safe.how, safe.when_safe, *safe.warnings(), unknowing) if part)
