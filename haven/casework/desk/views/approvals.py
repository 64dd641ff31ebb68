"""What waits for a second person, and their answer to exactly what is shown (TR-12, TR-17)."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from haven.casework.access.reading import show, show_ids
from haven.casework.desk.approving import shown_for_approval
from haven.casework.desk.giving import NOT_FOUND, queue_of
from haven.casework.desk.giving_forms import DecideApproval
from haven.casework.desk.loading import actor_of
from haven.casework.desk.saving import save_or_ask
from haven.casework.desk.views.sharing import pdf_response
from haven.casework.letters.approving import decide_approval
from haven.casework.letters.models import Approval
from haven.casework.operations.refusals import NotAllowed


def approvals(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a second person, oldest first: how many, since when, how many overdue."""
    now = timezone.now()
    rows = queue_of(request, now)
    show(request, *(row.approval for row in rows))
    show_ids(request, "case", [row.approval.case_id for row in rows])
    overdue = sum(row.overdue for row in rows)
    return render(request, "desk/approvals.html", {"rows": rows, "overdue": overdue, "now": now})


def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Exactly what would leave, and the second person's answer."""
    approval = _approval(request, pk)
    shown = shown_for_approval(approval)
    form = DecideApproval(request.POST or None)
    run = partial(decide_approval, approval)
    page = {"approval": approval, "shown": shown, "own": approval.asked_by_id == actor_of(request).id}
    return save_or_ask(request, form, run, reverse("approvals"), "desk/decide_approval.html", page, done="Answered.")


def approval_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The very file that would leave."""
    shown = shown_for_approval(_approval(request, pk))
    if shown.content is None:
        raise NotAllowed(NOT_FOUND)
    return pdf_response(shown.content, shown.name, shown.kind)


def _approval(request: HttpRequest, pk: UUID) -> Approval:
    found = Approval.objects.visible_to(actor_of(request)).select_related("case__person", "asked_by", "decided_by")
    approval = found.filter(pk=pk).first()
    if approval is None:
        raise NotAllowed(NOT_FOUND)
    show(request, approval, approval.case)
    show_ids(request, "person", [approval.case.person_id])
    return approval
