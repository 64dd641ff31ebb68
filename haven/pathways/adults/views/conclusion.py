"""Ending an enquiry: risk, outcomes achieved, a conclusion proposed, authorised or sent back; or all on one page."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from haven.casework.access.reading import show
from haven.casework.desk.loading import actor_of
from haven.pathways.adults import operations
from haven.pathways.adults.forms import enquiry as forms
from haven.pathways.adults.forms.short_enquiry import WISHES, ConcludeShortEnquiry
from haven.pathways.adults.models import Enquiry
from haven.pathways.adults.operations.conclusion import lacking
from haven.pathways.adults.panels.known import Known, known_of
from haven.pathways.adults.views.enquiry import capacity_known, supporters
from haven.pathways.adults.views.stepping import asked, enquiry_of, nothing_to_do, onward, opened, posted


def assess_risk(request: HttpRequest, reference: str) -> HttpResponse:
    """The risk, what was done, and what became of it."""
    case = opened(request, reference, "assess_risk")
    enquiry = enquiry_of(case)
    form = forms.AssessRisk(posted(request), initial={**_risk(enquiry), "words": enquiry.risk_words})
    run = partial(operations.assess_risk, enquiry)
    return asked(request, case, form, run, version=enquiry.version, done=_("Risk recorded."))


def _risk(enquiry: Enquiry) -> dict[str, str]:
    return {
        "assessment": enquiry.risk_assessment,
        "outcome": enquiry.risk_outcome,
        "remained_because": enquiry.remained_because,
    }


def rate_outcomes(request: HttpRequest, reference: str) -> HttpResponse:
    """How far each outcome was achieved."""
    case = opened(request, reference, "rate_outcomes")
    enquiry = enquiry_of(case)
    wishes = list(enquiry.desired_outcomes.all())
    if not wishes:
        return nothing_to_do(request, case, _("No outcomes were expressed, so there is nothing to rate."))
    form = forms.RateOutcomes(posted(request), wishes=wishes)
    return asked(request, case, form, partial(operations.rate_outcomes, enquiry), done=_("Outcomes rated."))


def propose_conclusion(request: HttpRequest, reference: str) -> HttpResponse:
    """Propose the conclusion, with everything it rests on in sight."""
    case = opened(request, reference, "propose_conclusion")
    enquiry = enquiry_of(case)
    form = forms.ProposeConclusion(posted(request), initial={"words": enquiry.conclusion_words})
    run = partial(operations.propose_conclusion, enquiry)
    return asked(request, case, form, run, version=enquiry.version, done=_("Sent to be authorised."),
                 **_before(request, enquiry), lacking=lacking(enquiry))  # fmt: skip


def _before(request: HttpRequest, enquiry: Enquiry) -> dict[str, Any]:
    """The enquiry as it stands, beside the form."""
    return {"template": "adults/conclusion.html", "panel": known_of(enquiry.case, actor_of(request))}


def authorise_conclusion(request: HttpRequest, reference: str) -> HttpResponse:
    """Authorise the conclusion of somebody else's enquiry."""
    case = opened(request, reference, "authorise_conclusion")
    enquiry = enquiry_of(case)
    form = forms.AuthoriseConclusion(posted(request))
    run = partial(operations.authorise_conclusion, enquiry)
    beside = _before(request, enquiry)
    return asked(request, case, form, run, done=_("Conclusion authorised."), to=onward, may_send_back=True, **beside)


def send_back_conclusion(request: HttpRequest, reference: str) -> HttpResponse:
    """Send the conclusion back to the officer."""
    case = opened(request, reference, "send_back_conclusion")
    enquiry = enquiry_of(case)
    form = forms.SendBackConclusion(posted(request))
    run = partial(operations.send_back_conclusion, enquiry)
    return asked(request, case, form, run, done=_("Sent back to the officer."), **_before(request, enquiry))


def conclude_short_enquiry(request: HttpRequest, reference: str) -> HttpResponse:
    """A whole short enquiry on one page."""
    case = opened(request, reference, "conclude_short_enquiry")
    enquiry, known = enquiry_of(case), known_of(case, actor_of(request))
    people, spoken = supporters(case), bool(known.conversations)
    show(request, *people)
    form = ConcludeShortEnquiry(posted(request), people=people, spoken=spoken, initial=_so_far(enquiry, known))
    run = partial(operations.conclude_short_enquiry, enquiry)
    return asked(request, case, form, run, version=enquiry.version, done=_("Sent to be authorised."))


def _so_far(enquiry: Enquiry, known: Known) -> dict[str, Any]:
    """Everything already known of the enquiry, so that nothing is asked twice."""
    wishes = known.asked_for or [{"words": known.concern["adult_wants"], "by_adult": "", "by_worker": ""}]
    rows = {
        f"{part}_{n}": wish[name]
        for n, wish in enumerate(wishes[:WISHES], 1)
        for part, name in (("wish", "words"), ("adult", "by_adult"), ("worker", "by_worker"))
    }
    asked_before = enquiry.asked or ("expressed" if known.concern["adult_wants"] else "")
    talk = {"happened_at": timezone.now(), "how": "visit", "asked": asked_before, "because": enquiry.not_asked_because}
    words = {"risk_words": enquiry.risk_words, "conclusion": enquiry.conclusion_words}
    return {**talk, **rows, **_risk(enquiry), **words, **capacity_known(enquiry)}
