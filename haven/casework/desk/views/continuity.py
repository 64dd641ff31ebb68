"""The continuity packs: which there are, fetching one, the words that open it. The second factor first (TR-36)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from haven.casework.access.reading import show_ids
from haven.casework.access.step_up import prove_again, proved_lately
from haven.casework.desk.continuity import pack_name
from haven.casework.desk.loading import actor_of
from haven.casework.operations.refusals import NotAllowed
from haven.casework.upkeep import operations
from haven.casework.upkeep.models import ContinuityPack


def continuity(request: HttpRequest) -> HttpResponse:
    """The newest packs for this reader, and how to open them."""
    now = timezone.now()
    packs = list(ContinuityPack.objects.visible_to(actor_of(request)).newest().select_related("authority", "keeper"))
    shown = [{"pack": pack, "stale": pack.is_stale(now)} for pack in packs]
    return render(request, "desk/continuity.html", {"packs": shown, "now": now})


def fetch_pack(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The pack as a file. It is a look at every case in it."""
    pack, now = _pack(request, pk), timezone.now()
    if not proved_lately(request, now):
        return prove_again(request)
    content = operations.fetch_pack(pack, by=actor_of(request), at=now)
    show_ids(request, "case", pack.case_ids)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{pack_name(pack)}"'
    return answer


def pack_words(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The words that open the pack, to write on paper."""
    pack, now = _pack(request, pk), timezone.now()
    if not proved_lately(request, now):
        return prove_again(request)
    words = operations.show_words(pack, by=actor_of(request), at=now)
    return render(request, "desk/pack_words.html", {"pack": pack, "words": words})


def _pack(request: HttpRequest, pk: UUID) -> ContinuityPack:
    packs = ContinuityPack.objects.visible_to(actor_of(request)).select_related("authority", "keeper")
    found = packs.filter(pk=pk).first()
    if found is None:
        raise NotAllowed("We could not find that page.")
    return found
