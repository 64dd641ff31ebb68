"""How many a partner sent, by day and by number; what it says it sent. Ids and counts alone."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import TruncDate

from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.partners import events
from haven.casework.partners.models import Partner, SenderDay, SenderGap, Submission
from haven.lib.calendar import LONDON, day_of, end_of, start_of


class NotADay(Refusal):
    """A count is of a day that has begun."""


@dataclass(frozen=True)
class Day:
    """One day of a sender: what we received, what it says it sent, and which of its numbers are missing by now."""

    day: date
    received: int
    sent: int | None

    @property
    def agrees(self) -> bool | None:
        """Whether the two are the same; none where the sender has not said."""
        return None if self.sent is None else self.sent == self.received


def of_day(partner: Partner, day: date) -> QuerySet[Submission]:
    """What this partner sent on a day, London time."""
    return Submission.objects.filter(partner=partner, received_at__gte=start_of(day), received_at__lt=end_of(day))


def count_of(partner: Partner, day: date) -> Day:
    """Both counts of one day."""
    said = SenderDay.objects.filter(partner=partner, day=day).values_list("sent", flat=True).first()
    return Day(day, of_day(partner, day).count(), said)


def last_days(partner: Partner, at: datetime, days: int = 14) -> list[Day]:
    """The last days, the newest first, in two statements."""
    listed = [day_of(at) - timedelta(days=back) for back in range(days)]
    since = Submission.objects.filter(partner=partner, received_at__gte=start_of(listed[-1]))
    by_day = since.annotate(day=TruncDate("received_at", tzinfo=LONDON)).values("day").annotate(n=Count("pk"))
    received = dict(by_day.values_list("day", "n"))
    sent = dict(SenderDay.objects.filter(partner=partner, day__gte=listed[-1]).values_list("day", "sent"))
    return [Day(day, received.get(day, 0), sent.get(day)) for day in listed]


def digests_of(partner: Partner, day: date) -> list[str]:
    """SHA-256 of each reference, so that the sender can compare without either side listing references in a log."""
    references = of_day(partner, day).order_by("received_at", "pk").values_list("reference", flat=True)
    return [hashlib.sha256(reference.encode()).hexdigest() for reference in references]


def numbers_of(partner: Partner, day: date) -> tuple[int | None, int | None]:
    """The lowest and the highest number of a day."""
    found = of_day(partner, day).aggregate(first=Min("sequence"), last=Max("sequence"))
    return found["first"], found["last"]


def missing_numbers(partner: Partner) -> list[tuple[int, int]]:
    """Numbers that have not come and that nobody has explained, as first and last."""
    open_ones = SenderGap.objects.open().filter(partner=partner, kind=SenderGap.Kind.SEQUENCE).order_by("first")
    return [(gap.first, gap.last) for gap in open_ones if gap.first is not None and gap.last is not None]


@operation(may="partners.say_count")
def say_count(partner: Partner, *, day: date, sent: int, by: Actor, at: datetime) -> Day:
    """Say how many concerns the partner sent on a day; said again, the later number counts."""
    if day > day_of(at):
        raise NotADay("That day has not begun. Send its count when it is over.")
    facts = {"sent": sent, "said_at": at}
    SenderDay.objects.update_or_create(
        partner=partner, day=day, defaults=facts, create_defaults={**facts, "authority_id": partner.authority_id}
    )
    record(events.COUNT_SAID, subject=partner, by=by, at=at, codes={"day": day.isoformat(), "sent": sent})
    return count_of(partner, day)
