"""What only this process knows of the first screen of a case (PR-29, points 2 to 8)."""

from typing import Any

from haven.casework.cases.models import Case
from haven.casework.operations.actor import Actor
from haven.design.moments import day_in_words
from haven.lib.calendar import day_of
from haven.pathways.adults.panels.known import Known, Rows, known_of
from haven.pathways.adults.panels.strip import in_one, wants

HEARD_FROM = "said to"


def at_a_glance(case: Case, actor: Actor) -> dict[str, Any]:
    """Hold, children, what they want, capacity, risk today, what keeps them safe, what the case waits for."""
    known = known_of(case, actor)
    if not known.concern:
        return {}
    risk, danger = _risk(known)
    return {
        "hold": _hold(known),
        "children": _children(known),
        **_wants(known),
        "capacity": _capacity(known),
        "speaks": _speaks(known),
        "risk": risk,
        "danger": danger,
        "safe": _safe(known),
        "next": _next(case, known),
        "facts": _facts(known),
    }


def _hold(known: Known) -> str:
    hold = known.hold
    return f"{hold['words'].rstrip('. ')}. Set {day_in_words(hold['set_at'])} for {hold['officer']}." if hold else ""


def _children(known: Known) -> str:
    told = next((row for row in known.told if row["code"] == "childrens_mash"), None)
    if told is not None and told["told_at"]:
        return f"children’s services told {day_in_words(told['told_at'])}"
    if told is not None:
        return f"children’s services need not be told: {told['not_needed_because']}"
    there = {True: "there; children’s services not yet told", False: "none there"}
    present = known.report.get("children_present")
    return "" if present is None else there[present]


def _wants(known: Known) -> dict[str, Any]:
    """In their words, dated; the newest conversation is where it was said."""
    asked = known.newest_with("asked").get("id")
    said = in_one([row for row in known.wishes if row["enquiry_id"] == asked]) or known.concern["adult_wants"]
    talk = next(iter(known.conversations), None)
    if not said:
        return {"wants": "", "wants_by": wants(known)}
    by = f"{HEARD_FROM} {talk['by']}" if talk else ""
    return {"wants": said, "wants_by": by, "wants_on": day_of(talk["said_at"]) if talk else None}


def _capacity(known: Known) -> str:
    enquiry = known.newest_with("capacity")
    said = enquiry.get("capacity_said", "")
    return f"{said}; may be under pressure" if said and enquiry.get("under_pressure") else said


def _speaks(known: Known) -> str:
    enquiry = known.newest_with("difficulty")
    if enquiry.get("difficulty") == "no":
        return "for themselves"
    if enquiry.get("difficulty") == "yes":
        return f"{enquiry['advocate_said']} {enquiry['advocate_name']}".strip()
    return ""


def _risk(known: Known) -> tuple[str, bool]:
    """The risk as last assessed; before any assessment, what the first look said of tonight."""
    enquiry = known.newest_with("risk_assessment")
    if enquiry.get("risk_assessment"):
        outcome = f": {enquiry['risk_outcome_said'].lower()}" if enquiry["risk_outcome"] else ""
        why = f" ({enquiry['remained_because_said'].lower()})" if enquiry["remained_because"] else ""
        before = "" if enquiry is known.enquiry else "In the enquiry before this: "
        return f"{before}{enquiry['risk_assessment_said']}{outcome}{why}", enquiry["risk_outcome"] == "remained"
    tonight = known.report.get("safe_tonight", "")
    said = {
        "yes": "Safe on the first night",
        "no": "Not safe on the first night",
        "not_known": "Not known whether safe",
    }
    return said.get(tonight, "Nobody has said yet whether the adult is safe"), tonight != "yes"


def _safe(known: Known) -> str:
    plan = known.plan
    if plan and not plan["ended_at"]:
        return f"{_short(plan['words'])} (plan, looked at again {day_in_words(plan['review_on'])})"
    done = "; ".join(row["words"] for row in known.actions if row["done_at"])
    look = next(iter(known.looks), {})
    first = f"{look['words']} (first look, {look['by']})" if look else ""
    return _short(done or first)


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def _next(case: Case, known: Known) -> str:
    waiting = [
        (case.stage == "concern" and bool(known.concern["outcome"]), "Waits for a second person’s view"),
        (case.stage == "concern" and len(known.limbs) == 3, "The three parts are answered: waits for a decision"),
        (case.stage == "concern" and known.concern["heard"] is None, "The adult has not been heard yet"),
        (case.stage == "enquiry" and not known.enquiry.get("officer"), "Waits for a named officer"),
        (case.stage == "enquiry" and bool(known.enquiry.get("concluded_at")), "The conclusion waits to be authorised"),
        (bool(known.sent_back), f"Sent back to the officer: {_short(known.sent_back.get('reasons', ''))}"),
        (bool(known.open_actions), _counted(known.open_actions, "action", "actions")),
        (bool(known.open_steps), _counted(known.open_steps, "step of the plan", "steps of the plan")),
    ]
    return next((words for true, words in waiting if true), "")


def _counted(rows: Rows, one: str, many: str) -> str:
    return f"{len(rows)} {one if len(rows) == 1 else many} open"


def _facts(known: Known) -> list[tuple[str, str]]:
    """Short facts below the first screen."""
    concern = known.concern
    place = " · ".join(filter(None, (concern["location_said"], concern["place"])))
    marks = {"repeat": "Repeat within 12 months", "care_provider": "Care provider", "self_neglect": "Self-neglect"}
    marked = [words for name, words in marks.items() if concern[name] and (name != "repeat" or known.repeats)]
    marked += ["The adult died"] if known.case.person.died_on else []
    said = [
        ("Type of harm", known.primary),
        ("Where it happened", place),
        ("Decision", concern["outcome_said"]),
        ("Marked", ", ".join(marked)),
        ("Possible crime", known.crime.get("answer_said", "")),
        ("Tried, no answer", str(known.attempts) if known.attempts else ""),
    ]
    return [(label, words) for label, words in said if words]
