"""Files that somebody must decide about."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from haven.casework.desk import waiting_files
from haven.casework.desk.saving import save_or_ask
from haven.casework.desk.waiting_forms import DecideFile


def files(request: HttpRequest) -> HttpResponse:
    """Files kept apart, held for the virus scan and not scanned: how many, since when, who decides."""
    now = timezone.now()
    return render(request, "desk/waiting_files.html", {"lists": waiting_files.lists_for(request, now), "now": now})


def decide_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was found in one file, and what becomes of it."""
    document = waiting_files.load_waiting(request, pk)
    form = DecideFile(request.POST or None)
    run = partial(waiting_files.decide_file, document)
    page = {"document": document}
    return save_or_ask(request, form, run, reverse("waiting-files"), "desk/decide_file.html", page, done="Decided.")
