"""Who sends to us by their own system: last heard, how often, what may be missing (TR-25). Counts and numbers alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from haven.casework.access import wall
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.partners.counting import Day, last_days
from haven.casework.partners.models import Partner, SenderGap
from haven.casework.partners.permissions import WATCHES
from haven.casework.partners.rhythm import Rhythm, rhythm_of, rhythms_of

WHY = "how many came from a sender is counted whoever asks: a sealed report is no number that is missing"


@dataclass(frozen=True)
class Sender:
    """One partner, as it is watched."""

    partner: Partner
    rhythm: Rhythm
    open_gaps: int


def authorities_watched(actor: Actor) -> list[UUID]:
    """Where the reader watches over what leaves and what comes."""
    return [authority for authority, role in actor.roles_at if role in WATCHES]


def partners_watched(actor: Actor) -> Any:
    """Every partner of those authorities."""
    return Partner.objects.filter(authority_id__in=authorities_watched(actor)).select_related("authority")


def senders(actor: Actor, at: datetime) -> list[Sender]:
    """Every sender; first those of whom something may be missing."""
    still = Count("gaps", filter=Q(gaps__closed_at=None))
    found = list(partners_watched(actor).filter(ended_at=None).annotate(open_gaps=still).order_by("-open_gaps", "name"))
    with wall.lifted(WHY, *authorities_watched(actor)):
        rhythms = rhythms_of(found, at)
    return [Sender(each, rhythms[each.pk], each.open_gaps) for each in found]


def sender_of(actor: Actor, pk: UUID) -> Partner:
    """One sender, for somebody who watches; for anybody else it is not there."""
    found: Partner | None = partners_watched(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed("We could not find that page.")
    return found


def days_of(actor: Actor, partner: Partner, at: datetime) -> tuple[Rhythm, list[Day]]:
    """The sender's rhythm and its last fourteen days, each with both counts."""
    with wall.lifted(WHY, *authorities_watched(actor)):
        return rhythm_of(partner, at), last_days(partner, at)


def gap_of(actor: Actor, pk: UUID) -> SenderGap:
    """Something that may be missing, for somebody who may explain it."""
    gaps = SenderGap.objects.open().filter(authority_id__in=authorities_watched(actor))
    found = gaps.filter(pk=pk).select_related("partner").first()
    if found is None:
        raise NotAllowed("We could not find that page.")
    return found


def said(gap: SenderGap) -> str:
    """What may be missing, in a sentence."""
    if gap.kind == SenderGap.Kind.SEQUENCE:
        one = gap.first == gap.last
        return f"Number {gap.first} did not come" if one else f"Numbers {gap.first} to {gap.last} did not come"
    if gap.kind == SenderGap.Kind.REPEATED:
        return f"Number {gap.first} came twice, with different concerns"
    if gap.kind == SenderGap.Kind.COUNT:
        return f"They say they sent {gap.last}; we received {gap.first}"
    return "Silent for longer than usual"
