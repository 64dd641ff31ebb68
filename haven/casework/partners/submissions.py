"""What a partner's system sends: kept beside the contact it became, and found again by nobody else."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import File

from haven.casework.access import wall
from haven.casework.access.models import Team
from haven.casework.cases.models import Case
from haven.casework.contacts.kept import KeptReport
from haven.casework.contacts.models import Contact
from haven.casework.documents.keeping import keep_document
from haven.casework.documents.models import Document
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import NotAllowed
from haven.casework.partners import events
from haven.casework.partners.models import Partner, Submission
from haven.casework.tasks.doing import add_task
from haven.casework.tasks.models import Task
from haven.lib.calendar import day_of

LATER_FILE = "partner_file"
REFERENCE = re.compile(r"[A-Z0-9-]{1,20}")


def keep_submission(
    partner: Partner, contact: Contact, *, sequence: int | None, missing: list[str], at: datetime
) -> Submission:
    """Keep that this partner sent it, under its own number if it gave one. A plain verb, beside `receive`."""
    submission = Submission(partner=partner, authority_id=partner.authority_id, contact=contact, missing=missing)
    submission.reference, submission.received_at = contact.reference, contact.received_at
    submission.sequence, submission.stage_at = sequence, at
    submission.save(force_insert=True)
    return submission


def own_submission(partner: Partner, reference: str) -> Submission:
    """What this partner sent under this reference. Another's, and one nobody gave out, are not there alike."""
    written = REFERENCE.fullmatch(reference)
    found = Submission.objects.filter(partner=partner, reference=reference).first() if written else None
    if found is None:
        raise NotAllowed("You have sent nothing under this reference.")
    return found


@operation(may="partners.send_file")
def send_file(submission: Submission, *, upload: File, by: Actor, at: datetime) -> Document:  # type: ignore[type-arg]
    """Keep a file that belongs to a concern the partner sent; whoever has the concern by now is asked to look at it."""
    wall.hold(submission.contact_id)
    about: dict[str, Any] = {"authority_id": submission.authority_id, "contact_id": submission.contact_id}
    document = keep_document(upload, source_label=by.name[:120], quarantine=True, by=by, at=at, **about)
    record(events.FILE_SENT, subject=submission, by=by, at=at, codes={"bytes": document.size})
    _tell_who_has_it(submission, by, at)
    return document


def _tell_who_has_it(submission: Submission, by: Actor, at: datetime) -> None:
    """A file that comes once the report has left the desk waits for somebody too (TR-14); one that waits is enough."""
    with wall.lifted("who has a report that somebody outside adds to", submission.authority_id):
        contact = Contact.objects.get(pk=submission.contact_id)
        kept = KeptReport.objects.filter(contact=contact, lifted_at=None).select_related("keeper").first()
        if contact.is_waiting and kept is None:
            return
        if Task.objects.open().filter(contact_id=contact.pk, kind=LATER_FILE).exists():
            return
        _ask_to_look(contact, kept.keeper if kept else _worker_of(contact), by, at)


def _worker_of(contact: Contact) -> Any:
    report: UUID = contact.merged_into_id or contact.pk
    case = Case.objects.filter(contact_id=report, closed_at=None).exclude(worker=None).select_related("worker").first()
    return case.worker if case else None


def _ask_to_look(contact: Contact, owner: Any, by: Actor, at: datetime) -> None:
    duty = Team.objects.filter(authority_id=contact.authority_id, kind=Team.Kind.DUTY).first()
    if owner is None and duty is None:
        return
    add_task(
        authority_id=contact.authority_id,
        contact_id=contact.pk,
        kind=LATER_FILE,
        words=f"A partner has sent another file for report {contact.reference}. Open the report and look at it.",
        owner=owner,
        team=None if owner else duty,
        due_on=day_of(at),
        by=by,
        at=at,
    )
