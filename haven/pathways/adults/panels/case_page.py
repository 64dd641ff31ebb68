"""The panels of the case page: the decision, the enquiry, speaking with the adult, the plan, reports and evidence."""

from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from haven.casework.access.may import may
from haven.casework.cases.codes import LINKS
from haven.casework.cases.models import Case
from haven.casework.documents.models import Document
from haven.casework.operations.actor import Actor
from haven.design.moments import day_in_words
from haven.pathways.adults.panels.known import Known, known_of
from haven.pathways.adults.panels.strip import alleged, earlier
from haven.pathways.adults.panels.telling import called

MOST_TALKS = 5
Context = dict[str, Any]


def decision(case: Case, actor: Actor) -> Context:
    """The three parts, what was decided and what it rests on."""
    known = known_of(case, actor)
    if not known.concern:
        return {}
    open_to_change = case.stage == "concern" and not known.concern["outcome"]
    href = _page("decide-concern", case) if open_to_change and may(actor, "adults.answer_limbs", case) else ""
    says = _("Decide") if may(actor, "adults.decide_concern", case) else _("Propose a decision")
    read = [("case", UUID(row["case_id"])) for row in known.earlier]
    says = says if href else ""
    return {"limbs": known.limbs, "rows": _decision_rows(known), "href": href, "action": says, "read": read}


def _decision_rows(known: Known) -> list[tuple[str, str]]:
    concern = known.concern
    decided = f"{concern['outcome_said']}, {day_in_words(concern['decided_at'])}" if concern["outcome"] else ""
    rows = [
        ("Decided", decided),
        ("Destination", _destination(concern)),
        ("The adult", _heard(concern)),
        ("Types of harm", ", ".join(f"{row['said']} (main)" if row["primary"] else row["said"] for row in known.types)),
        ("Where it happened", " · ".join(filter(None, (concern["location_said"], concern["place"])))),
        ("Sources of risk", ", ".join(dict.fromkeys(row["said"] for row in known.sources))),
        ("Alleged source", alleged(known)),
        ("Possible crime", _crime(known)),
        ("Earlier concerns", earlier(known)),
    ]
    always = ("Decided", "The adult", "Types of harm", "Where it happened", "Sources of risk")
    return [(label, words) for label, words in rows if words or label in always]


def _destination(concern: Context) -> str:
    if not concern["destination"]:
        return ""
    sent = f", sent {day_in_words(concern['destination_sent_at'])}" if concern["destination_sent_at"] else ""
    by = f", accepted by {concern['destination_accepted_by']}" if concern["destination_accepted_by"] else ""
    return f"{concern['destination_said']}{sent}{by}"


def _heard(concern: Context) -> str:
    if concern["heard"] is None:
        return ""
    if not concern["heard"]:
        return f"Not heard yet: {concern['not_heard_because_said'].lower()}"
    said = [("knows", concern["adult_knows_said"]), ("agrees to sharing", concern["adult_agrees_said"])]
    ground = concern["override_ground_said"]
    parts = [f"{label}: {words.lower()}" for label, words in said if words]
    return "; ".join(["Heard", *parts, *([f"going further because: {ground.lower()}"] if ground else [])])


def _crime(known: Known) -> str:
    crime = known.crime
    if not crime:
        return ""
    told = f"police told {day_in_words(crime['told_at'])} {crime['reference']}".strip() if crime["told_at"] else ""
    parts = (crime["answer_said"], told, crime["why_not"], crime["adult_wanted"] and f"wanted: {crime['adult_wanted']}")
    return "; ".join(part for part in parts if part)


def enquiry(case: Case, actor: Actor) -> Context:
    """The newest enquiry: who makes it, taking part, outcomes wanted and how far they came about, risk, actions."""
    known = known_of(case, actor)
    if not known.enquiry:
        return {}
    return {"known": known, "may_finish": may(actor, "adults.finish_action", case)}


def conversations(case: Case, actor: Actor) -> Context:
    """Speaking with the adult, newest first, and how often nobody answered."""
    known = known_of(case, actor)
    if not known.concern:
        return {}
    ways = [talk["how_to_work_with_me"] for talk in known.conversations if talk["how_to_work_with_me"]]
    href = _page("record-conversation", case) if may(actor, "adults.record_conversation", case) else ""
    return {
        "talks": known.conversations[:MOST_TALKS],
        "attempts": known.attempts,
        "how_to_work": ways[0] if ways else "",
        "href": href,
        "action": _("Record a conversation") if href else "",
    }


def plan(case: Case, actor: Actor) -> Context:
    """The newest safeguarding plan, its steps and reviews."""
    known = known_of(case, actor)
    if not known.plan:
        return {}
    may_finish = not known.plan["ended_at"] and may(actor, "adults.finish_plan_action", case)
    return {"known": known, "may_finish": may_finish}


def reports(case: Case, actor: Actor) -> Context:
    """The report and those joined to it, who else was told, evidence, linked cases."""
    known = known_of(case, actor)
    if not known.reports:
        return {}
    for row in known.reports:
        row["called"], row["href"] = called(row), _report_page(row)
        row["messages"] = _address("report-messages", row["reference"]) if row["boxed"] else ""
    references = {row["id"]: row["reference"] for row in known.reports}
    for row in known.documents:
        reference = references.get(row["contact_id"])
        row["href"] = _address("report-file", reference, row["id"]) if reference else ""
        row["standing"] = Document(scan=row["scan"], state=row["state"]).standing.lower()
    for row in known.links:
        row["said"] = LINKS.get(row["kind"], row["kind"])
    shown = {"reports": known.reports, "told": known.told, "documents": known.documents, "links": known.links}
    contacts = [("contact", UUID(row["id"])) for row in known.reports]
    return {**shown, "read": [*contacts, *(("case", UUID(row["other_id"])) for row in known.links)]}


def _report_page(row: Context) -> str:
    """The page of the report this case came from, which whoever works on the case may read."""
    return _address("report", row["reference"])


def _page(name: str, case: Case) -> str:
    return _address(name, case.reference)


def _address(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
