"""By when a file that waits must be seen to (TR-17)."""

from datetime import datetime, timedelta

from haven.lib.calendar import day_of, end_of, england

SCANNED_WITHIN = timedelta(hours=1)
"""A scanner answers in seconds; after an hour somebody must hear that it does not."""

DECIDED_WITHIN = 1
"""Working days in which a manager or the guardian decides what becomes of a file that was kept apart: local."""


def scan_due(at: datetime) -> datetime:
    """By when a scanner should have looked."""
    return at + SCANNED_WITHIN


def decision_due(at: datetime) -> datetime:
    """By when a named person should have decided."""
    return end_of(england().add_working_days(day_of(at), DECIDED_WITHIN))
