"""Saying what became of something that did not come."""

from datetime import datetime

from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.partners import events
from haven.casework.partners.models import SenderGap


class ReasonsRequired(Refusal):
    """A number that is missing is explained in words: whom you asked, and what they said."""

    field = "reasons"


class AlreadyClosed(Refusal):
    """It has come since, or somebody has explained it."""


@operation(may="partners.explain_gap")
def explain_gap(gap: SenderGap, *, reasons: str, by: Actor, at: datetime) -> None:
    """Explain why something a partner sent did not come, or need not. It is shown until then."""
    if not reasons.strip():
        raise ReasonsRequired("Say whom you asked and what they said.")
    rows = SenderGap.objects.open().filter(pk=gap.pk)
    if not rows.update(closed_at=at, explained_by_id=by.user_id, reasons=reasons.strip()):
        raise AlreadyClosed("This has come since, or somebody has explained it.")
    codes = {"kind": gap.kind}
    record(events.GAP_EXPLAINED, subject=gap, by=by, at=at, codes=codes, digest=gap.seal(reasons.strip()))
