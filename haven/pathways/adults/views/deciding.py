"""The decision on one page (PR-11, PR-16). The system proposes, a named person decides."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from haven.casework.access.may import may
from haven.casework.desk.loading import actor_of
from haven.pathways.adults.codes import LIMBS, OUTCOMES, label, values
from haven.pathways.adults.forms.decide import AnswerLimbs, DecideConcern
from haven.pathways.adults.models import Concern
from haven.pathways.adults.operations.decision import outcomes_offered, proposed_outcome, reasons_of
from haven.pathways.adults.operations.one_page import decide_on_one_page, propose_on_one_page
from haven.pathways.adults.operations.telling import children_considered
from haven.pathways.adults.views.stepping import asked, at_stage, concern_of, opened, posted, surroundings

PAGE = "adults/decide_concern.html"
Limbs = dict[str, tuple[str, str]]


def decide_concern(request: HttpRequest, reference: str) -> HttpResponse:
    """Hear, weigh the three parts and decide, on one page; who may not decide saves a proposal."""
    case = opened(request, reference, "answer_limbs")
    at_stage(case, "concern")
    concern = concern_of(case)
    if may(actor_of(request), "adults.decide_concern", case) and "propose" not in request.POST:
        return _decide(request, concern)
    return _propose(request, concern)


def answer_limbs(request: HttpRequest, reference: str) -> HttpResponse:
    """The three parts alone, as a proposal."""
    case = opened(request, reference, "answer_limbs")
    at_stage(case, "concern")
    return _propose(request, concern_of(case))


def _propose(request: HttpRequest, concern: Concern) -> HttpResponse:
    saved = _saved(concern)
    form = AnswerLimbs(posted(request), initial={**_told(concern), **saved}, **_gaps(concern))
    run = partial(propose_on_one_page, concern)
    page: dict[str, Any] = {"version": concern.version, "template": PAGE, "proposed": _proposed(form)}
    return asked(request, concern.case, form, run, done=_("Saved as a proposal. A manager decides."), **page)


def _decide(request: HttpRequest, concern: Concern) -> HttpResponse:
    form = _deciding(concern, posted(request), _saved(concern))
    page: dict[str, Any] = {"version": concern.version, "deciding": True, "proposed": _proposed(form)}
    if "draft" in request.POST:
        drafted = _deciding(concern, _drafted(concern, request.POST, form), {})
        drafted.quietly()
        page = {**page, **surroundings(request, concern.case), "form": drafted, "proposed": _proposed(drafted)}
        return render(request, PAGE, page)
    run = partial(decide_on_one_page, concern)
    return asked(request, concern.case, form, run, template=PAGE, done=_("Decided."), **page)


def _deciding(concern: Concern, data: Any, saved: dict[str, Any]) -> DecideConcern:
    """The form, its outcome and reasons already drafted where the three parts were answered before."""
    before = {limb: (saved.get(limb, ""), saved.get(f"{limb}_reasons", "")) for limb in values(LIMBS)}
    limbs: Limbs = {limb: (data.get(limb, ""), "") for limb in before} if data is not None else before
    answered = all(answer for answer, _why in limbs.values())
    offered = outcomes_offered(concern, {limb: answer for limb, (answer, _why) in limbs.items()}) if answered else ()
    drafted = {"outcome": _outcome(concern, before), "reasons": reasons_of(before)} if saved and answered else {}
    needs_ground = concern.adult_agrees == "no" and not concern.override_ground
    gaps = _gaps(concern)
    known = {**_told(concern), **saved, **drafted}
    return DecideConcern(data, initial=known, offered=offered, ground=needs_ground, **gaps)


def _told(concern: Concern) -> dict[str, Any]:
    """What the report already said of the adult's view, for confirming (PR-16)."""
    return {"wants": concern.adult_wants, "agrees": concern.adult_agrees}


def _gaps(concern: Concern) -> dict[str, bool]:
    """What the decision still lacks, so that nothing known is asked again."""
    return {
        "hear": concern.heard is None,
        "ask_children": not children_considered(concern.contact, concern.case),
    }


def _saved(concern: Concern) -> dict[str, Any]:
    """The three parts as answered before, by whoever prepared the decision."""
    saved: dict[str, Any] = {}
    for limb in concern.limbs.all():
        given = {"_reasons": limb.reasons, "_settle_how": limb.settle_how, "_settle_by": limb.settle_by}
        saved[limb.limb] = limb.answer
        saved.update({f"{limb.limb}{part}": value for part, value in given.items()})
    return saved


def _drafted(concern: Concern, sent: QueryDict, form: DecideConcern) -> QueryDict:
    """What was sent, with the outcome proposed and the reasons drafted from the three parts."""
    data = sent.copy()
    limbs = {limb: given for limb, given in form.limbs().items() if given[0]}
    data["reasons"] = reasons_of(limbs)
    data["outcome"] = _outcome(concern, limbs) or data.get("outcome", "")
    return data


def _outcome(concern: Concern, limbs: Limbs) -> str:
    """What the parts propose, where it may be decided."""
    answers = {limb: answer for limb, (answer, _why) in limbs.items()}
    proposed = proposed_outcome(answers) if len(answers) == len(LIMBS) else ""
    return proposed if proposed in outcomes_offered(concern, answers) else ""


def _proposed(form: AnswerLimbs) -> str:
    """The proposal in words; nothing while a part is open."""
    answers = {limb: answer for limb, (answer, _why) in form.limbs().items()}
    if not all(answers.values()):
        return ""
    return label(OUTCOMES, proposed_outcome(answers)) or str(_("nothing while a part is not yet known"))
