"""Keeping what somebody types while they type, finding it again, and throwing it away (TR-31)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haven.casework.access.signed_in import account_of
from haven.casework.desk.typed import FILES, PATH, give_back, give_back_no_more, typing_in
from haven.casework.drafts.models import Draft
from haven.casework.drafts.typing import keep_typing, kept_typing, one_kept, throw_away
from haven.casework.operations.refusals import NotAllowed, Refusal
from haven.design.moments import clock_in_words, moment_in_words

REFUSED = 422


@require_POST
def keep_typed_form(request: HttpRequest) -> JsonResponse:
    """Keep a form of one's own as it is now; reached while the screen is locked, and nobody is there by it."""
    at = timezone.now()
    typing = typing_in(request.POST, request.POST.get(PATH, ""), has_files=FILES in request.POST)
    if typing is None:
        return JsonResponse({"said": ""}, status=REFUSED)
    try:
        kept = keep_typing(typing, owner_id=account_of(request).pk, at=at)
    except Refusal as refusal:
        return JsonResponse({"said": str(refusal)}, status=REFUSED)
    said = _("Kept at %(clock)s. Nothing is sent yet.") % {"clock": clock_in_words(at)}
    return JsonResponse({"said": said if kept else "", "sent": not kept})


@require_POST
def find_kept(request: HttpRequest) -> JsonResponse:
    """What was kept of the pages that these forms are sent to: which, and since when. None of the words."""
    owner_id, at = account_of(request).pk, timezone.now()
    newest: dict[str, Draft] = {}
    for draft in kept_typing(owner_id=owner_id, at=at, paths=request.POST.getlist(PATH)):
        newest.setdefault(draft.data["path"], draft)
    found = {path: {"id": str(draft.pk), "when": moment_in_words(draft.updated_at)} for path, draft in newest.items()}
    return JsonResponse({"kept": found})


@require_POST
def open_kept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go to the page with what was kept of it."""
    path = kept_of(request, pk).data["path"]
    give_back(request, path, pk)
    return HttpResponseRedirect(path)


@require_POST
def throw_away_kept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget what was kept, and go back to the page, or to one's work."""
    path = kept_of(request, pk).data["path"]
    throw_away(pk, owner_id=account_of(request).pk)
    give_back_no_more(request, path)
    messages.success(request, _("Thrown away. Nothing was sent."))
    return HttpResponseRedirect(path if request.POST.get("back") == "page" else reverse("home"))


def kept_of(request: HttpRequest, pk: UUID) -> Draft:
    """One's own kept typing; anybody else's is not there."""
    draft = one_kept(pk, owner_id=account_of(request).pk, at=timezone.now())
    if draft is None:
        raise NotAllowed("We could not find that.")
    return draft
