"""Who sends to us by their own system, and what of it may be missing."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from haven.casework.access.may import may
from haven.casework.desk import senders as watched
from haven.casework.desk.loading import actor_of
from haven.casework.desk.saving import save_or_ask
from haven.casework.desk.senders_forms import ExplainGap
from haven.casework.partners.operations.explaining import explain_gap as explain


def senders(request: HttpRequest) -> HttpResponse:
    """Every sender: last heard, how often it sends, whether something may be missing."""
    actor, now = actor_of(request), timezone.now()
    return render(request, "desk/senders.html", {"senders": watched.senders(actor, now), "now": now})


def sender(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One sender: what may be missing, what was explained, and both counts of its last days."""
    actor, now = actor_of(request), timezone.now()
    partner = watched.sender_of(actor, pk)
    rhythm, days = watched.days_of(actor, partner, now)
    gaps = [(gap, watched.said(gap)) for gap in partner.gaps.select_related("explained_by").order_by("-found_at")[:100]]
    still = [(gap, words) for gap, words in gaps if gap.closed_at is None]
    context = {"partner": partner, "rhythm": rhythm, "days": days, "still": still, "now": now}
    context["closed"] = [(gap, words) for gap, words in gaps if gap.closed_at is not None]
    context["explains"] = bool(still) and may(actor, "partners.explain_gap", still[0][0])
    return render(request, "desk/sender.html", context)


def explain_gap(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say why something did not come, or need not."""
    gap = watched.gap_of(actor_of(request), pk)
    form, onward = ExplainGap(request.POST or None), reverse("sender", args=[gap.partner_id])
    context = {"gap": gap, "words": watched.said(gap), "onward": onward}
    return save_or_ask(
        request, form, partial(explain, gap), onward, "desk/explain_gap.html", context, done="Explained."
    )
