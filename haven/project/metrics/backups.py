"""How old the backups are and when one was last rehearsed, where this machine sees the folder they go to."""

from collections.abc import Iterator
from datetime import datetime

from haven.project.backups.rehearsing import last_rehearsal
from haven.project.backups.settings import target
from haven.project.backups.shipping import shipped_at
from haven.project.metrics.queues import NEVER, Sample
from haven.project.settings.databases import is_private


def backup_samples(at: datetime) -> Iterator[Sample]:
    """Ages in seconds, -1 for what has never been done. Nothing where another server keeps the database."""
    if not is_private():
        return
    where = target()
    bases, shipped, rehearsed = where.bases(), shipped_at(where), last_rehearsal(where)
    yield "haven_backup_base_seconds_ago", {}, _age(bases[-1].usable_from if bases else None, at)
    yield "haven_backup_shipped_seconds_ago", {}, _age(shipped, at)
    done = datetime.fromisoformat(rehearsed["at"]) if rehearsed else None
    yield "haven_backup_rehearsed_seconds_ago", {}, _age(done, at)
    yield "haven_backup_rehearsal_failed", {}, float(rehearsed is not None and not rehearsed.get("ok", False))


def _age(moment: datetime | None, at: datetime) -> float:
    return max(0.0, (at - moment).total_seconds()) if moment else NEVER
