"""Telling everybody who told us and still waits, at once: a letter of their own each, side by side (TR-10, PR-21).

Only letters whose wording is fixed (a receipt, the stage) go from here; an outcome has words of its own, and goes to
one at a time or, approved by a second person, as a summary to several.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from haven.casework.cases.models import Case
from haven.casework.desk.loading import actor_of
from haven.casework.desk.saving import run_or_say
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import Refusal
from haven.pathways.adults import operations
from haven.pathways.adults.operations.levels import level_allowed
from haven.pathways.adults.panels.known import known_of
from haven.pathways.adults.panels.telling import untold
from haven.pathways.adults.views.feedback import WRITTEN, Telling, address_and_letter, best_way, reports_of
from haven.pathways.adults.views.stepping import onward, opened, surroundings

PAGE = "adults/tell_everybody.html"


class NotAsShown(Refusal):
    """A letter is not the one that was shown, or somebody more waits."""


def tell_everybody(request: HttpRequest, reference: str) -> HttpResponse:
    """Each letter as it would leave, and sending each to its own reader."""
    case = opened(request, reference, "send_feedback")
    tellings = tellings_of(request, case)
    if request.method == "POST" and tellings:
        return run_or_say(request, _sending(request, case, tellings), onward(case), done=_("Told, each on their own."))
    written = [each for each in tellings if each.body]
    page = {"tellings": tellings, "written": len(written), "fingerprints": fingerprints(tellings), "back": onward(case)}
    return render(request, PAGE, {**page, **surroundings(request, case)})


def tellings_of(request: HttpRequest, case: Case) -> list[Telling]:
    """Those who wait, each with the letter of fixed wording that they may have now."""
    waiting = untold(known_of(case, actor_of(request)))
    return [_telling(case, contact) for contact in reports_of(request, case) if str(contact.pk) in waiting]


def _telling(case: Case, contact: Any) -> Telling:
    allowed = level_allowed(case, contact)
    telling = Telling(contact, allowed, how=best_way(contact))
    address_and_letter(telling, case, "receipt" if allowed.level == "receipt" else "stage")
    return telling


def _sending(request: HttpRequest, case: Case, tellings: list[Telling]) -> Any:
    """All or none, and only the very letters that were shown."""
    seen = request.POST.get("seen", "")

    def run(*, by: Actor, at: datetime) -> None:
        if seen != fingerprints(tellings):
            raise NotAsShown("What somebody may be told has changed. Read the letters again, then send.")
        for each in tellings:
            if each.how in WRITTEN and each.body:
                level = "receipt" if each.allowed.level == "receipt" else "stage"
                operations.send_feedback(case, contact=each.contact, level=level, how=each.how, by=by, at=at)

    return run


def fingerprints(tellings: list[Telling]) -> str:
    """Of every letter that was shown, in order."""
    return " ".join(each.seen for each in tellings)
