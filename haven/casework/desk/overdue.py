"""Telling those who decide that something has waited too long: files kept apart or held, messages (TR-17).

Once for each, by an alert that says how many and where to look, and nothing else. What belongs to a case or report that
is kept to named people is told to those alone.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from haven.casework.access.models import Membership, User
from haven.casework.access.roles import DECIDES
from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock
from haven.casework.contacts.events import MESSAGE_LATE
from haven.casework.contacts.kept import KeptReport
from haven.casework.contacts.messages import Message
from haven.casework.contacts.messaging import ANSWER_MESSAGE
from haven.casework.deliveries.models import Delivery
from haven.casework.deliveries.sending import send
from haven.casework.documents.events import WARNED
from haven.casework.documents.models import Document
from haven.casework.events.recording import gathering, record
from haven.casework.operations.actor import Actor
from haven.lib.calendar import day_of

AT_ONCE = 500
Told = dict[tuple[UUID, str], list[Any]]


def tell_of_overdue(at: datetime) -> int:
    """Tell of every file and message that is late and was not told of yet; how many were. The wall is open to all."""
    with gathering():
        files = list(Document.objects.overdue(at).filter(warned_at=None).select_related("case")[:AT_ONCE])
        late = Clock.objects.of(ANSWER_MESSAGE).overdue(at).values("contact_id")
        unread = Message.objects.unanswered().filter(warned_at=None, contact_id__in=late)
        written = list(unread.select_related("contact")[:AT_ONCE])
        told = _tell(files, "waiting-files", "files", at) + _tell(written, "messages", "messages", at)
        for each in told:
            type(each)._base_manager.filter(pk=each.pk).update(warned_at=at)
            subject = each.contact if isinstance(each, Message) else each
            event = MESSAGE_LATE if isinstance(each, Message) else WARNED
            record(event, subject=subject, by=Actor.job("what waits too long"), at=at)
        return len(told)


def _tell(things: Iterable[Any], page: str, what: str, at: datetime) -> list[Any]:
    """One alert for each address; what nobody could be told of stays to be told."""
    by_address: Told = defaultdict(list)
    told = []
    for thing in things:
        addresses = _whom(thing, at)
        told += [thing] if addresses else []
        for address in addresses:
            by_address[thing.authority_id, address].append(thing)
    for (authority_id, address), late in by_address.items():
        _alert(address, authority_id, page, f"{len(late)} {what}", at)
    return told


def _alert(address: str, authority_id: UUID, page: str, what: str, at: datetime) -> None:
    said = {"what": what, "where": reverse(page)}
    send(
        channel=Delivery.Channel.ALERT,
        to_address=address,
        subject=_("Something in Haven has waited too long"),
        body=_("%(what)s in Haven have waited longer than they should. Sign in and open %(where)s.") % said,
        purpose="waits_too_long",
        authority_id=authority_id,
        at=at,
    )


def _whom(thing: Any, at: datetime) -> list[str]:
    """The named people of what is kept; the worker and manager of an open case and the managers of the authority."""
    case = getattr(thing, "case", None) or Case.objects.filter(contact_id=thing.contact_id).first()
    named = [case.worker_id, case.manager_id] if case is not None else []
    kept = KeptReport.objects.filter(contact_id=thing.contact_id, lifted_at=None).first()
    named += [kept.keeper_id, kept.deputy_id] if kept is not None else []
    closed = kept is not None or (case is not None and case.restriction != "open")
    holders = Membership.objects.on(day_of(at)).filter(authority_id=thing.authority_id, role__in=DECIDES)
    wanted = Q(pk__in=[pk for pk in named if pk])
    wanted |= Q() if closed else Q(pk__in=holders.values("user_id"))
    return sorted(set(User.objects.filter(wanted, is_active=True).values_list("email", flat=True)))
