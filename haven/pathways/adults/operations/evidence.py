"""The two counting conventions, and what else a figure or an audit asks of one case (R-046)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from haven.casework.cases.models import Case
from haven.pathways.adults.models import AlsoTold, Concern, PossibleCrime


@dataclass(frozen=True)
class Counted:
    """How one concern counts: under "threshold met, any enquiry", and under "section 42"."""

    threshold_met: bool | None
    section_42: bool | None
    decided_at: datetime | None


def evidence(concern: Concern) -> Counted:
    """How the concern counts under both conventions; None while it is not decided."""
    if not concern.outcome:
        return Counted(None, None, None)
    return Counted(concern.threshold_met, concern.outcome == "section_42", concern.decided_at)


def raised_with_police(case: Case) -> bool:
    """Whether the matter was raised with the police at any point: as a possible crime, or as who else must know."""
    if PossibleCrime.objects.filter(case=case).exclude(told_at=None).exists():
        return True
    lines = Q(case=case) | Q(case=None, contact_id=case.contact_id)
    return AlsoTold.objects.filter(lines, line="police").exclude(told_at=None).exists()
