"""A second person's yes to exact bytes: asked, given, and void as soon as a byte is another (TR-12).

Plain functions for operations that ask or void on the way; deciding is an operation of its own.
"""

from datetime import datetime
from typing import Any

from django.conf import settings

from haven.casework.events.recording import record
from haven.casework.letters import events
from haven.casework.letters.codes import OUTCOMES, VOIDED, WHY_APPROVED
from haven.casework.letters.models import Approval
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.lib.calendar import day_of, end_of, england

WITHIN = 2
"""Working days in which somebody should have answered: local."""


class NotApproved(Refusal):
    """What needs a second person's approval has none for these bytes."""


class AlreadyAnswered(Refusal):
    """An approval is answered once."""


class SecondPersonNeeded(Refusal):
    """Nobody approves what they asked for themselves."""


class AnswerRequired(Refusal):
    """An approval is answered yes, or sent back with words."""


def approval_needed(why: str) -> bool:
    """Whether a second person must agree for this reason: all of them, unless HAVEN_APPROVED_WITHOUT lists it."""
    return why not in getattr(settings, "HAVEN_APPROVED_WITHOUT", ())


def ask_approval(thing: Any, *, why: str, sha256: str, by: Actor, at: datetime) -> Approval:
    """Ask for approval of these bytes of a thing; one asked for before, of other bytes, is void."""
    found = approval_of(thing)
    if found is not None and found.sha256 == sha256 and found.outcome != "returned":
        return found
    void_approval(thing, because="remade", by=by, at=at)
    approval = Approval(case=thing.case, authority_id=thing.case.authority_id, why=why, sha256=sha256)
    approval.subject_kind, approval.subject_id = thing._meta.label_lower, thing.pk
    approval.asked_by_id, approval.asked_at = by.user_id, at
    approval.due_at = end_of(england().add_working_days(day_of(at), WITHIN))
    approval.save(force_insert=True)
    record(events.ASKED, subject=approval, by=by, at=at, codes={"why": why, "sha256": sha256})
    return approval


def approval_of(thing: Any) -> Approval | None:
    """The approval that stands for a thing, decided or waiting."""
    found = Approval.objects.standing().filter(subject_kind=thing._meta.label_lower, subject_id=thing.pk)
    return found.select_related("asked_by", "decided_by").first()


def void_approval(thing: Any, *, because: str, by: Actor, at: datetime) -> None:
    """Make what stands for a thing void, and record that it is."""
    found = approval_of(thing)
    if found is None:
        return
    found.voided_at, found.voided_because = at, because
    found.save(update_fields=["voided_at", "voided_because"])
    record(events.VOIDED, subject=found, by=by, at=at, codes={"because": because, "sha256": found.sha256})


def must_be_approved(thing: Any, sha256: str) -> Approval:
    """Refuse unless a second person approved exactly these bytes."""
    found = approval_of(thing)
    if found is None:
        raise NotApproved("A second person has not been asked to approve this. Ask first.")
    if found.sha256 != sha256:
        raise NotApproved("It is not what was shown for approval any more, so the approval is void. Ask again.")
    if found.outcome != "approved":
        said = "was sent back: put it right and ask again" if found.outcome else "still waits for a second person"
        raise NotApproved(f"It {said}.")
    return found


@operation(may="letters.decide_approval")
def decide_approval(approval: Approval, *, outcome: str, words: str = "", by: Actor, at: datetime) -> Approval:
    """Approve exactly what was shown, or send it back saying why. Never one's own."""
    if approval.decided_at is not None:
        raise AlreadyAnswered("Somebody has already answered this one.")
    if approval.voided_at is not None:
        raise NotApproved(f"There is nothing left to approve. {VOIDED[approval.voided_because]}.")
    if approval.asked_by_id == by.user_id:
        raise SecondPersonNeeded("You asked for this yourself. Somebody else must look at it.")
    if outcome not in OUTCOMES or (outcome == "returned" and not words.strip()):
        raise AnswerRequired("Approve it, or say what must be put right.")
    approval.decided_by_id, approval.decided_at = by.user_id, at
    approval.outcome, approval.words = outcome, words.strip()
    approval.save(update_fields=["decided_by", "decided_at", "outcome", "words"])
    codes = {"outcome": outcome, "why": approval.why, "sha256": approval.sha256}
    record(events.DECIDED, subject=approval, by=by, at=at, codes=codes, digest=approval.seal(approval.words))
    return approval


def why_in_words(why: str) -> str:
    """Why a second person is asked."""
    return WHY_APPROVED.get(why, why)
