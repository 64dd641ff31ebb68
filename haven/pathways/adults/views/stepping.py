"""How every step of a case is opened and asked: by who may take it, with what is known above the questions."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from haven.casework.access.may import may
from haven.casework.access.reading import show_ids
from haven.casework.cases.models import Case
from haven.casework.desk.loading import actor_of, load_case
from haven.casework.desk.saving import save_or_ask
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.pathways.adults.forms.step import StepForm
from haven.pathways.adults.models import Concern, Enquiry, SafeguardingPlan
from haven.pathways.adults.operations.answers import WrongTime
from haven.pathways.adults.panels.strip import strip_of


def opened(request: HttpRequest, reference: str, permission: str, *related: str) -> Case:
    """The case, for a reader who may take this step; for anybody else there is nothing there."""
    case = load_case(request, reference, "concern__contact__referrer", *related)
    if not may(actor_of(request), f"adults.{permission}", case) or not hasattr(case, "concern"):
        raise NotAllowed("We could not find that page.")
    return case


def posted(request: HttpRequest) -> MultiValueDict[str, Any] | None:
    """What was sent, even where nothing was filled in; None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def case_url(case: Case) -> str:
    """The page of the case."""
    return reverse("case", args=[case.reference])


def onward(case: Case) -> str:
    """Where a step of closing leads: back to what is still missing, until the case is closed."""
    return reverse("prepare-closing", args=[case.reference]) if case.stage == "closing" else case_url(case)


def asked(
    request: HttpRequest,
    case: Case,
    form: StepForm,
    run: Callable[..., Any],
    *,
    done: Any = "",
    version: int | None = None,
    template: str = "adults/step.html",
    to: Callable[[Case], str] = case_url,
    **context: Any,
) -> HttpResponse:
    """Save the step, or show its page: what is known, then the questions."""
    page = {"version": version, "back": case_url(case), **surroundings(request, case), **context}
    return save_or_ask(request, form, run, lambda _result: to(case), template, page, done=str(done))


def surroundings(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What stands above every form of the case, so that nobody flips pages."""
    now = timezone.now()
    strip = strip_of(case, actor_of(request), now)
    show_ids(request, "contact", [UUID(row["id"]) for row in strip.known.reports])
    show_ids(request, "person", [UUID(row["person_id"]) for row in strip.known.alleged if row["person_id"]])
    show_ids(request, "case", [UUID(row["case_id"]) for row in strip.known.earlier])
    return {"case": case, "now": now, "strip": strip}


def on_chosen(operation: Callable[..., Any], case: Case) -> Callable[..., Any]:
    """The operation on the record that the form's `subject` chose."""

    def run(*, subject: Any, by: Actor, at: Any, **answers: Any) -> Any:
        if hasattr(type(subject), "case"):
            subject.case = case
        return operation(subject, by=by, at=at, **answers)

    return run


def concern_of(case: Case) -> Concern:
    """The concern of the case, with the same case upon it."""
    concern = cast(Any, case).concern
    concern.case = case
    return cast(Concern, concern)


def enquiry_of(case: Case) -> Enquiry:
    """The enquiry that is going on in the case; refused where there is none."""
    enquiry = Enquiry.objects.running().select_related("participation").filter(case=case).first()
    if enquiry is None:
        raise WrongTime("There is no enquiry going on in this case. Open the case to see where it has got to.")
    enquiry.case = case
    return enquiry


def plan_of(case: Case) -> SafeguardingPlan:
    """The plan that runs; refused where there is none."""
    plan = SafeguardingPlan.objects.filter(case=case, ended_at=None).first()
    if plan is None:
        raise WrongTime("There is no safeguarding plan running in this case.")
    plan.case = case
    return plan


def at_stage(case: Case, *stages: str) -> None:
    """Refuse a page that makes no sense at this stage, saying so."""
    if case.stage not in stages:
        raise WrongTime("The case has moved on, so this step is not open now. Open the case to see what comes next.")


def chosen_first(request: HttpRequest, records: Any) -> dict[str, Any]:
    """The record an address asks for, or the only one, as the answer already given."""
    found = list(records)
    wanted = request.GET.get("which", "")
    first = next((each for each in found if str(each.pk) == wanted), found[0] if len(found) == 1 else None)
    return {"subject": first.pk} if first is not None else {}


def nothing_to_do(request: HttpRequest, case: Case, words: Any) -> HttpResponse:
    """Back to the case, saying that there is nothing left to do here."""
    messages.info(request, str(words))
    return redirect(case_url(case))


def uuid_or_none(text: str) -> UUID | None:
    """An id from an address, or nothing."""
    try:
        return UUID(text)
    except ValueError:
        return None
