"""Who may read a case: on its page, given and ended by a manager, kept to named people and opened again."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from haven.casework.access.may import may
from haven.casework.access.models import CaseRelationship
from haven.casework.access.reading import show, show_ids
from haven.casework.access.roles import CASE_READERS
from haven.casework.cases.models import Case
from haven.casework.desk import looks
from haven.casework.desk.keeping import kept_cases, kept_reports, met_reports, readers_of
from haven.casework.desk.keeping_forms import KeepCase, LiftCase, NameOnCase, TieToCase
from haven.casework.desk.loading import actor_of, load_case
from haven.casework.desk.saving import run_or_say, save_or_ask
from haven.casework.operations.refusals import NotAllowed
from haven.casework.watch import keeping, ties

READERS = "desk/case_readers.html"
FORM = "desk/keeping_form.html"


@require_GET
def readers(request: HttpRequest, reference: str) -> HttpResponse:
    """Who may read this case, and why."""
    case, actor, now = load_case(request, reference), actor_of(request), timezone.now()
    page = {"case": case, "rows": readers_of(case, now), "kept": keeping.standing_of(case), "now": now}
    page |= {"manages": may(actor, "watch.tie", case), "follows": looks.follows(actor, case)}
    return render(request, READERS, page)


def tie(request: HttpRequest, reference: str) -> HttpResponse:
    """Let one more person read an open case."""
    case = _managed(request, reference, "watch.tie")
    roles = tuple(dict.fromkeys(role for _said, held in ties.GIVEN.values() for role in held))
    form = TieToCase(ties.candidates_for(case, roles, timezone.now()), request.POST or None)
    page = {"case": case, "title": _("Let somebody read this case"), "submit": _("Let them read it")}
    return save_or_ask(request, form, partial(ties.tie, case), _readers(case), FORM, page, done=_("Done."))


@require_POST
def untie(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """End what lets somebody read the case."""
    case = load_case(request, reference)
    held = CaseRelationship.objects.live(timezone.now()).filter(case=case, pk=pk).first()
    if held is None:
        raise NotAllowed("We could not find that page.")
    held.case = case
    return run_or_say(request, partial(ties.untie, held), _readers(case), done=_("Ended."))


def keep_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Restrict or seal the case."""
    case = _managed(request, reference, "watch.keep_case")
    form = KeepCase(ties.candidates_for(case, CASE_READERS, timezone.now()), request.POST or None)
    page = {"case": case, "title": _("Keep this case to named people"), "submit": _("Keep it to them"), "warns": True}
    done = _("Kept to the people you named. The guardian has been told.")
    return save_or_ask(request, form, partial(keeping.keep_case, case), reverse("home"), FORM, page, done=done)


def lift_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Open it to colleagues again."""
    case = _managed(request, reference, "watch.lift_case")
    page = {"case": case, "title": _("Open it to colleagues again"), "submit": _("Open it again")}
    run, onward = partial(keeping.lift_case, case), reverse("home")
    return save_or_ask(request, LiftCase(request.POST or None), run, onward, FORM, page, done=_("Open again."))


def name_on_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Name one more person on a kept case."""
    case = _managed(request, reference, "watch.name_on_case")
    form = NameOnCase(ties.candidates_for(case, CASE_READERS, timezone.now()), request.POST or None)
    page = {"case": case, "title": _("Name somebody on this case"), "submit": _("Name them")}
    return save_or_ask(request, form, partial(keeping.name_on_case, case), _readers(case), FORM, page, done=_("Named."))


@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """What is kept to me: cases, reports, and reports that may be about somebody of my cases."""
    actor = actor_of(request)
    cases, reports, met = list(kept_cases(actor)), list(kept_reports(actor)), list(met_reports(actor))
    show(request, *cases, *(each.contact for each in reports), *met)
    show_ids(request, "person", [case.person_id for case in cases])
    return render(request, "desk/kept.html", {"cases": cases, "reports": reports, "met": met, "now": timezone.now()})


def _managed(request: HttpRequest, reference: str, permission: str) -> Case:
    case = load_case(request, reference)
    if not may(actor_of(request), permission, case):
        raise NotAllowed("We could not find that page.")
    return case


def _readers(case: Case) -> str:
    return reverse("case-readers", args=[case.reference])
