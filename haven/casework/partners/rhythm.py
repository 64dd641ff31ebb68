"""How often a sender sends, and whether it has been silent for longer than it ever is (TR-25)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from haven.casework.partners.models import Partner

LOOKED_BACK = timedelta(days=28)
SECONDS = LOOKED_BACK.total_seconds()
ENOUGH = 10
"""Items in four weeks from which a rhythm can be told; a sender of fewer is watched where somebody set a number."""

HALF_AS_LONG_AGAIN = 1.5
AT_LEAST = timedelta(hours=4)

HEARD = """
WITH last AS (
    SELECT partner_id, max(received_at) AS at FROM partners_submission
    WHERE partner_id = ANY (%(partners)s) AND received_at <= %(at)s GROUP BY partner_id
), lately AS (
    SELECT s.partner_id, s.received_at - lag(s.received_at) OVER (
        PARTITION BY s.partner_id ORDER BY s.received_at
    ) AS silence
    FROM partners_submission s JOIN last l ON l.partner_id = s.partner_id
    WHERE s.received_at <= l.at AND s.received_at > l.at - make_interval(secs => %(since)s)
)
SELECT l.partner_id, l.at, max(y.silence), count(*) FROM last l JOIN lately y ON y.partner_id = l.partner_id
GROUP BY l.partner_id, l.at
"""


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
    """Of one sender, as of a moment."""
    return rhythms_of([partner], at)[partner.pk]


def rhythms_of(partners: Iterable[Partner], at: datetime) -> dict[UUID, Rhythm]:
    """Of each, in one statement. Nights and weekends need no rule: the longest silence of four weeks holds them."""
    listed = list(partners)
    with connection.cursor() as cursor:
        cursor.execute(HEARD, {"partners": [each.pk for each in listed], "at": at, "since": SECONDS})
        heard = {row[0]: row[1:] for row in cursor.fetchall()}
    return {each.pk: _rhythm(each, *heard.get(each.pk, (None, None, 0)), at=at) for each in listed}


def _rhythm(partner: Partner, last_at: Any, longest: Any, count: int, *, at: datetime) -> Rhythm:
    if partner.expected_hours is not None:
        allowed = timedelta(hours=partner.expected_hours)
        return Rhythm(last_at, allowed, True, at - (last_at or partner.added_at) > allowed)
    if last_at is None or longest is None or count < ENOUGH:
        return Rhythm(last_at, None, False, False)
    return Rhythm(last_at, longest, False, at - last_at > max(longest * HALF_AS_LONG_AGAIN, AT_LEAST))
