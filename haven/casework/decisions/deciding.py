"""Deciding and countersigning. Plain verbs: the operation that calls them records its own event."""

from datetime import datetime

from haven.casework.cases.models import Case
from haven.casework.decisions.models import Decision
from haven.casework.decisions.questions import Question
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import Refusal


class ReasonsRequired(Refusal):
    """A decision without its reasons cannot be defended."""


class NotAnOutcome(Refusal):
    """The outcome is not among those the question allows."""


class NamedPersonRequired(Refusal):
    """A decision is made by a named person, never by a machine or a member of the public (TR-19)."""


class AnotherPersonRequired(Refusal):
    """Nobody countersigns their own decision (PR-12)."""


class AlreadyCountersigned(Refusal):
    """A decision is countersigned once."""


def decide(
    case: Case,
    question: Question,
    *,
    outcome: str,
    reasons: str,
    by: Actor,
    at: datetime,
    proposed: str | None = None,
) -> Decision:
    """Write the decision. `proposed` is the outcome the system had proposed.

    Refused: no reasons, an outcome the question does not have, somebody who is not a named person.
    """
    if outcome not in question.outcomes:
        raise NotAnOutcome(f"“{question.text}” cannot be answered with {outcome!r}. Choose one of the answers offered.")
    if not reasons.strip():
        raise ReasonsRequired("Give the reasons for this decision.")
    _must_be_named(by)
    decision = Decision(
        case=case, question=question.code, outcome=outcome, proposed=proposed or "", reasons=reasons.strip()
    )
    decision.legal_source, decision.guidance = question.source, question.guidance
    decision.by_id, decision.at = by.id, at  # type: ignore[assignment]  # a named person has an id
    decision.save(force_insert=True)
    return decision


def countersign(decision: Decision, *, by: Actor, at: datetime) -> Decision:
    """Add a second person's agreement. Refused: the one who decided, a second time, somebody not named."""
    _must_be_named(by)
    if by.id == decision.by_id:
        raise AnotherPersonRequired("Somebody other than the person who decided must agree to this.")
    unsigned = Decision.objects.filter(pk=decision.pk, countersigned_at=None)
    if not unsigned.update(countersigned_by_id=by.id, countersigned_at=at):
        raise AlreadyCountersigned("A second person has already agreed to this decision.")
    decision.countersigned_by_id, decision.countersigned_at = by.id, at
    return decision


def _must_be_named(by: Actor) -> None:
    if not by.is_user or by.id is None:
        raise NamedPersonRequired("Only a named person, signed in, can decide this.")
