"""Why something took, or takes, longer than the aim (PR-31): recorded as a reason, never as a breach."""

from datetime import datetime

from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock
from haven.casework.clocks.running import explain_lateness
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.pathways.adults import events
from haven.pathways.adults.operations.answers import WrongTime, needed


@operation(may="adults.explain_delay")
def explain_delay(case: Case, *, clock: Clock, reason: str, by: Actor, at: datetime) -> Clock:
    """Say why a running clock of the case has passed its aim; later words are added beneath the earlier (R-053)."""
    reason = needed(reason, "Say why this takes longer.")
    if clock.case_id != case.pk or not clock.is_running or not clock.is_late(at):
        raise WrongTime("That is not over its time now. Open the case to see what is due.")
    kept = explain_lateness(clock, reason=reason, by=by, at=at)
    record(events.DELAY_EXPLAINED, subject=case, by=by, at=at, codes={"rule": clock.rule})
    return kept
