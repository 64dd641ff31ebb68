"""The safeguarding plan: one page for each of its operations."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from haven.casework.desk.loading import actor_of
from haven.pathways.adults import operations
from haven.pathways.adults.forms import plan as forms
from haven.pathways.adults.models import PlanAction
from haven.pathways.adults.panels.known import known_of
from haven.pathways.adults.views.stepping import (
    asked,
    at_stage,
    chosen_first,
    nothing_to_do,
    on_chosen,
    onward,
    opened,
    plan_of,
    posted,
)


def agree_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Agree a safeguarding plan."""
    case = opened(request, reference, "agree_plan")
    at_stage(case, "enquiry", "plan")
    form = forms.AgreePlan(posted(request))
    return asked(request, case, form, partial(operations.agree_plan, case), done=_("Plan agreed."))


def change_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Change the plan's words."""
    case = opened(request, reference, "change_plan")
    plan = plan_of(case)
    known = {name: getattr(plan, name) for name in ("words", "triggers", "contingency", "adult_agrees")}
    form = forms.ChangePlan(posted(request), initial=known)
    run = partial(operations.change_plan, plan)
    return asked(request, case, form, run, version=plan.version, done=_("Plan changed."))


def add_plan_action(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a step to the plan."""
    case = opened(request, reference, "add_plan_action")
    run = partial(operations.add_plan_action, plan_of(case))
    return asked(request, case, forms.AddPlanAction(posted(request)), run, done=_("Step added."))


def finish_plan_action(request: HttpRequest, reference: str) -> HttpResponse:
    """A step is done, or passed on."""
    case = opened(request, reference, "finish_plan_action")
    steps = PlanAction.objects.filter(case=case, done_at=None, transferred_to="").order_by("due_on")
    if not steps:
        return nothing_to_do(request, case, _("Every step of the plan is done or passed on."))
    form = forms.FinishPlanAction(posted(request), records=steps, initial=chosen_first(request, steps))
    return asked(request, case, form, on_chosen(operations.finish_plan_action, case), done=_("Recorded."), to=onward)


def review_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Look at the plan again."""
    case = opened(request, reference, "review_plan")
    run = partial(operations.review_plan, plan_of(case))
    beside: dict[str, Any] = {"template": "adults/review_plan.html", "panel": known_of(case, actor_of(request))}
    return asked(request, case, forms.ReviewPlan(posted(request)), run, done=_("Review recorded."), to=onward, **beside)


def end_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """End the plan."""
    case = opened(request, reference, "end_plan")
    plan = plan_of(case)
    run = partial(operations.end_plan, plan)
    beside: dict[str, Any] = {"template": "adults/review_plan.html", "panel": known_of(case, actor_of(request))}
    form = forms.EndPlan(posted(request))
    return asked(request, case, form, run, version=plan.version, done=_("Plan ended."), to=onward, **beside)
