"""What a case still lacks before it can close, found in one query: the closing page shows only these (PR-12, PR-16)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from haven.casework.cases.models import Case
from haven.pathways.adults import codes
from haven.pathways.adults.models import Closing


@dataclass(frozen=True)
class Gap:
    """One thing missing, in words, and the name of the page that settles it."""

    code: str
    words: str
    url_name: str


GAPS: dict[str, Gap] = {
    gap.code: gap
    for gap in (
        Gap("decision", "the concern is not decided", "decide-concern"),
        Gap("second_person", "a second person has not agreed to the decision", "countersign-concern"),
        Gap("destination", "the destination has not been sent it, or has not accepted", "record-destination"),
        Gap("enquiry", "the enquiry is not authorised", "authorise-conclusion"),
        Gap("actions", "an action is still open", "finish-action"),
        Gap("plan", "the safeguarding plan still runs", "end-plan"),
        Gap("police_hold", "a police hold is on", "lift-police-hold"),
        Gap("adult_told", "the adult has not been told, and no reason is given", "tell-adult"),
        Gap("feedback", "somebody who told us has been neither told nor held back", "send-feedback"),
        Gap("children", "it is not said what was done for children", "close-case"),
        Gap("how_to_come_back", "it is not said how to come back to us", "close-case"),
    )
}


def closing_gaps(case: Case, closing: Closing | None = None) -> list[Gap]:
    """Everything that still stands between this case and closing, in the order to settle it.

    `closing` carries answers given but not yet saved; without it the saved ones count.
    """
    facts = _facts(case)
    given = closing or Closing.objects.filter(case=case).first() or Closing(case=case)
    missing = {**_of_decision(facts), **_of_work(facts), **_of_telling(facts, given)}
    return [gap for code, gap in GAPS.items() if missing.get(code)]


_FACTS = """
SELECT c.stage, concern.outcome, concern.destination,
    concern.destination_sent_at IS NOT NULL AND concern.destination_accepted_by <> '' AS accepted,
    coalesce(first.children_present, true) AS children_there,
    EXISTS (SELECT FROM adults_enquiry x WHERE x.case_id = c.id AND x.authorised_at IS NULL) AS enquiry_open,
    EXISTS (SELECT FROM adults_safeguardingplan x WHERE x.case_id = c.id AND x.ended_at IS NULL) AS plan_open,
    EXISTS (SELECT FROM adults_policehold x WHERE x.case_id = c.id AND x.lifted_at IS NULL) AS held,
    EXISTS (SELECT FROM adults_action x WHERE x.case_id = c.id AND x.done_at IS NULL) AS action_open,
    EXISTS (SELECT FROM adults_planaction x
        WHERE x.case_id = c.id AND x.done_at IS NULL AND x.transferred_to = '') AS step_open,
    EXISTS (SELECT FROM adults_alsotold x WHERE x.contact_id = c.contact_id
        AND (x.case_id IS NULL OR x.case_id = c.id) AND x.line = %(children)s) AS children_told,
    EXISTS (SELECT FROM contacts_contact report LEFT JOIN contacts_referrer r ON r.contact_id = report.id
        WHERE (report.id = c.contact_id OR report.merged_into_id = c.contact_id)
        AND report.about <> 'me' AND coalesce(r.wants_feedback, true)
        AND NOT EXISTS (SELECT FROM adults_feedback f WHERE f.case_id = c.id AND f.contact_id = report.id
            AND f.recorded_at >= concern.decided_at)) AS untold
FROM cases_case c
JOIN adults_concern concern ON concern.case_id = c.id
LEFT JOIN contacts_contact first ON first.id = c.contact_id
WHERE c.id = %(case)s
"""
"""All that the gate asks. Written by hand: the ORM takes ten times as long to build it as the database to answer it.

Of those who told us, since the decision: told or held back. The adult's own report is answered by telling the adult.
"""


def _facts(case: Case) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"case": case.pk, "children": codes.CHILDREN_LINE})
        names = [column.name for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


def _of_decision(facts: Mapping[str, Any]) -> dict[str, bool]:
    declined = facts["outcome"] == "not_an_enquiry"
    return {
        "decision": not facts["outcome"],
        "second_person": declined and facts["stage"] == "concern",
        "destination": declined and facts["destination"] not in codes.NOBODY_TO_ACCEPT and not facts["accepted"],
    }


def _of_work(facts: Mapping[str, Any]) -> dict[str, bool]:
    return {
        "enquiry": facts["enquiry_open"],
        "actions": facts["action_open"] or facts["step_open"],
        "plan": facts["plan_open"],
        "police_hold": facts["held"],
    }


def _of_telling(facts: Mapping[str, Any], closing: Closing) -> dict[str, bool]:
    children_open = facts["children_there"] and not facts["children_told"]
    return {
        "adult_told": closing.adult_told_at is None and not closing.adult_not_told_because,
        "feedback": facts["untold"],
        "children": children_open and not closing.children_considered,
        "how_to_come_back": not closing.how_to_come_back,
    }
