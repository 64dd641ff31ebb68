"""Telling who runs the service that a job is silent or a pack is old: one open task each (TR-18, TR-36)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from haven.casework.access.models import Authority, Membership, User
from haven.casework.operations.actor import Actor
from haven.casework.tasks.doing import add_task
from haven.casework.tasks.models import Task
from haven.casework.upkeep.models import ContinuityPack
from haven.casework.upkeep.turns import Silent
from haven.lib.calendar import day_of

KIND = "upkeep"
TOLD = ("platform_operator", "authority_administrator", "head_of_service")
"""Who is told, the first of these that anybody holds at the authority."""


def tell(silent: Iterable[Silent], at: datetime) -> int:
    """Give a task for today for each silent job and each old pack, unless one is open; how many were given."""
    words = [_("The timed job %(task)s has not run. See the operations page.") % {"task": each.task} for each in silent]
    given = sum(_give(authority, each, at) for authority in Authority.objects.all() for each in words)
    return given + sum(_give(pack.authority, _old(pack), at) for pack in _old_packs(at))


def _old_packs(at: datetime) -> list[ContinuityPack]:
    newest = ContinuityPack.objects.filter(keeper=None).newest().select_related("authority")
    return [pack for pack in newest if pack.is_stale(at)]


def _old(pack: ContinuityPack) -> str:
    return _("The continuity pack of %(authority)s is old: it was not made last night.") % {"authority": pack.authority}


def _give(authority: Authority, words: str, at: datetime) -> int:
    held = Membership.objects.on(day_of(at)).filter(authority=authority, user__is_active=True).select_related("user")
    for role in TOLD:
        holders = {each.user_id: each.user for each in held.filter(role=role)}
        if holders:
            return sum(_one(authority, user, words, at) for user in holders.values())
    return 0


def _one(authority: Authority, owner: User, words: str, at: datetime) -> int:
    if Task.objects.open().filter(kind=KIND, owner=owner, authority=authority, words=words).exists():
        return 0
    add_task(
        authority_id=authority.pk,
        kind=KIND,
        words=words,
        due_on=day_of(at),
        at=at,
        by=Actor.job("upkeep"),
        owner=owner,
    )
    return 1
