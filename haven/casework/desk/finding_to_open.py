"""Opening by a reference somebody types: one answer and the same work, whatever the reason it stays shut (TR-03)."""

from datetime import datetime
from typing import Any

from haven.casework.access.models import CaseRelationship
from haven.casework.access.roles import CASE_READERS
from haven.casework.cases.models import Case
from haven.casework.operations.actor import Actor
from haven.casework.watch import break_glass, ties
from haven.casework.watch.kept_jobs import compare
from haven.casework.watch.openings import EmergencyOpening
from haven.casework.watch.sealed import asked_row


def emergency_of(*, reference: str, by: Actor, at: datetime, **answers: Any) -> EmergencyOpening:
    """Open the case with this reference in an emergency; a keeper of one that stays closed is told by a job (PR-05)."""
    ask_the_keepers(how="emergency", by=by, at=at, reference=reference)
    case = break_glass.case_in_emergency(reference, by, at)
    return break_glass.open_in_emergency(case, by=by, at=at, **answers)


def reading_of(*, reference: str, reason: str, by: Actor, at: datetime) -> CaseRelationship:
    """Open the case with this reference to read; what is not there and what is kept are answered alike."""
    ours = by.authorities_as(*CASE_READERS)
    case = (
        Case.objects.showing(by).filter(authority_id__in=ours, restriction="open").filter(reference=reference).first()
    )
    if case is None:
        raise ties.CouldNotOpen("We could not open that. Check the reference, or ring the duty desk.")
    return ties.read_with_reason(case, reason=reason, by=by, at=at)


def ask_the_keepers(*, how: str, by: Actor, at: datetime, **words: Any) -> None:
    """With every search and every emergency, whatever it finds: one row, one job."""
    compare.defer(row_id=str(asked_row(how=how, by=by, at=at, **words)))
