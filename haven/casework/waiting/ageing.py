"""Alarms of age: told when something has waited too long, told again while it does, ended when it does not."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from haven.casework.access import wall
from haven.casework.access.actors import actor_for
from haven.casework.access.models import Authority, Membership, User
from haven.casework.deliveries.sending import send
from haven.casework.waiting.counting import Standing, standing_at, standing_for
from haven.casework.waiting.models import Ageing
from haven.lib.calendar import day_of

AGAIN_AFTER = timedelta(hours=24)
"""While it lasts, it is told again once a day, and then to the head of service too (TR-17). Haven's own number."""

WHY = "what has waited too long is told whoever may see it; no record is named"
SUBJECT = "Haven: something has waited too long"


def look_for_ageing(at: datetime) -> int:
    """Raise, repeat and end the alarms of every authority, each in a transaction of its own; how many alerts left."""
    with transaction.atomic():
        wall.open_to_all(WHY)
        authorities = list(Authority.objects.all())
    return sum(_look_at(authority, at) for authority in authorities)


def _look_at(authority: Authority, at: datetime) -> int:
    with transaction.atomic():
        wall.open_for_work(WHY, authority.pk)
        standing = {alarm.state: alarm for alarm in _locked(authority)}
        return sum(_settle(authority, one, standing.get(one.waiting.code), at) for one in standing_at(authority.pk, at))


def _locked(authority: Authority) -> Any:
    return Ageing.objects.select_for_update().filter(authority=authority, ended_at=None)


def _settle(authority: Authority, one: Standing, alarm: Ageing | None, at: datetime) -> int:
    if not one.of_all.late or not (one.waiting.tells or one.waiting.told_all):
        if alarm is not None:
            Ageing.objects.filter(pk=alarm.pk).update(ended_at=at)
        return 0
    facts = {"oldest_at": one.of_all.oldest or at, "late": one.of_all.late}
    if alarm is None:
        Ageing.objects.create(authority=authority, state=one.waiting.code, raised_at=at, told_at=at, **facts)
        return _tell(authority, one, 1, at)
    if at - alarm.told_at < AGAIN_AFTER:
        Ageing.objects.filter(pk=alarm.pk).update(**facts)
        return 0
    Ageing.objects.filter(pk=alarm.pk).update(told_at=at, times_told=alarm.times_told + 1, **facts)
    return _tell(authority, one, alarm.times_told + 1, at)


def _tell(authority: Authority, one: Standing, times: int, at: datetime) -> int:
    """Tell each of them of what they may see themselves: a number that holds more would betray what is kept (TR-03)."""
    told = 0
    for membership in _to_tell(authority, one, times, at):
        late = one.of_all.late if membership.role in one.waiting.told_all else _seen_late(membership.user, one, at)
        if late:
            words = f"{one.waiting.words}: {late} too long. See {reverse('waiting')} in Haven."
            send(channel="alert", to_address=membership.user.email, subject=SUBJECT, body=words, purpose="ageing",
                 authority_id=authority.pk, at=at)  # fmt: skip
            told += 1
    return told


def _to_tell(authority: Authority, one: Standing, times: int, at: datetime) -> list[Membership]:
    """One membership of each account that is to be told, that which is told more first; later the head of service."""
    roles = {*one.waiting.tells, *one.waiting.told_all, *(("head_of_service",) if times > 1 else ())}
    held = Membership.objects.on(day_of(at)).filter(authority=authority, role__in=roles, user__is_active=True)
    ordered = sorted(
        held.select_related("user"), key=lambda each: (each.role not in one.waiting.told_all, str(each.pk))
    )
    first = {each.user_id: each for each in reversed(ordered)}
    return sorted(first.values(), key=lambda each: each.user.email)


def _seen_late(user: User, one: Standing, at: datetime) -> int:
    seen = standing_for(actor_for(user, at), at)
    return next(each.of_all.late for each in seen if each.waiting.code == one.waiting.code)
