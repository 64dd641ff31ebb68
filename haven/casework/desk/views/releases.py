"""What waits for two people to release it or not (TR-08)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from haven.casework.access.may import may
from haven.casework.access.reading import show
from haven.casework.cases.models import Case
from haven.casework.deliveries import release as releasing
from haven.casework.deliveries.models import Release
from haven.casework.desk.loading import actor_of, show_people_and_reports
from haven.casework.desk.protected_forms import ReleaseOrNot
from haven.casework.desk.saving import save
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed


def releases(request: HttpRequest) -> HttpResponse:
    """Everything of the reader's cases that waits to be released, the oldest first."""
    waiting = list(_seen(request).waiting().order_by("asked_at"))
    show(request, *(each.case for each in waiting))
    return render(request, "desk/releases.html", {"waiting": waiting, "now": timezone.now()})


def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read it as it would leave, and let it go or not."""
    found, by = _seen(request).filter(pk=pk).first(), actor_of(request)
    if found is None or not may(by, "deliveries.open_release", found):
        raise NotAllowed("We could not find that page.")
    show(request, found.case)
    show_people_and_reports(request, [found.case])
    form = ReleaseOrNot(request.POST or None)
    saved = save(request, form, lambda **answers: _decide(found, **answers), reverse("releases"), done="Recorded.")
    if saved is not None:
        return saved
    request.shows_protected = True  # type: ignore[attr-defined]
    item = releasing.open_release(found, by=by, at=timezone.now())
    page = {"release": found, "item": item, "form": form, "now": timezone.now()}
    return render(request, "desk/release.html", page, status=422 if form.errors else 200)


def _decide(found: Release, *, answer: str, reasons: str, by: Actor, at: datetime) -> Any:
    decide = releasing.release if answer == "release" else releasing.decline_release
    return decide(found, reasons=reasons, by=by, at=at)


def _seen(request: HttpRequest) -> Any:
    cases = Case.objects.visible_to(actor_of(request))
    related = ("case__person", "asked_by", "first_by", "second_by")
    return Release.objects.filter(case__in=cases).select_related(*related)
