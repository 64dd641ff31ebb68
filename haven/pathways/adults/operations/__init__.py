"""Everything that can be done in adult safeguarding: one verb, one function, in a file for each stage."""

from haven.pathways.adults.operations.advocacy import add_wish
from haven.pathways.adults.operations.closing import close_case, prepare_closing, reopen_case, tell_adult
from haven.pathways.adults.operations.concern import (
    allocate_concern,
    end_risk_to,
    name_alleged_source,
    record_hearing,
    record_types,
)
from haven.pathways.adults.operations.conclusion import (
    assess_risk,
    authorise_conclusion,
    conclude_short_enquiry,
    propose_conclusion,
    rate_outcomes,
    send_back_conclusion,
)
from haven.pathways.adults.operations.crime import lift_police_hold, record_crime, set_police_hold
from haven.pathways.adults.operations.decision import (
    answer_limbs,
    countersign_concern,
    decide_concern,
    record_destination,
)
from haven.pathways.adults.operations.enquiry import (
    add_action,
    allocate_enquiry,
    finish_action,
    pause_enquiry,
    record_capacity,
    record_outcomes_asked,
    resume_enquiry,
)
from haven.pathways.adults.operations.feedback import hold_feedback, send_feedback
from haven.pathways.adults.operations.lateness import explain_delay
from haven.pathways.adults.operations.plan import (
    add_plan_action,
    agree_plan,
    change_plan,
    end_plan,
    finish_plan_action,
    review_plan,
)
from haven.pathways.adults.operations.report import accept_report, join_report, refuse_report
from haven.pathways.adults.operations.safety import record_safe_contact
from haven.pathways.adults.operations.speaking import record_attempt, record_conversation
from haven.pathways.adults.operations.telling import tell_also

__all__ = [
    "add_wish",
    "accept_report",
    "add_action",
    "add_plan_action",
    "agree_plan",
    "allocate_concern",
    "allocate_enquiry",
    "answer_limbs",
    "assess_risk",
    "authorise_conclusion",
    "change_plan",
    "close_case",
    "conclude_short_enquiry",
    "countersign_concern",
    "decide_concern",
    "end_plan",
    "end_risk_to",
    "explain_delay",
    "finish_action",
    "finish_plan_action",
    "hold_feedback",
    "join_report",
    "lift_police_hold",
    "name_alleged_source",
    "pause_enquiry",
    "prepare_closing",
    "propose_conclusion",
    "rate_outcomes",
    "record_attempt",
    "record_capacity",
    "record_conversation",
    "record_crime",
    "record_destination",
    "record_hearing",
    "record_outcomes_asked",
    "record_safe_contact",
    "record_types",
    "refuse_report",
    "reopen_case",
    "resume_enquiry",
    "review_plan",
    "send_back_conclusion",
    "send_feedback",
    "set_police_hold",
    "tell_adult",
    "tell_also",
]
