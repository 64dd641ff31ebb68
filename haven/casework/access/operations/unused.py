"""Accounts that nobody uses: a warning, another, then suspended until their person asks and a manager lets them in."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from haven.casework.access import events
from haven.casework.access.mails import send_rota_prompt, send_suspended, send_unused_warning
from haven.casework.access.models import Membership, User
from haven.casework.access.roles import FIGURES_ONLY, RESTORES
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.lib.calendar import day_of

SUSPENDED_AFTER, FIGURES_AFTER = 30, 120
"""Days without use (PR-25). The longer for those who hold only roles that see figures."""

WARNED_BEFORE = (9, 2)
"""Days before that: warnings at 21 and 28 days of 30 (PR-25)."""

ROTA_AHEAD = timedelta(days=14)

ON_ROTA: list[Callable[[UUID, date, date], bool]] = []
"""Each says whether this account's person is on a rota between two days, both included. Whoever is, is prompted and not
suspended. A part that knows rotas registers itself here."""

BY_ITSELF = Actor.job("unused accounts")


class NotAsked(Refusal):
    """Somebody is let back in once they have asked, having proved with their second step that it is them."""


@operation(may="access.warn_unused")
def warn_unused(user: User, *, days: int, on_rota: bool, by: Actor, at: datetime) -> None:
    """Tell somebody that their account is not used and, unless they are on a rota, will be suspended."""
    user.unused_warned = days
    user.save(update_fields=["unused_warned"])
    record(events.UNUSED_WARNED, subject=user, by=by, at=at, codes={"days": days})
    (send_rota_prompt if on_rota else send_unused_warning)(user, at)


@operation(may="access.suspend_unused")
def suspend_unused(user: User, *, days: int, by: Actor, at: datetime) -> None:
    """Suspend an account that was not used for long; its person may ask to be let back in."""
    user.suspended_at, user.restore_asked_at = at, None
    user.save(update_fields=["suspended_at", "restore_asked_at"])
    record(events.SUSPENDED, subject=user, by=by, at=at, codes={"days": days})
    send_suspended(user, at)


@operation(may="access.ask_restoring")
def ask_restoring(user: User, *, by: Actor, at: datetime) -> None:
    """Ask to be let back in. The session's second step is done: the page is reached no other way."""
    User.objects.filter(pk=user.pk, suspended_at__isnull=False).update(restore_asked_at=at)
    record(events.RESTORE_ASKED, subject=user, by=by, at=at)


@operation(may="access.restore_account")
def restore_account(user: User, *, by: Actor, at: datetime) -> None:
    """Let somebody back in who has asked; day or night, one manager is enough."""
    asking = User.objects.filter(pk=user.pk, suspended_at__isnull=False, restore_asked_at__isnull=False)
    fresh = {"suspended_at": None, "restore_asked_at": None, "last_used_on": day_of(at), "unused_warned": 0}
    if not asking.update(**fresh):
        raise NotAsked("This person has not asked to be let back in, or somebody has let them in already.")
    record(events.RESTORED, subject=user, by=by, at=at)


def review_unused(at: datetime) -> int:
    """Look at every account once a night; how many were warned or suspended. Run again the same day, it does nothing.

    An account never looked at before starts today, so that bringing this in suspends nobody at once.
    """
    today = day_of(at)
    User.objects.filter(last_used_on=None).update(last_used_on=today)
    live = User.objects.filter(is_active=True, suspended_at=None, persona="")
    return sum(_review(user, today, at) for user in live.filter(last_used_on__lte=today - timedelta(days=7)))


def _review(user: User, today: date, at: datetime) -> bool:
    held = set(Membership.objects.on(today).filter(user=user).values_list("role", flat=True))
    days = (today - (user.last_used_on or today)).days
    limit = FIGURES_AFTER if held and held <= set(FIGURES_ONLY) else SUSPENDED_AFTER
    on_rota = any(on(user.pk, today, today + ROTA_AHEAD) for on in ON_ROTA)
    due = [limit - before for before in WARNED_BEFORE if limit - before <= days]
    if not held or not due:
        return False
    if days >= limit and not on_rota:
        suspend_unused(user, days=days, by=BY_ITSELF, at=at)
        return True
    if user.unused_warned >= due[-1]:
        return False
    warn_unused(user, days=due[-1], on_rota=on_rota, by=BY_ITSELF, at=at)
    return True


def asking(by: Actor) -> list[User]:
    """Who has asked to be let back in, of the authorities where the actor may let them, longest waiting first."""
    where = {authority for authority, role in by.roles_at if role in RESTORES}
    waiting = User.objects.filter(restore_asked_at__isnull=False, suspended_at__isnull=False).exclude(pk=by.user_id)
    return list(waiting.filter(memberships__authority__in=where).distinct().order_by("restore_asked_at"))
