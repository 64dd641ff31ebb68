"""Closing: one page that shows only what is missing, and the pages that settle each (PR-12, PR-16)."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from haven.casework.access.may import may
from haven.casework.cases.models import Case
from haven.casework.desk.loading import actor_of
from haven.casework.desk.saving import run_or_say
from haven.pathways.adults import operations
from haven.pathways.adults.forms import closing as forms
from haven.pathways.adults.forms.decision import RecordDestination
from haven.pathways.adults.models import Closing
from haven.pathways.adults.operations.gaps import Gap, closing_gaps
from haven.pathways.adults.panels.known import known_of
from haven.pathways.adults.panels.telling import untold_rows
from haven.pathways.adults.views.stepping import asked, at_stage, concern_of, onward, opened, posted, surroundings

OF_THE_FORM = ("children", "how_to_come_back")
"""Gaps that the form of closing itself asks about."""

ON_THE_PAGE = ("adult_told", "destination", "feedback")
"""Gaps with a form or a link of their own on the page."""


def prepare_closing(request: HttpRequest, reference: str) -> HttpResponse:
    """What still stands between the case and closing, each with what settles it."""
    case = opened(request, reference, "prepare_closing")
    if request.method == "POST":
        run = partial(operations.prepare_closing, case)
        return run_or_say(request, run, reverse("prepare-closing", args=[case.reference]), done=_("Closing begun."))
    page = {**surroundings(request, case), **_closing_page(request, case)}
    return render(request, "adults/prepare_closing.html", page)


def close_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Close the case."""
    case = opened(request, reference, "close_case")
    page = _closing_page(request, case)
    form = page.pop("close_form") or _close_form(case, page["gaps"], posted(request))
    run = partial(operations.close_case, case)
    page["version"] = page["closing"] and page["closing"].version
    return asked(request, case, form, run, done=_("Case closed."), template="adults/prepare_closing.html",
                 close_form=form, **page)  # fmt: skip


def _closing_page(request: HttpRequest, case: Case) -> dict[str, Any]:
    """The gaps, and a form for each that one answer settles."""
    closing = Closing.objects.filter(case=case).first()
    gaps = closing_gaps(case, closing)
    others = [gap for gap in gaps if gap.code not in OF_THE_FORM]
    may_close = may(actor_of(request), "adults.close_case", case)
    closes = case.stage == "closing" and not others and may_close
    return {
        **_forms_of(request, case, {gap.code for gap in gaps}),
        "closing": closing,
        "gaps": gaps,
        "others": [_step(case, gap) for gap in others if gap.code not in ON_THE_PAGE],
        "close_form": _close_form(case, gaps, posted(request)) if closes else None,
        "may_close": may_close,
    }


def _forms_of(request: HttpRequest, case: Case, missing: set[str]) -> dict[str, Any]:
    """A form for each gap that the page itself settles."""
    return {
        "tell_form": _tell_form() if "adult_told" in missing else None,
        "destination_form": _destination_form(concern_of(case)) if "destination" in missing else None,
        "untold": untold_rows(known_of(case, actor_of(request))) if "feedback" in missing else [],
    }


def _step(case: Case, gap: Gap) -> dict[str, str]:
    """A gap that is settled on a page of its own."""
    words = gap.words[0].upper() + gap.words[1:]
    return {"words": words, "url": reverse(gap.url_name, args=[case.reference])}


def _tell_form() -> forms.TellAdult:
    return forms.TellAdult(auto_id="tell-%s", initial={"told_at": timezone.now()})


def _destination_form(concern: Any) -> RecordDestination:
    known = {"sent_at": concern.destination_sent_at or timezone.now(), "accepted_by": concern.destination_accepted_by}
    return RecordDestination(auto_id="sent-%s", initial=known)


def _close_form(case: Case, gaps: list[Gap], data: Any) -> forms.CloseCase:
    """The form of closing, all that is known filled in: only what is missing is left to answer."""
    authority, ended = case.authority, case.__dict__.get("known_here")
    planned = bool(ended and ended.plans)
    number = f" on {authority.telephone}" if authority.telephone else ""
    known = {
        "how_to_come_back": _("Ring %(name)s%(number)s and give the reference %(reference)s.")
        % {"name": authority.name, "number": number, "reference": case.reference},
        "plan_status": "ended" if planned else "none_needed",
    }
    ask_children = "children" in {gap.code for gap in gaps}
    return forms.CloseCase(data, ask_children=ask_children, initial=known, auto_id="close-%s")


def tell_adult(request: HttpRequest, reference: str) -> HttpResponse:
    """When and how the adult was told, or why not."""
    case = opened(request, reference, "tell_adult")
    closing = Closing.objects.filter(case=case).first()
    told = closing.adult_told_at if closing else None
    known = {
        "told": forms.TOLD if told else forms.NOT_TOLD if closing and closing.adult_not_told_because else "",
        "told_at": told or timezone.now(), "how": closing.adult_told_how if closing else "",
        "because": closing.adult_not_told_because if closing else "",
    }  # fmt: skip
    form = forms.TellAdult(posted(request), initial=known)
    run = partial(operations.tell_adult, case)
    version = closing.version if closing else None
    return asked(request, case, form, run, version=version, done=_("Recorded whether the adult was told."), to=onward)


def reopen_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Open the case again."""
    case = opened(request, reference, "reopen_case")
    at_stage(case, "closed", "closing")
    concern = concern_of(case)
    kind = concern.outcome if concern.outcome in ("section_42", "other") else ""
    form = forms.ReopenCase(posted(request), initial={"kind": kind})
    return asked(request, case, form, partial(operations.reopen_case, case), done=_("Case opened again."))
