"""The disclosure desk: packs of what is held, answered item by item, made, approved, given."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from haven.casework.access.predicates import related
from haven.casework.desk import giving
from haven.casework.desk.copying import REASON, blocks_of
from haven.casework.desk.giving_forms import AnswerItem, StartPack
from haven.casework.desk.loading import actor_of, load_case
from haven.casework.desk.saving import run_or_say, save_or_ask
from haven.casework.desk.views.cases import seen
from haven.casework.desk.views.sharing import pdf_response
from haven.casework.disclosure import asking, packing
from haven.casework.disclosure.copying import copy_for_main_record
from haven.casework.disclosure.holding import words_of_item
from haven.casework.disclosure.models import DisclosurePack, PackItem, RedactedCopy
from haven.casework.letters.approving import approval_of
from haven.casework.operations.refusals import NotAllowed
from haven.casework.operations.versions import version_of


def disclosure(request: HttpRequest, reference: str) -> HttpResponse:
    """The packs of this case, and beginning one."""
    case = giving.load_disclosed(request, reference)
    giving.must(request, "disclosure.pack", case)
    packs = DisclosurePack.objects.filter(case=case).select_related("started_by").order_by("-started_at")
    form = StartPack(request.POST or None, initial={"purpose": "subject_access"})
    page = {"case": case, "packs": packs, "reads": related(actor_of(request), case)}
    return save_or_ask(request, form, partial(packing.start_pack, case), pack_url, "desk/disclosure.html", page)


def pack_url(pack: DisclosurePack) -> str:
    """Where a pack is worked on."""
    return reverse("pack", args=[pack.case.reference, pack.pk])


def pack(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Every item, what is done with it and why; how far it has come; what was made."""
    found = _pack(request, reference, pk)
    items = list(found.items.select_related("case", "decided_by").order_by("dated_at", "id"))
    standing = giving.standing_of(approval_of(found), found.sha256) if found.sha256 else ("Not made yet", "grey")
    page = {"case": found.case, "pack": found, "items": items, "counts": giving.counts_of(items), "standing": standing}
    return render(request, "desk/pack.html", page)


def answer_item(request: HttpRequest, reference: str, pk: UUID, item_pk: UUID) -> HttpResponse:
    """One item: what it says, and what is done with it."""
    found = _pack(request, reference, pk)
    item = _item(found, item_pk)
    copies = (
        list(RedactedCopy.objects.filter(case=found.case, document_id=item.held_id)) if item.kind == "document" else []
    )
    form = AnswerItem(request.POST or None, copies=copies, is_document=item.kind == "document", initial=_given(item))
    page = {"case": found.case, "pack": found, "item": item, "words": words_of_item(item.kind, item.held_id)}
    page["version"] = version_of(item)
    run = partial(packing.answer_item, item)
    return save_or_ask(request, form, run, pack_url(found), "desk/answer_item.html", page, done=_("Answered."))


def _item(found: DisclosurePack, pk: UUID) -> PackItem:
    item = found.items.select_related("case").filter(pk=pk).first()
    if item is None:
        raise NotAllowed(giving.NOT_FOUND)
    item.pack = found
    return item


def _given(item: PackItem) -> dict[str, Any]:
    proposed = {"answer": "withhold", "reason": item.held_back} if item.held_back else {}
    answered = {"answer": item.answer, "reason": item.reason, "words": item.words, "terms": "\n".join(item.terms)}
    return {**answered, "copy": str(item.copy_id or "")} if item.answer else proposed


def make_pack(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Have the pack made."""
    found = _pack(request, reference, pk)
    return run_or_say(request, partial(asking.ask_pack, found), pack_url(found), done=_("The pack is being made."))


def give_pack(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Give the pack: the file, once a second person has approved it; that it was given is written down."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found = _pack(request, reference, pk)
    return pdf_response(packing.give_pack(found, by=actor_of(request), at=timezone.now()), "pack.pdf")


def copy_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The case and its decisions as a PDF for the main record, in one press (PR-20)."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    case = load_case(request, reference)
    request.read_reason = REASON  # type: ignore[attr-defined]
    blocks = blocks_of(seen(request, case))
    return pdf_response(copy_for_main_record(case, blocks=blocks, by=actor_of(request), at=timezone.now()), "copy.pdf")


def _pack(request: HttpRequest, reference: str, pk: UUID) -> DisclosurePack:
    return giving.load_pack(request, giving.load_disclosed(request, reference), pk)
