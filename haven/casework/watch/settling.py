"""From signs to alerts: weak signs wait for each other, one cause makes one alert, an explained cause stays quiet."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from haven.casework.operations.actor import Actor
from haven.casework.watch import rules
from haven.casework.watch.declared import LOOKS, SEVERAL
from haven.casework.watch.models import Alert, Sign
from haven.casework.watch.raising import raise_alert
from haven.casework.watch.scene import Scene
from haven.casework.watch.signs import Seen
from haven.lib.calendar import day_of, end_of, start_of

WATCH = Actor.job("watch")
MOST_A_DAY = 5
"""Alerts about one reader's looks of one day; what comes after joins the last, so that a spree is a few decisions."""

MOST_READS = 100
"""Looks kept behind one sign: the first ones, and enough to explain it."""


def settle(scene: Scene, signs: Iterable[Seen], at: datetime) -> list[Alert]:
    """Keep the signs and raise what has become heavy enough. Settling the same looks again changes nothing."""
    by_pair: defaultdict[tuple[UUID, UUID], list[Seen]] = defaultdict(list)
    for seen in signs:
        if seen.look.reader_id is not None and seen.cause.authority_id is not None:
            by_pair[seen.look.reader_id, seen.cause.about_id or seen.look.reader_id].append(seen)
    raised = (_settle_pair(scene, reader, about, found, at) for (reader, about), found in by_pair.items())
    return [alert for alert in raised if alert is not None]


def _settle_pair(scene: Scene, reader_id: UUID, about_id: UUID, found: list[Seen], at: datetime) -> Alert | None:
    """The signs of one reader about one person."""
    earlier = list(Sign.objects.filter(reader=reader_id, about_id=about_id).select_related("alert"))
    for seen in found:
        if not _is_known(scene, earlier, seen):
            _keep(earlier, reader_id, about_id, seen)
    waiting = [sign for sign in earlier if sign.alert is None and _is_remembered(scene, sign, at)]
    open_alert = next((sign.alert for sign in earlier if sign.alert and sign.alert.decided_at is None), None)
    if open_alert is not None:
        _attach(waiting, open_alert)
        return None
    enough = scene.number(rules.ALERT_AT, waiting[0].authority_id) if waiting else 0
    if not waiting or sum(sign.weight for sign in waiting) < enough:
        return None
    decided = len({sign.alert_id for sign in earlier if sign.alert is not None})
    return _raise(waiting, enough, f"look:{reader_id}:{about_id}:{decided}", at)


def _is_known(scene: Scene, earlier: list[Sign], seen: Seen) -> bool:
    """This look has counted for this rule already; or the guardian found the same sign explained, not long ago; or, of
    reading as such, that day has its alert."""
    same = [sign for sign in earlier if sign.rule == seen.rule.code]
    if any(seen.look.id in sign.reads for sign in same):
        return True
    if seen.cause.about_id is None:
        return any(day_of(sign.last_at) == day_of(seen.look.at) for sign in same)
    quiet = timedelta(days=scene.number(rules.QUIET, seen.cause.authority_id))
    return any(_is_explained(sign.alert) and seen.look.at < sign.alert.decided_at + quiet for sign in same)  # type: ignore


def _is_explained(alert: Alert | None) -> bool:
    return alert is not None and alert.decided_at is not None and alert.outcome == "explained"


def _is_remembered(scene: Scene, sign: Sign, at: datetime) -> bool:
    return sign.last_at >= at - timedelta(days=scene.number(rules.REMEMBERED, sign.authority_id))


def _keep(earlier: list[Sign], reader_id: UUID, about_id: UUID, seen: Seen) -> None:
    """A new sign that waits, or more of one that waits already."""
    waiting = next((sign for sign in earlier if sign.alert is None and sign.rule == seen.rule.code), None)
    if waiting is None:
        cause: dict[str, Any] = {name: getattr(seen.cause, name) for name in ("person_id", "case_id", "contact_id")}
        waiting = Sign(reader_id=reader_id, about_id=about_id, rule=seen.rule.code, reads=[], weight=1, **cause)
        waiting.authority_id, waiting.first_at = seen.cause.authority_id, seen.look.at  # type: ignore[assignment]
        earlier.append(waiting)
    waiting.weight = max(waiting.weight, min(100, seen.weight))
    waiting.facts, waiting.last_at = seen.facts, seen.look.at
    waiting.reads = list(dict.fromkeys([*waiting.reads, *seen.reads]))[-MOST_READS:]
    waiting.save()


def _attach(signs: list[Sign], alert: Alert) -> None:
    for sign in signs:
        sign.alert = alert
        sign.save(update_fields=["alert"])


def _raise(signs: list[Sign], enough: int, key: str, at: datetime) -> Alert | None:
    """One alert of everything that met, named for the sign that is enough by itself, if one is."""
    heaviest = max(signs, key=lambda sign: (sign.weight, sign.last_at))
    kind = LOOKS[heaviest.rule] if heaviest.weight >= enough else SEVERAL
    crowd = _crowd_of(heaviest)
    if crowd is not None:
        _attach(signs, crowd)
        return None
    about = {name: getattr(heaviest, name) for name in ("person_id", "case_id", "contact_id")}
    codes = {**heaviest.facts, "weight": sum(sign.weight for sign in signs), "rules": [sign.rule for sign in signs]}
    given: dict[str, Any] = {"authority_id": heaviest.authority_id, "reader_id": heaviest.reader_id, "codes": codes}
    alert = raise_alert(kind, key=key, by=WATCH, at=at, read_id=heaviest.reads[-1], **given, **about)
    if alert is not None:
        _attach(signs, alert)
    return alert


def _crowd_of(sign: Sign) -> Alert | None:
    """The last alert about this reader's looks of that day that still waits, where there are as many as a day takes."""
    day = day_of(sign.last_at)
    watched = Alert.objects.waiting().filter(reader=sign.reader_id, authority=sign.authority_id, signs__isnull=False)
    of_day = watched.filter(signs__last_at__gte=start_of(day), signs__last_at__lt=end_of(day)).distinct()
    alerts = list(of_day.order_by("-raised_at", "-id")[:MOST_A_DAY])
    return alerts[0] if len(alerts) == MOST_A_DAY else None
