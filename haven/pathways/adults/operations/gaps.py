"""What a case still lacks before it can close, found in one query: the closing page shows only these (PR-12, PR-16)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.pathways.adults import codes
from haven.pathways.adults.models import (
    Action,
    AlsoTold,
    Closing,
    Enquiry,
    Feedback,
    PlanAction,
    PoliceHold,
    SafeguardingPlan,
)


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


def _facts(case: Case) -> Mapping[str, Any]:
    """All that the gate asks, in one statement."""
    here = OuterRef("pk")
    return (
        Case.objects.filter(pk=case.pk)
        .annotate(
            outcome=Coalesce(F("concern__outcome"), Value("")),
            destination=F("concern__destination"),
            accepted_by=F("concern__destination_accepted_by"),
            sent_at=F("concern__destination_sent_at"),
            children_there=F("concern__contact__children_present"),
            enquiry_open=Exists(Enquiry.objects.filter(case=here, authorised_at=None)),
            plan_open=Exists(SafeguardingPlan.objects.filter(case=here, ended_at=None)),
            held=Exists(PoliceHold.objects.filter(case=here, lifted_at=None)),
            action_open=Exists(Action.objects.filter(case=here, done_at=None)),
            step_open=Exists(PlanAction.objects.filter(case=here, done_at=None, transferred_to="")),
            children_told=Exists(_children_answered()),
            untold=Exists(referrers_not_told()),
        )
        .values(
            "stage", "outcome", "destination", "accepted_by", "sent_at", "children_there", "enquiry_open", "plan_open",
            "held", "action_open", "step_open", "children_told", "untold",
        )
        .get()
    )  # fmt: skip


def _children_answered() -> Any:
    return AlsoTold.objects.filter(
        Q(case=None) | Q(case=OuterRef("pk")), contact_id=OuterRef("contact_id"), line=codes.CHILDREN_LINE
    )


def referrers_not_told() -> Any:
    """The reports of the outer case whose senders, since the decision, were neither told nor held back.

    The adult's own report is answered by telling the adult.
    """
    settled = Feedback.objects.filter(
        case=OuterRef(OuterRef("pk")),
        contact=OuterRef("pk"),
        recorded_at__gte=OuterRef(OuterRef("concern__decided_at")),
    )
    ours = Q(pk=OuterRef("contact_id")) | Q(merged_into_id=OuterRef("contact_id"))
    return Contact.objects.filter(ours, ~Exists(settled)).exclude(about="me").exclude(referrer__wants_feedback=False)


def _of_decision(facts: Mapping[str, Any]) -> dict[str, bool]:
    declined = facts["outcome"] == "not_an_enquiry"
    sent = facts["sent_at"] is not None and bool(facts["accepted_by"])
    return {
        "decision": not facts["outcome"],
        "second_person": declined and facts["stage"] == "concern",
        "destination": declined and facts["destination"] not in codes.NOBODY_TO_ACCEPT and not sent,
    }


def _of_work(facts: Mapping[str, Any]) -> dict[str, bool]:
    return {
        "enquiry": facts["enquiry_open"],
        "actions": facts["action_open"] or facts["step_open"],
        "plan": facts["plan_open"],
        "police_hold": facts["held"],
    }


def _of_telling(facts: Mapping[str, Any], closing: Closing) -> dict[str, bool]:
    children_open = facts["children_there"] is not False and not facts["children_told"]
    return {
        "adult_told": closing.adult_told_at is None and not closing.adult_not_told_because,
        "feedback": facts["untold"],
        "children": children_open and not closing.children_considered,
        "how_to_come_back": not closing.how_to_come_back,
    }
