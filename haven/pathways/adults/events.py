"""What adult safeguarding records of what was done: a sentence each, with ids and codes only, never words or names."""

from haven.casework.events.kinds import EventType, declare

_ERASURE = "Ids and codes only: the event stays, and whom it spoke of can no longer be told."
_SEALED = (
    "Ids, codes and a salted digest: the event stays; erasing the words destroys the salt, so they cannot be proved."
)


def _event(code: str, sentence: str, erasure: str = _ERASURE) -> EventType:
    return declare(f"adults.{code}", sentence, erasure=erasure)


# Concern
REPORT_ACCEPTED = _event("report_accepted", "{actor} accepted the report as a safeguarding concern")
REPORT_JOINED = _event("report_joined", "{actor} joined a second report to this concern")
REPORT_REFUSED = _event("report_refused", "{actor} decided that the report is not a safeguarding concern", _SEALED)
ALSO_TOLD = _event("also_told", "{actor} recorded whether {line} had to be told")
CONCERN_ALLOCATED = _event("concern_allocated", "{actor} allocated the concern to {worker}")
HEARING_RECORDED = _event(
    "hearing_recorded", "{actor} recorded whether the adult has been heard: {heard}, {because}", _SEALED
)
TYPES_RECORDED = _event(
    "types_recorded", "{actor} recorded the types of harm, where it happened and where it came from"
)
SOURCE_NAMED = _event("source_named", "{actor} named an alleged source of harm")
RISK_LINK_ENDED = _event("risk_link_ended", "{actor} ended the link that said somebody is a risk to the adult", _SEALED)
SAFE_CONTACT_RECORDED = _event("safe_contact_recorded", "{actor} recorded how the adult can be reached safely")
CRIME_RECORDED = _event("crime_recorded", "{actor} recorded whether a crime may have been committed: {answer}")
HOLD_SET = _event("hold_set", "{actor} set a police hold", _SEALED)
HOLD_LIFTED = _event("hold_lifted", "{actor} lifted the police hold", _SEALED)
LIMBS_ANSWERED = _event("limbs_answered", "{actor} answered the three parts of section 42: {needs}, {abuse}, {protect}")
CONCERN_DECIDED = _event("concern_decided", "{actor} decided whether the section 42 duty applies: {outcome}")
CONCERN_COUNTERSIGNED = _event("concern_countersigned", "{actor} gave a second view on the decision: {outcome}")
DESTINATION_RECORDED = _event("destination_recorded", "{actor} recorded where the concern was sent and who accepted it")
DELAY_EXPLAINED = _event("delay_explained", "{actor} said why this takes longer than the aim: {rule}")

# Enquiry
ENQUIRY_ALLOCATED = _event("enquiry_allocated", "{actor} allocated the enquiry to {officer}")
CONVERSATION_RECORDED = _event("conversation_recorded", "{actor} spoke with the adult", _SEALED)
ATTEMPT_RECORDED = _event("attempt_recorded", "{actor} tried to speak with the adult; no answer")
OUTCOMES_ASKED = _event("outcomes_asked", "{actor} recorded what the adult wants to happen: {asked}")
CAPACITY_RECORDED = _event("capacity_recorded", "{actor} recorded capacity and support to take part: {capacity}")
ACTION_ADDED = _event("action_added", "{actor} added an action")
ACTION_FINISHED = _event("action_finished", "{actor} finished an action")
ENQUIRY_PAUSED = _event("enquiry_paused", "{actor} paused the enquiry's clock: {reason}")
ENQUIRY_RESUMED = _event("enquiry_resumed", "{actor} let the enquiry's clock run again")
RISK_ASSESSED = _event("risk_assessed", "{actor} assessed the risk: {assessment}. {outcome}")
OUTCOMES_RATED = _event("outcomes_rated", "{actor} recorded how far the outcomes were achieved: {achieved}")
CONCLUSION_PROPOSED = _event("conclusion_proposed", "{actor} proposed the conclusion of the enquiry")
CONCLUSION_AUTHORISED = _event("conclusion_authorised", "{actor} authorised the conclusion of the enquiry")
CONCLUSION_SENT_BACK = _event("conclusion_sent_back", "{actor} sent the conclusion back to the officer")

# Plan
PLAN_AGREED = _event("plan_agreed", "{actor} agreed a safeguarding plan")
PLAN_CHANGED = _event("plan_changed", "{actor} changed the safeguarding plan")
PLAN_ACTION_ADDED = _event("plan_action_added", "{actor} added an action to the plan")
PLAN_ACTION_FINISHED = _event("plan_action_finished", "{actor} finished or passed on an action of the plan")
PLAN_REVIEWED = _event("plan_reviewed", "{actor} reviewed the safeguarding plan: {outcome}")
PLAN_ENDED = _event("plan_ended", "{actor} ended the safeguarding plan")
WISH_ADDED = _event("wish_added", "{actor} added what the adult wants", _SEALED)

# Closing
CLOSING_PREPARED = _event("closing_prepared", "{actor} began closing the case")
ADULT_TOLD = _event("adult_told", "{actor} recorded whether the adult was told: {told}, {because}")
FEEDBACK_SENT = _event("feedback_sent", "{actor} told a person who told us: {level}", _SEALED)
FEEDBACK_HELD = _event("feedback_held", "{actor} held back feedback: {because}")
CASE_CLOSED = _event("case_closed", "{actor} closed the case")
CASE_REOPENED = _event("case_reopened", "{actor} opened the case again")
