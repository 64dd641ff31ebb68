"""Messages, by a number, that somebody must answer."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from haven.casework.access.may import may
from haven.casework.contacts.messaging import answer_message, settle_messages
from haven.casework.desk import conversing
from haven.casework.desk.giving import must
from haven.casework.desk.loading import actor_of
from haven.casework.desk.saving import save_or_ask

ANSWERS = "contacts.answer_message"


def messages(request: HttpRequest) -> HttpResponse:
    """Whoever wrote by their number and waits for an answer, longest waiting first."""
    now = timezone.now()
    rows = conversing.messages_waiting(request, now)
    late = sum(row.late for row in rows)
    return render(request, "desk/messages.html", {"rows": rows, "late": late, "now": now})


def report_messages(request: HttpRequest, reference: str) -> HttpResponse:
    """The conversation of one report, and an answer."""
    contact = conversing.load_boxed(request, reference)
    page = {**conversing.conversation_of(contact), "may_write": may(actor_of(request), ANSWERS, contact)}
    form = conversing.AnswerMessage(request.POST or None)
    here, run = reverse("report-messages", args=[contact.reference]), partial(answer_message, contact)
    return save_or_ask(request, form, run, here, "desk/report_messages.html", page, done="Kept for them to read.")


def settle(request: HttpRequest, reference: str) -> HttpResponse:
    """Why what they wrote needs no answer."""
    contact = conversing.load_boxed(request, reference)
    must(request, ANSWERS, contact)
    form, here = conversing.SettleMessages(request.POST or None), reverse("report-messages", args=[contact.reference])
    page = {"contact": contact}
    return save_or_ask(request, form, partial(settle_messages, contact), here, "desk/settle_messages.html", page)
