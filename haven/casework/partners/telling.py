"""What a partner is told of what it sent: how far we are, in five words, never why (PR-21).

What it was last told stands on its Submission. Every minute a job looks which of them have moved on, so that nothing a
worker does waits for a partner's system and nothing is lost when a worker's request or a job dies. It never goes back:
a police hold, a sealed case or a doubt about who told us leaves the words as they were, and nobody can tell which.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from haven.casework.access import wall
from haven.casework.contacts.kept import KeptReport
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.deliveries.sending import send
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.partners import events
from haven.casework.partners.models import Submission
from haven.casework.partners.models.senders import STAGES

AT_ONE_SWEEP = 500
ORDER = tuple(STAGES)
PURPOSE = "partner_stage"


@dataclass(frozen=True)
class Tells:
    """What a pathway says of its reports: which may have moved on since (a filter, so that few are asked one by one),
    and how far one is, as far as whoever sent it may be told."""

    may_have_moved: Callable[[QuerySet[Submission]], QuerySet[Submission]]
    stage_now: Callable[[Contact], str]


TELLS: dict[str, Tells] = {}
"""Pathway → what it says."""


def body_of(reference: str, stage: str) -> str:
    """All that a webhook carries: the reference, the stage, its words."""
    return json.dumps({"reference": reference, "stage": stage, "words": STAGES[stage]})


def tell_what_moved(at: datetime) -> int:
    """Tell partners what has moved on; how many."""
    with transaction.atomic():
        wall.open_to_all("which reports of partners have moved on, in every authority")
        ids = [pk for code, tells in TELLS.items() for pk in _moved(code, tells)]
    return sum([_look_again(pk, at) for pk in ids])


def _moved(pathway: str, tells: Tells) -> list[UUID]:
    waiting = Submission.objects.filter(contact__pathway=pathway).exclude(stage=ORDER[-1])
    found: list[UUID] = list(
        tells.may_have_moved(waiting).order_by("stage_at").values_list("pk", flat=True)[:AT_ONE_SWEEP]
    )
    return found


def _look_again(pk: UUID, at: datetime) -> bool:
    with transaction.atomic():
        wall.open_to_all("whose a partner's report is, for a job carries its id alone")
        rows = Submission.objects.select_related("contact", "partner").select_for_update(of=("self",), skip_locked=True)
        submission = rows.filter(pk=pk).first()
        if submission is None:
            return False
        wall.open_for_work("how far one report of a partner is", submission.authority_id)
        stage = stage_of(submission)
        if ORDER.index(stage) <= ORDER.index(submission.stage):
            return False
        tell_stage(submission, stage=stage, by=Actor.job("tell partners"), at=at)
        return True


def stage_of(submission: Submission) -> str:
    """How far it is, as far as its sender may be told. A sealed report stays as it is."""
    contact = submission.contact
    if KeptReport.objects.filter(contact=contact, lifted_at=None).exists():
        return submission.stage
    return TELLS[contact.pathway].stage_now(contact)


@operation(may="partners.tell_stage")
def tell_stage(submission: Submission, *, stage: str, by: Actor, at: datetime) -> None:
    """Tell a partner's system how far what it sent is, where it asked to be told."""
    submission.stage, submission.stage_at = stage, at
    submission.save(update_fields=["stage", "stage_at"])
    record(events.STAGE_TOLD, subject=submission, by=by, at=at, codes={"stage": stage})
    if submission.partner.webhook_url:
        send(
            channel=Delivery.Channel.WEBHOOK,
            to_address=submission.partner.webhook_url,
            subject=PURPOSE,
            body=body_of(submission.reference, stage),
            purpose=PURPOSE,
            authority_id=submission.authority_id,
            contact_id=submission.contact_id,
            at=at,
        )
