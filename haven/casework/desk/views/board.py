"""The manager's board."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from haven.casework.access.reading import show
from haven.casework.cases.models import Case
from haven.casework.desk.board import blocks_for, loads
from haven.casework.desk.guardian import silence
from haven.casework.desk.loading import actor_of, show_people_and_reports
from haven.casework.watch.looking_out import silent_since, stands_still


def board(request: HttpRequest) -> HttpResponse:
    """What waits in my service, how long, and how much each worker holds."""
    actor, now = actor_of(request), timezone.now()
    blocks = blocks_for(actor, now)
    for block in blocks:
        show(request, *block.shown)
        show_people_and_reports(request, (each for each in block.shown if isinstance(each, Case)))
    held, looked_at = loads(actor)
    silent = silent_since(looked_at, now) if held else stands_still(now)
    context = {"blocks": blocks, "loads": held, "now": now, "silence": silence(silent)}
    return render(request, "desk/board.html", context)
