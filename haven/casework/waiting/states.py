"""Every state of the engine in which something can wait, and each pathway's stages and own states (TR-16, TR-17).

A state that has no page of its own is listed by `waiting-for`. What nobody has to do anything about (a sent letter, a
closed case) is not here. A test compares this list with the states the models know.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from haven.casework.access.models import Conflict, Invitation
from haven.casework.access.roles import DECIDES
from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock
from haven.casework.clocks.waiting import Waiting
from haven.casework.contacts.messaging import ANSWER_MESSAGE
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery, Release
from haven.casework.disclosure.models import DisclosurePack, RedactedCopy
from haven.casework.documents.models import Document
from haven.casework.letters.models import Approval
from haven.casework.operations.actor import Actor
from haven.casework.stages.pathway import PATHWAYS, Pathway, Stage
from haven.casework.tasks.models import Task
from haven.casework.waiting import limits
from haven.casework.waiting.seen import deliveries_seen_by, files_seen_by
from haven.casework.watch.models import Alert

ADMINISTERS = ("authority_administrator",)
GUARDS = ("information_governance_officer",)
EVERY = "every"
"""What is of no pathway more than of another."""

Found = QuerySet[Any]


def _of_cases(rows: Found, actor: Actor | None) -> Found:
    """Those whose case the actor may see; all of them, where nobody asks."""
    return rows if actor is None else rows.filter(case__in=Case.objects.visible_to(actor))


def _reports(state: str, actor: Actor | None) -> Found:
    seen = Contact.objects.all() if actor is None else Contact.objects.visible_to(actor)
    return seen.filter(state=state)


def _tasks(actor: Actor | None) -> Found:
    tasks = Task.objects.open()
    if actor is None:
        return tasks
    return tasks.filter(Q(pk__in=Task.objects.for_actor(actor)) | Q(case__in=Case.objects.visible_to(actor).open()))


def _deliveries(state: str, actor: Actor | None) -> Found:
    return (Delivery.objects.all() if actor is None else deliveries_seen_by(actor)).filter(state=state)


def _alerts(actor: Actor | None) -> Found:
    return (Alert.objects.all() if actor is None else Alert.objects.visible_to(actor)).waiting()


def _approvals(actor: Actor | None) -> Found:
    return (Approval.objects.all() if actor is None else Approval.objects.visible_to(actor)).waiting()


def _challenges(actor: Actor | None) -> Found:
    challenged = Conflict.objects.live().exclude(challenged_at=None)
    if actor is None:
        return challenged
    at = [pk for pk, role in actor.roles_at if role in (*DECIDES, *GUARDS)]
    return challenged.filter(authority_id__in=at).exclude(user=actor.id).exclude(person_id__in=actor.conflict_ids)


def _invitations(actor: Actor | None) -> Found:
    waiting = Invitation.objects.open(timezone.now())
    if actor is None:
        return waiting
    return waiting.filter(authority_id__in=[pk for pk, role in actor.roles_at if role in ADMINISTERS])


def _packs(actor: Actor | None) -> Found:
    return (DisclosurePack.objects.all() if actor is None else DisclosurePack.objects.visible_to(actor)).filter(
        given_at=None
    )


def _copies(actor: Actor | None) -> Found:
    copies = RedactedCopy.objects.all() if actor is None else RedactedCopy.objects.visible_to(actor)
    return copies.exclude(state=RedactedCopy.State.MADE)


def _files(which: str, actor: Actor | None) -> Found:
    found: Found = getattr(Document.objects.all() if actor is None else files_seen_by(actor), which)()
    return found


def _messages(actor: Actor | None) -> Found:
    clocks = Clock.objects.of(ANSWER_MESSAGE).running()
    return clocks if actor is None else clocks.filter(contact_id__in=Contact.objects.readable_by(actor).values("pk"))


def _in_stage(pathway: str, stage: str, actor: Actor | None) -> Found:
    seen = Case.objects.all() if actor is None else Case.objects.visible_to(actor)
    due = Clock.objects.running().filter(case=OuterRef("pk")).order_by().values("case").annotate(first=Min("due_at"))
    open_there = seen.open().filter(pathway=pathway, stage=stage)
    return open_there.annotate(next_due_at=Subquery(due.values("first")))


# Files and messages that are late are told of one by one, to those who decide about each (desk/overdue).
ENGINE = (
    Waiting(
        "tasks.open", "Tasks to do", "home", _tasks, "created_at", limits.TASK, DECIDES,
        due="due_on", due_is_a_day=True, reference="case__reference", leads_to="case",
    ),
    Waiting(
        "deliveries.waiting", "Letters, e-mails and messages to be sent", "outbox",
        partial(_deliveries, "waiting"), "due_at", limits.NOT_SENT, (), ADMINISTERS,
        reference="case__reference", leads_to="case",
    ),
    Waiting(
        "deliveries.dead", "Letters, e-mails and messages that could not be sent", "outbox",
        partial(_deliveries, "dead"), "settled_at", limits.GIVEN_UP, DECIDES, ADMINISTERS,
        reference="case__reference", leads_to="case",
    ),
    Waiting(
        "files.quarantined", "Files kept apart, for somebody to decide", "waiting-files",
        partial(_files, "quarantined"), "added_at", limits.FILE, (), due="due_at",
    ),
    Waiting(
        "files.held", "Files held for the virus scan", "waiting-files",
        partial(_files, "held"), "added_at", limits.FILE, (), ADMINISTERS, due="due_at",
    ),
    Waiting(
        "files.not_scanned", "Files no scanner has looked at", "waiting-files",
        partial(_files, "not_scanned"), "added_at", limits.NEVER, (),
    ),
    Waiting(
        "messages.waiting", "Messages to answer", "messages", _messages, "started_at", ANSWER_MESSAGE, (), due="due_at",
    ),
    Waiting(
        "releases.waiting", "Protected details two people are to release", "releases",
        lambda actor: _of_cases(Release.objects.waiting(), actor), "asked_at", limits.TO_RELEASE, DECIDES,
        reference="case__reference", leads_to="case",
    ),
    Waiting(
        "approvals.waiting", "Letters and packs a second person is to approve", "approvals",
        _approvals, "asked_at", limits.TO_APPROVE, DECIDES, due="due_at", reference="case__reference", leads_to="case",
    ),
    Waiting(
        "alerts.waiting", "Alerts the guardian is to decide", "guardian",
        _alerts, "raised_at", limits.ALERT, (), ("head_of_service",), due="due_at",
    ),
    Waiting(
        "conflicts.challenged", "Blocks somebody has challenged", "conflicts",
        _challenges, "challenged_at", limits.CHALLENGE, (*DECIDES, *GUARDS),
    ),
    Waiting(
        "invitations.open", "Invitations nobody has taken up yet", "administration",
        _invitations, "invited_at", limits.INVITATION, ADMINISTERS,
    ),
    Waiting(
        "packs.open", "Requests to see what is held, not yet answered", "waiting-for",
        _packs, "started_at", limits.PACK, GUARDS, reference="case__reference", leads_to="disclosure",
    ),
    Waiting(
        "redacted_copies.open", "Redacted copies not yet made, or stopped by the check", "waiting-for",
        _copies, "started_at", limits.PACK, GUARDS, reference="case__reference", leads_to="case-documents",
    ),
)  # fmt: skip


def _of(pathway: Pathway) -> Iterator[Waiting]:
    words = {"received": ("Reports nobody has looked at", limits.NOT_LOOKED_AT),
             "looked_at": ("Reports to take on or decline", limits.NOT_DECIDED)}  # fmt: skip
    for state, (said, limit) in words.items():
        yield Waiting(
            f"contacts.{state}", said, "duty", partial(_reports_of, pathway.code, state), "received_at", limit, DECIDES,
            pathway=pathway.code, urgency="urgency", reference="reference", leads_to="report",
        )  # fmt: skip
    for stage in pathway.stages:
        if not stage.final:
            yield _stage(pathway, stage)
    yield from pathway.waiting


def _reports_of(pathway: str, state: str, actor: Actor | None) -> Found:
    return _reports(state, actor).filter(pathway=pathway)


def _stage(pathway: Pathway, stage: Stage) -> Waiting:
    return Waiting(
        f"{pathway.code}.{stage.code}", f"{stage.name.split(':')[0]}: open cases", stage.queue,
        partial(_in_stage, pathway.code, stage.code), "opened_at", limits.STAGE, (),
        pathway=pathway.code, urgency="urgency", due="next_due_at", reference="reference", leads_to="case",
    )  # fmt: skip


def states() -> list[Waiting]:
    """Every state in which something can wait: each pathway's in the order of its work, then the engine's."""
    return [*(one for pathway in PATHWAYS.values() for one in _of(pathway)), *ENGINE]


def queue_of(waiting: Waiting) -> str:
    """The address of the page that shows it."""
    return reverse(waiting.page, args=[waiting.code]) if waiting.page == "waiting-for" else reverse(waiting.page)


def state_called(code: str) -> Waiting | None:
    """The state with this code, if there is one."""
    return next((one for one in states() if one.code == code), None)
