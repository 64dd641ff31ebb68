"""Messages with those who told us without a name: what waits for an answer, and the conversation of one report."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from haven.casework.access.reading import show, show_ids
from haven.casework.access.roles import CASE_READERS
from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock
from haven.casework.contacts.identifying import asks_to_identify
from haven.casework.contacts.messages import Message
from haven.casework.contacts.messaging import ANSWER_MESSAGE
from haven.casework.contacts.models import Contact
from haven.casework.desk.loading import actor_of
from haven.casework.documents.models import Document
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.stages.pathway import Wait
from haven.design.forms import GovForm

SHOWN = 100


@dataclass(frozen=True)
class MessageThatWaits:
    """One report whose reporter waits: since when, until when, and who has it."""

    contact: Contact
    since: datetime
    due_at: datetime | None
    case: Case | None
    late: bool

    @property
    def who(self) -> str:
        """The worker of its case; the duty desk while it has none."""
        worker = self.case.worker if self.case else self.contact.claimed_by
        return worker.name if worker else "Duty desk"


def messages_waiting(request: HttpRequest, at: datetime) -> list[MessageThatWaits]:
    """Whoever wrote by their number and waits, of the reports the reader may read, longest waiting first."""
    actor = actor_of(request)
    found: list[Any] = list(Contact.objects.readable_by(actor).with_messages().select_related("claimed_by")[:SHOWN])
    ids = [contact.merged_into_id or contact.pk for contact in found]
    cases = {case.contact_id: case for case in Case.objects.visible_to(actor).filter(contact_id__in=ids)
             .select_related("worker")}  # fmt: skip
    clocks = Clock.objects.of(ANSWER_MESSAGE).running().filter(contact_id__in=[contact.pk for contact in found])
    due: dict[UUID | None, datetime] = dict(clocks.values_list("contact_id", "due_at"))
    show(request, *found)
    show_ids(request, "case", [case.pk for case in cases.values()])
    return [_waiting(each, due.get(each.pk), cases.get(each.merged_into_id or each.pk), at) for each in found]


def waits_for_answer(actor: Actor, at: datetime) -> Wait:
    """The messages a reader may answer, for the line of what waits: one statement."""
    if not actor.has_role(*CASE_READERS):
        return Wait(_("Messages to answer"))
    seen = Contact.objects.readable_by(actor).values("pk")
    clocks = Clock.objects.of(ANSWER_MESSAGE).running().filter(contact_id__in=seen)
    late = Count("pk", filter=Q(due_at__lte=at))
    counted: Any = clocks.aggregate(count=Count("pk"), oldest=Min("started_at"), overdue=late)
    return Wait(_("Messages to answer"), counted["count"], counted["oldest"], counted["overdue"])


def _waiting(contact: Any, due_at: datetime | None, case: Case | None, at: datetime) -> MessageThatWaits:
    return MessageThatWaits(contact, contact.waits_since, due_at, case, bool(due_at and due_at <= at))


def load_boxed(request: HttpRequest, reference: str) -> Contact:
    """A report to whose reporter messages can be written, for whoever may read it."""
    boxed = Contact.objects.readable_by(actor_of(request)).filter(message_box__isnull=False)
    contact = boxed.select_related("referrer").filter(reference=reference.upper()).first()
    if contact is None:
        raise NotAllowed("We could not find that page.")
    request.read_reason = f"messages of {contact.reference}"  # type: ignore[attr-defined]
    show(request, contact)
    return contact


def conversation_of(contact: Contact) -> dict[str, Any]:
    """What was written both ways, oldest first, and the files that came from outside."""
    written = list(Message.objects.filter(contact=contact).select_related("written_by", "settled_by"))
    files = list(Document.objects.about(contact_id=contact.pk).order_by("added_at"))
    waits = any(each.from_outside and each.settled_at is None for each in written)
    return {"contact": contact, "written": written, "files": files, "waits": waits}


class AnswerMessage(GovForm):
    """A reply to somebody who gave no name; what would tell who they are is asked only by somebody who says so."""

    asks_whose = False
    mark_optional = False
    words = forms.CharField(
        label="Your message", widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000,
        help_text="They see it when they next come back with their number, as from the council, without your name.",
    )  # fmt: skip
    anyway = forms.BooleanField(
        label="I need to ask something that may tell who they are, and have weighed what it could do to them",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Warn first (PR-23): once where the words seem to ask for it, and never a second time."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        asked = asks_to_identify(given.get("words", ""))
        if asked and not given.get("anyway"):
            raise forms.ValidationError(
                f"This seems to ask about {', '.join(asked)}, which could tell who they are. Ask in another way, or "
                "tick the box to send it as it is."
            )
        return given

    def answers(self) -> dict[str, Any]:
        """The words alone."""
        return {"words": self.cleaned_data["words"]}


class SettleMessages(GovForm):
    """Why no answer is needed."""

    asks_whose = False
    reasons = forms.CharField(
        label="Why is no answer needed?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000
    )
