"""What may not have reached us: looked for every ten minutes, shown until it came or somebody explains it (TR-25)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from haven.casework.access import wall
from haven.casework.access.models import Team
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.partners import events
from haven.casework.partners.counting import count_of
from haven.casework.partners.models import Partner, SenderDay, SenderGap
from haven.casework.partners.rhythm import rhythm_of
from haven.casework.tasks.doing import add_task
from haven.casework.tasks.models import Task
from haven.lib.calendar import day_of

GRACE = timedelta(minutes=15)
"""How long a number may be on its way after a later one has come."""

DAYS = 28
"""How far back counts are compared again."""

TASK = "partner_gap"
JOB = Actor.job("reconcile with senders")

MISSING = """
SELECT before + 1, sequence - 1 FROM (
    SELECT sequence, coalesce(lag(sequence) OVER (ORDER BY sequence), %(start)s) AS before
    FROM partners_submission WHERE partner_id = %(partner)s AND sequence IS NOT NULL AND received_at <= %(until)s
) AS numbers WHERE sequence > before + 1
"""
"""Between every two numbers that came. The first that a sender gives begins its sequence."""

TWICE = """
SELECT sequence FROM partners_submission WHERE partner_id = %(partner)s AND sequence IS NOT NULL
GROUP BY sequence HAVING count(*) > 1
"""


@dataclass(frozen=True)
class Cause:
    """Something that may be missing, or is odd, as it looks now."""

    kind: str
    first: int | None = None
    last: int | None = None
    day: date | None = None
    since: datetime | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes it the same one when it is looked for again."""
        return self.kind, self.first, self.last, self.day, self.since


def look_for_gaps(at: datetime) -> int:
    """Look at every sender; how many gaps were found."""
    with transaction.atomic():
        wall.open_to_all("senders of every authority")
        ids = list(Partner.objects.live().values_list("pk", "authority_id"))
    return sum([_look_at(pk, authority_id, at) for pk, authority_id in ids])


def _look_at(pk: Any, authority_id: Any, at: datetime) -> int:
    with transaction.atomic():
        wall.open_for_work("what may be missing of one sender", authority_id)
        partner = Partner.objects.select_for_update().get(pk=pk)
        causes = {cause.key: cause for cause in causes_of(partner, at)}
        known = {_key_of(gap): gap for gap in SenderGap.objects.filter(partner=partner)}
        for key, gap in known.items():
            if gap.closed_at is None and key not in causes:
                _came(gap, at)
        explained = [gap for gap in known.values() if gap.closed_at is not None and not gap.came]
        new = [cause for key, cause in causes.items() if _is_new(cause, known.get(key), explained)]
        for cause in new:
            _found(partner, cause, at)
        if new:
            _ask_duty(partner, at)
        return len(new)


def causes_of(partner: Partner, at: datetime) -> Iterator[Cause]:
    """Everything that looks wrong with a sender now."""
    values: dict[str, Any] = {"partner": partner.pk, "until": at - GRACE, "start": None}
    with connection.cursor() as cursor:
        cursor.execute(MISSING, values)
        yield from (Cause("sequence", first, last) for first, last in cursor.fetchall())
        cursor.execute(TWICE, values)
        yield from (Cause("repeated", number) for (number,) in cursor.fetchall())
    since = day_of(at) - timedelta(days=DAYS)
    for day in SenderDay.objects.filter(partner=partner, day__gte=since).values_list("day", flat=True):
        counted = count_of(partner, day)
        if counted.agrees is False:
            yield Cause("count", counted.received, counted.sent, day)
    silence = rhythm_of(partner, at)
    if silence.too_long:
        yield Cause("silence", since=silence.last_at or partner.added_at)


def _is_new(cause: Cause, known: SenderGap | None, explained: list[SenderGap]) -> bool:
    """Neither open nor explained; a number that somebody explained stays so when a later one splits what is missing."""
    if known is not None:
        return bool(known.came)
    if cause.kind != "sequence" or cause.first is None or cause.last is None:
        return True
    ranges = [(gap.first, gap.last) for gap in explained if gap.first is not None and gap.last is not None]
    return not any(first <= cause.first and cause.last <= last for first, last in ranges)


def _key_of(gap: SenderGap) -> tuple[Any, ...]:
    return gap.kind, gap.first, gap.last, gap.day, gap.since


def _found(partner: Partner, cause: Cause, at: datetime) -> None:
    gap = SenderGap(partner=partner, authority_id=partner.authority_id, kind=cause.kind, found_at=at)
    gap.first, gap.last, gap.day, gap.since = cause.first, cause.last, cause.day, cause.since
    gap.save(force_insert=True)
    record(events.GAP_FOUND, subject=gap, by=JOB, at=at, codes={"kind": cause.kind})


def _came(gap: SenderGap, at: datetime) -> None:
    """What was missing has come, the counts agree again, or the sender has sent something."""
    gap.came, gap.closed_at = True, at
    gap.save(update_fields=["came", "closed_at"])
    record(events.GAP_CAME, subject=gap, by=JOB, at=at, codes={"kind": gap.kind})


def _ask_duty(partner: Partner, at: datetime) -> None:
    """One task for the duty team while anything of this sender is open; the page itself is everybody's who watches."""
    duty = Team.objects.filter(authority_id=partner.authority_id, kind=Team.Kind.DUTY).first()
    words = f"Something {partner.name} sent may not have reached us. See Senders, ring them, and explain it there."
    waiting = Task.objects.open().filter(authority_id=partner.authority_id, kind=TASK, words=words)
    if duty is not None and not waiting.exists():
        add_task(authority_id=partner.authority_id, kind=TASK, words=words, team=duty, due_on=day_of(at), by=JOB, at=at)
