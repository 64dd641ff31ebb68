"""How often a sender sends, and whether it has been silent for longer than it ever is (TR-25)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from haven.casework.partners.models import Partner, Submission

LOOKED_BACK = timedelta(days=28)
ENOUGH = 10
"""Items in four weeks from which a rhythm can be told; a sender of fewer is watched where somebody set a number."""

HALF_AS_LONG_AGAIN = 1.5
AT_LEAST = timedelta(hours=4)


@dataclass(frozen=True)
class Rhythm:
    """When a sender was last heard, how long it is usually silent at most, and whether it is silent for longer."""

    last_at: datetime | None
    longest: timedelta | None
    set_by_hand: bool
    too_long: bool

    @property
    def hours(self) -> int | None:
        """The silence that is usual, in whole hours."""
        return None if self.longest is None else max(1, round(self.longest.total_seconds() / 3600))


def rhythm_of(partner: Partner, at: datetime) -> Rhythm:
    """As of a moment. Nights and weekends need no rule: the longest silence of four weeks holds them."""
    sent = Submission.objects.filter(partner=partner, received_at__lte=at)
    last_at = sent.order_by("-received_at").values_list("received_at", flat=True).first()
    if partner.expected_hours is not None:
        longest: timedelta | None = timedelta(hours=partner.expected_hours)
        begins = last_at or partner.added_at
        return Rhythm(begins, longest, True, at - begins > (longest or timedelta()))
    if last_at is None:
        return Rhythm(None, None, False, False)
    longest = _longest(list(sent.filter(received_at__gte=last_at - LOOKED_BACK).values_list("received_at", flat=True)))
    bound = max(longest * HALF_AS_LONG_AGAIN, AT_LEAST) if longest else None
    return Rhythm(last_at, longest, False, bound is not None and at - last_at > bound)


def _longest(moments: list[datetime]) -> timedelta | None:
    if len(moments) < ENOUGH:
        return None
    return max(later - earlier for earlier, later in pairwise(sorted(moments)))
