"""Who may do what in adult safeguarding. Nobody else may: a permission not listed here is refused to everybody.

Roles are held per authority. Whether somebody authorises their own enquiry is not a matter of role: the operation and
the database refuse it (PR-12).
"""

from typing import Any

import rules

from haven.casework.access.predicates import in_conflict, role_is, works_on_case
from haven.casework.access.restrictions import Restriction
from haven.casework.access.roles import DECIDES, DUTY
from haven.casework.operations.actor import Actor


@rules.predicate
def unrestricted(actor: Actor, subject: Any) -> bool:
    """The case, if the subject has one, is neither restricted nor sealed: managers and duty stand in for each other."""
    case = getattr(subject, "case", None)
    return case is None or case.restriction == Restriction.OPEN


on_the_desk: Any = role_is(*DUTY) & (unrestricted | works_on_case)
works_it: Any = role_is("practitioner", *DUTY) & works_on_case
decides: Any = role_is(*DECIDES) & (unrestricted | works_on_case)


@rules.predicate
def speaks_for_the_adult(actor: Actor, subject: Any) -> bool:
    """Named by a manager as the adult's advocate, on a case that is open to it (R-097)."""
    case = getattr(subject, "case", None)
    if case is None or case.restriction != Restriction.OPEN or in_conflict(actor, case):
        return False
    return actor.tied(case.pk, "advocate") is not None


PERMISSIONS: dict[str, Any] = {
    "add_wish": role_is("advocate") & speaks_for_the_adult,
    # Concern
    "accept_report": on_the_desk,
    "join_report": on_the_desk,
    "refuse_report": on_the_desk,
    "tell_also": on_the_desk | works_it,
    "allocate_concern": on_the_desk,
    "record_hearing": works_it,
    "record_types": works_it,
    "name_alleged_source": works_it,
    "record_safe_contact": works_it,
    "record_crime": works_it,
    "set_police_hold": works_it,
    "lift_police_hold": works_it,
    "answer_limbs": works_it,
    "record_destination": works_it,
    "explain_delay": works_it | decides,
    "end_risk_to": decides,
    "decide_concern": decides,
    "countersign_concern": decides,
    # Enquiry
    "allocate_enquiry": decides,
    "record_conversation": works_it,
    "record_attempt": works_it,
    "record_outcomes_asked": works_it,
    "record_capacity": works_it,
    "add_action": works_it,
    "finish_action": works_it,
    "pause_enquiry": works_it,
    "resume_enquiry": works_it,
    "assess_risk": works_it,
    "rate_outcomes": works_it,
    "propose_conclusion": works_it,
    "conclude_short_enquiry": works_it,
    "authorise_conclusion": decides,
    "send_back_conclusion": decides,
    # Plan
    "agree_plan": works_it,
    "change_plan": works_it,
    "add_plan_action": works_it,
    "finish_plan_action": works_it,
    "review_plan": works_it,
    "end_plan": works_it,
    # Closing
    "prepare_closing": works_it,
    "tell_adult": works_it,
    "send_feedback": works_it,
    "hold_feedback": works_it,
    "close_case": decides,
    "reopen_case": decides,
}

for _name, _predicate in PERMISSIONS.items():
    rules.add_perm(f"adults.{_name}", _predicate)
