"""Raising an alert: the row, its event and a message without personal data, in one transaction (TR-04, ≤ 60 s)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from haven.casework.access.models import Authority, Conflict, Membership, User
from haven.casework.access.roles import GUARDIANS
from haven.casework.contacts.kept import ContactConflict
from haven.casework.deliveries.models import Delivery
from haven.casework.deliveries.sending import send
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.watch import events
from haven.casework.watch.kinds import AlertKind
from haven.casework.watch.models import Alert
from haven.lib.calendar import day_of

NOTHING = UUID(int=0)
DECIDED_WITHIN = timedelta(days=3)
"""How long an alert may wait before the queue calls it overdue: local, in calendar days."""


def raise_alert(
    kind: AlertKind,
    *,
    authority_id: UUID,
    key: str,
    by: Actor,
    at: datetime,
    reader_id: UUID | None = None,
    also_for: User | None = None,
    codes: dict[str, Any] | None = None,
    **about: UUID | None,
) -> Alert | None:
    """Put something into the guardian's queue and tell them that something waits, once for each `key`.

    `about`: case_id, person_id, contact_id, read_id. None where the same cause was raised before.
    """
    codes = codes or {}
    guardians, concerned = list(guardians_of(authority_id, at)), {str(reader_id), codes.get("account", "")}
    kept = concerned | {str(pk) for pk in kept_from(**about)}
    deciding = [user for user in guardians if str(user.pk) not in kept]
    alert = Alert(authority_id=authority_id, kind=kind.code, key=key, reader_id=reader_id, also_for=also_for, **about)
    alert.about_guardian = not deciding or any(str(user.pk) in concerned for user in guardians)
    alert.codes, alert.raised_at, alert.due_at = codes, at, at + DECIDED_WITHIN
    if Alert.objects.filter(authority_id=authority_id, key=key).exists():
        return None
    alert.save(force_insert=True)
    record(events.RAISED, subject=alert, by=by, at=at, case_id=about.get("case_id"), codes={"kind": kind.code})
    heads = [] if deciding else holding(authority_id, ("head_of_service",), at)
    for address in _addresses(authority_id, deciding or [user for user in heads if str(user.pk) not in kept], alert):
        _tell(address, authority_id, at)
    return alert


def guardians_of(authority_id: UUID, at: datetime) -> Any:
    """Those who hold the guardian's role for the authority that day."""
    return holding(authority_id, GUARDIANS, at)


def holding(authority_id: UUID, roles: tuple[str, ...], at: datetime) -> Any:
    """The active accounts that hold one of these roles for the authority that day."""
    held = Membership.objects.on(day_of(at)).filter(authority_id=authority_id, role__in=roles)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id"))


def kept_from(
    *, case_id: UUID | None = None, person_id: UUID | None = None, contact_id: UUID | None = None, **_other: Any
) -> set[UUID]:
    """The accounts with a conflict of interest in what an alert is about: they do not see it (TR-05)."""
    case, person, contact = case_id or NOTHING, person_id or NOTHING, contact_id or NOTHING
    people = Q(person=person) | Q(person__cases=case) | Q(person__involvements__case=case)
    people |= Q(person__reported_in__contact=contact)
    found = Conflict.objects.live().filter(people).values_list("user_id", flat=True)
    of_report = ContactConflict.objects.filter(contact=contact, ended_at=None).values_list("user_id", flat=True)
    return {*found, *of_report}


def _addresses(authority_id: UUID, deciding: list[User], alert: Alert) -> set[str]:
    shared = Authority.objects.values_list("guardian_email", flat=True).get(pk=authority_id)
    told = {user.email for user in deciding}
    also = {alert.also_for.email} if alert.also_for else set()
    return ({shared} if shared else told) | also


def _tell(address: str, authority_id: UUID, at: datetime) -> None:
    """Only that something waits: whose, of what kind and about whom is for the page behind the sign-in (TR-04)."""
    where = reverse("guardian")
    send(
        channel=Delivery.Channel.ALERT,
        to_address=address,
        subject=_("Something waits for you in Haven"),
        body=_("Something waits for you in Haven. Sign in and open %(where)s.") % {"where": where},
        purpose="guardian_alert",
        authority_id=authority_id,
        at=at,
    )
