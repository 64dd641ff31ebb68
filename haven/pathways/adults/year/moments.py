"""When everything happens: each life gets a day of receipt that leaves room for it, and moments in their order.

What is counted must fall where the scenario puts it (decided and, where so, completed within the period; allocated
within the days; completed in under so many days, or not). Everything else falls in office hours where it can.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from haven.lib.calendar import day_of, end_of, start_of
from haven.lib.period import Period
from haven.pathways.adults.year.amounts import ScenarioError
from haven.pathways.adults.year.plan import Life, mark
from haven.pathways.adults.year.targets import Targets

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OFFICE = (9, 17)


def place_lives(lives: list[Life], targets: Targets, period: Period, rng: Random) -> None:
    """Give every life its moments; refuse what cannot fit into the period, naming the key."""
    Placing(targets, period, rng).place(lives)


class Placing:
    """One year being laid out in time."""

    def __init__(self, targets: Targets, period: Period, rng: Random) -> None:
        self.targets, self.period, self.rng = targets, period, rng
        self.first, self.last = period.starts_at, period.ends_at - MINUTE

    def place(self, lives: list[Life]) -> None:
        self.deal_late_allocations(lives)
        self.refuse_too_little_room(lives)
        self.deal_receipts(lives)
        for life in lives:
            self.schedule(life)

    def deal_late_allocations(self, lives: list[Life]) -> None:
        """Which concerns waited for a named worker: any, or in a short period those whose enquiry leaves room first."""
        late = self.targets.concerns - self.targets.allocated
        mark(self.rng, lives, late, "allocated_in_time", value=False)
        squeezed = [life for life in lives if not life.allocated_in_time and self.latest_receipt(life) < self.first]
        room = [life for life in lives if life.allocated_in_time and not (life.completed and not life.in_time)]
        for life, other in zip(squeezed, room, strict=False):
            life.allocated_in_time, other.allocated_in_time = True, False

    def refuse_too_little_room(self, lives: Sequence[Life]) -> None:
        """Refuse lives that take longer than the whole period, naming what makes them long."""
        for life in lives:
            if self.latest_receipt(life) >= self.first:
                continue
            long = {
                "completed_within": life.completed and not life.in_time,
                "allocated_within": not life.allocated_in_time,
                "s42_allocated_within": life.completed and not life.officer_in_time,
            }
            key = next((key for key, yes in long.items() if yes), "to")
            raise ScenarioError(
                key, f"the period has {self.period.days()} days, too few for what takes longer than it allows."
            )

    def latest_decision(self, life: Life) -> datetime:
        """The last moment at which the concern can be decided so that what is counted still falls in the period."""
        if not life.completed:
            return self.last
        officer = timedelta(0) if life.officer_in_time else timedelta(hours=self.targets.s42_hours)
        if life.in_time:
            return self.last - officer - 2 * HOUR
        last_day = day_of(self.last - HOUR) - timedelta(days=self.targets.within_days)
        return min(end_of(last_day) - MINUTE, self.last - officer - 2 * HOUR)

    def latest_receipt(self, life: Life) -> datetime:
        """The last moment at which it can be received, for the same reason."""
        decision = self.latest_decision(life)
        if life.allocated_in_time:
            return decision - HOUR
        last_day = day_of(decision - HOUR) - timedelta(days=self.targets.allocated_days + 1)
        return end_of(last_day) - MINUTE

    def deal_receipts(self, lives: Sequence[Life]) -> None:
        """A moment of receipt for each, spread over the period; those that need most room choose first."""
        slots = sorted(self.usual_receipt() for _ in lives)
        unfinished = [life for life in lives if life.is_enquiry and not life.completed]
        rest = [life for life in lives if not life.is_enquiry or life.completed]
        for life in unfinished:
            life.received_at = self.take_late(slots, self.latest_receipt(life), len(unfinished))
        rest.sort(key=self.wanted_receipt)
        for life in rest:
            life.received_at = self.take(slots, self.wanted_receipt(life), self.latest_receipt(life))

    def wanted_receipt(self, life: Life) -> datetime:
        """The latest receipt that lets an enquiry take its usual time; the latest possible for the others."""
        latest = self.latest_receipt(life)
        if not life.completed or not life.in_time:
            return latest
        return latest - min(30, self.targets.within_days / 2) * DAY

    def take_late(self, slots: list[datetime], latest: datetime, how_many: int) -> datetime:
        """A slot near the end: an enquiry not completed in the period mostly began late in it."""
        upto = bisect_right(slots, latest)
        if not upto:
            slots.pop()
            return between(self.rng, self.first, latest)
        lowest = max(0, upto - max(1, int(how_many * 1.7)))
        return slots.pop(self.rng.randrange(lowest, upto))

    def take(self, slots: list[datetime], wanted: datetime, latest: datetime) -> datetime:
        """A slot early enough; where none is left, a new moment between the first day and the latest possible."""
        upto = bisect_right(slots, wanted) or bisect_right(slots, latest)
        if upto:
            return slots.pop(self.rng.randrange(upto))
        slots.pop()
        return between(self.rng, self.first, latest)

    def usual_receipt(self) -> datetime:
        """Any day, fewer at weekends, mostly in the day."""
        day = self.period.from_on + timedelta(days=self.rng.randrange(self.period.days()))
        if day.weekday() > 4 and self.rng.random() < 0.6:
            day = max(self.period.from_on, day - timedelta(days=self.rng.randrange(1, 4)))
        hour = self.rng.triangular(7, 21, 11.5) if self.rng.random() < 0.94 else self.rng.uniform(0, 23.9)
        return self.inside(at_hour(self.rng, day, hour))

    def inside(self, moment: datetime) -> datetime:
        return min(max(moment, self.first), self.last)

    def schedule(self, life: Life) -> None:
        """Every moment of one life, in order, from its receipt."""
        received = life.received_at
        decide_by = max(self.latest_decision(life), received + 4 * MINUTE)
        room = (decide_by - received) / 8
        life.looked_at = received + min(room, self.rng.uniform(4, 200) * MINUTE)
        life.accepted_at = life.looked_at + min(room, self.rng.uniform(2, 45) * MINUTE)
        life.allocated_at = self.allocation(life, received, decide_by - room)
        working = min((decide_by - life.allocated_at) / 2, 30 * MINUTE)
        life.decided_at = between(self.rng, life.allocated_at + working, min(life.allocated_at + 2 * DAY, decide_by))
        if life.is_enquiry:
            self.schedule_enquiry(life, life.decided_at)
        ended = life.authorised_at if life.is_enquiry else life.decided_at + HOUR
        life.closed_at = between(self.rng, ended + HOUR, ended + 9 * DAY)

    def allocation(self, life: Life, received: datetime, latest: datetime) -> datetime:
        """Within the days of the target, counted in calendar days from receipt, or after them."""
        due = end_of(day_of(received) + timedelta(days=self.targets.allocated_days))
        if life.allocated_in_time:
            usual = received + self.rng.expovariate(1 / 20) * HOUR
            return between(self.rng, life.accepted_at, max(life.accepted_at, min(due - MINUTE, latest, usual)))
        return between(self.rng, due, min(due + 9 * DAY, latest))

    def schedule_enquiry(self, life: Life, decided: datetime) -> None:
        """The officer within the hours or after them; authorised in time, late, or after the period has ended."""
        hours = timedelta(hours=self.targets.s42_hours)
        earliest = decided + HOUR if life.officer_in_time else decided + hours + HOUR
        life.authorised_at = self.authorisation(life, decided, earliest)
        before = life.authorised_at - (life.authorised_at - decided) / 4
        if life.officer_in_time:
            life.officer_at = between(self.rng, decided + 5 * MINUTE, min(decided + hours * 0.9, before))
        else:
            start = decided + hours + 10 * MINUTE
            life.officer_at = between(self.rng, start, min(start + 4 * DAY, max(start, before)))

    def authorisation(self, life: Life, decided: datetime, earliest: datetime) -> datetime:
        days = self.targets.within_days
        in_time = end_of(day_of(decided) + timedelta(days=days - 1)) - MINUTE
        if not life.completed:
            usual = decided + self.rng.uniform(0.5, 1.6) * days * DAY
            after = self.last + DAY
            return between(self.rng, max(after, usual), max(after, usual) + 6 * DAY)
        if life.in_time:
            latest = min(in_time, self.last)
            usual = decided + min(days * 0.96, self.rng.lognormvariate(0, 0.5) * days * 0.5) * DAY
            target = min(max(usual, earliest), latest)
            return between(self.rng, max(earliest, target - 3 * DAY), target)
        late = start_of(day_of(decided) + timedelta(days=days))
        usual = late + (1 + self.rng.expovariate(1 / 25)) * DAY
        latest = min(self.last, usual)
        return between(self.rng, max(late, earliest), max(latest, late + MINUTE, earliest))


def between(rng: Random, earliest: datetime, latest: datetime) -> datetime:
    """A moment between the two, in office hours on a weekday where there are any."""
    if latest <= earliest:
        return earliest
    span = (latest - earliest).total_seconds()
    for _ in range(5):
        moved = in_office(rng, earliest + timedelta(seconds=int(rng.random() * span)))
        if earliest <= moved <= latest:
            return moved
    return earliest + timedelta(seconds=int(rng.random() * span))


def in_office(rng: Random, moment: datetime) -> datetime:
    """The same day in office hours, or the Monday after a weekend."""
    day = day_of(moment)
    if day.weekday() > 4:
        day += timedelta(days=7 - day.weekday())
    return at_hour(rng, day, rng.uniform(*OFFICE))


def at_hour(rng: Random, day: date, hour: float) -> datetime:
    """That hour of the day in London, at some second."""
    return start_of(day) + timedelta(minutes=int(hour * 60), seconds=rng.randrange(60))
