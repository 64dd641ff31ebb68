"""The record of a closing: begun where there is none, whichever way the case came there."""

from datetime import datetime

from haven.casework.cases.models import Case
from haven.casework.operations.actor import Actor
from haven.casework.stages.moves import move
from haven.pathways.adults.models import Closing


def move_to_closing(case: Case, *, by: Actor, at: datetime) -> None:
    """Move the case to closing, and begin its closing record unless telling the adult began it before."""
    move(case, to="closing", by=by, at=at)
    Closing.objects.bulk_create([Closing(case=case, began_at=at)], ignore_conflicts=True)


def closing_of(case: Case, at: datetime) -> Closing:
    """The closing record of the case, begun where there is none."""
    closing = Closing.objects.filter(case=case).first()
    if closing is None:
        closing = Closing(case=case, began_at=at)
        closing.save(force_insert=True)
    closing.case = case
    return closing
