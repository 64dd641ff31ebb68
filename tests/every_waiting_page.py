"""A sample of every page of what waits: files that somebody must decide about, messages by a number."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from every_account_page import Sample

from haven.casework.access.models import Authority, User
from haven.casework.contacts.messaging import answer_message, give_number, tell_more
from haven.casework.contacts.models import Contact, Referrer
from haven.casework.documents.keeping import keep_document
from haven.casework.documents.models import Document
from haven.casework.operations.actor import Actor
from haven.lib.ids import uuid7
from haven.pathways.adults.views.public.messages import COOKIE, hold


class WaitingPages:
    """The part of a council that is about what waits."""

    authority: Authority
    head: User
    actor: Actor
    cases: Any
    reports: Any

    def boxed(self) -> Contact:
        """A report of somebody without a name, who wrote by their number, was answered, and wrote again."""
        report, now = list(self.reports())[-1], timezone.now()
        if not hasattr(report, "message_box"):
            Referrer.objects.filter(contact=report).update(identity="do_not_ask")
            report, by = Contact.objects.get(pk=report.pk), Actor.public(self.authority.pk)
            give_number(report, by=by, at=now)
            tell_more(report, words="Nobody has come yet.", files=1, key=uuid7(), by=by, at=now)
            answer_message(report, words="Thank you. Somebody comes today.", by=self.actor, at=now)
            tell_more(report, words="They have come, and gone again after five minutes.", key=uuid7(), by=by, at=now)
        return report

    def pages_of_public_conversation(self, name: str) -> Iterator[Sample]:
        opened = hold(HttpResponse(), self.authority, self.boxed().message_box).cookies[COOKIE].value
        yield Sample(name, reverse(name, args=[self.authority.code]), None, ((COOKIE, opened),))

    def pages_of_report_messages(self, name: str) -> Iterator[Sample]:
        yield Sample(name, reverse(name, args=[self.boxed().reference]), self.head)

    pages_of_settle_messages = pages_of_report_messages

    def pages_of_messages(self, name: str) -> Iterator[Sample]:
        self.boxed()
        yield Sample(name, reverse(name), self.head)

    def kept_apart(self) -> Document:
        """A file that waits for a decision."""
        case, page = self.cases()[0], ContentFile(b"<html>A rota</html>", name="rota.html")
        by: dict[str, Any] = {"by": self.actor, "at": timezone.now(), "quarantine": True}
        found = Document.objects.filter(case=case).quarantined().first()  # type: ignore[attr-defined]
        return found or keep_document(page, authority_id=self.authority.pk, case=case, **by)

    def pages_of_decide_file(self, name: str) -> Iterator[Sample]:
        yield Sample(name, reverse(name, args=[self.kept_apart().pk]), self.head)

    def pages_of_waiting_for(self, name: str) -> Iterator[Sample]:
        yield Sample(name, reverse(name, args=["packs.open"]), self.head)

    def pages_of_waiting_files(self, name: str) -> Iterator[Sample]:
        self.kept_apart()
        yield Sample(name, reverse(name), self.head)
