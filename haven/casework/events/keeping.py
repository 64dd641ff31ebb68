"""Keeping the result of a verification, and telling whoever must know of a fault."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from haven.casework.events.kinds import declare
from haven.casework.events.models import Verification
from haven.casework.events.recording import record
from haven.casework.events.verifying import Verdict

log = logging.getLogger("haven.sealed_log")

MOST_KEPT = 1_000
"""Faults kept with the verification; the rest are counted."""

ON_FAULT: list[Callable[[Verification, datetime], Any]] = []
"""Called with a verification that found faults, in the transaction that keeps it: an alert hooks on here."""

VERIFIED = declare(
    "events.log_verified", "{actor} verified the sealed log: {sealed} rows, no fault", erasure="Numbers only."
)
FAULTS_FOUND = declare(
    "events.log_faults_found", "{actor} verified the sealed log and found {faults} faults", erasure="Numbers only."
)


@dataclass(frozen=True)
class Machine:
    """Who verifies at night: a job, which never decides."""

    kind: str = "job"
    id: None = None
    name: str = "The nightly verification"


def keep(verdict: Verdict, *, by: Any, at: datetime) -> Verification:
    """Keep what a verification found and record that it was done. Faults are logged and told to ON_FAULT."""
    with transaction.atomic():
        kept = Verification(
            seal=verdict.head, rows=sum(verdict.rows.values()), erased=verdict.erased, found=verdict.found,
            faults=verdict.faults[:MOST_KEPT], milliseconds=round(verdict.seconds * 1000),
        )  # fmt: skip
        Verification.objects.bulk_create([kept])
        codes = {"sealed": kept.rows, "faults": kept.found, "head": kept.seal, "erased": kept.erased}
        record(VERIFIED if verdict.ok else FAULTS_FOUND, subject=kept, by=by, at=at, codes=codes)
        if not verdict.ok:
            tell(kept, at)
    return kept


def tell(kept: Verification, at: datetime) -> None:
    """A line in the log, without what the rows say, and everybody who asked to be told."""
    log.error("the sealed log has %s faults, see verification %s", kept.found, kept.pk)
    for hook in ON_FAULT:
        hook(kept, at)
