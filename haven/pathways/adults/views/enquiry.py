"""Making an enquiry: one page for each operation of the stage."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from haven.casework.access.reading import show
from haven.casework.access.roles import CASE_READERS, DECIDES
from haven.casework.cases.models import Involvement
from haven.casework.desk.loading import actor_of
from haven.casework.people.models import Person
from haven.pathways.adults import operations
from haven.pathways.adults.forms import enquiry as forms
from haven.pathways.adults.models import Action
from haven.pathways.adults.views.allocating import COLUMNS, holders, loads
from haven.pathways.adults.views.stepping import (
    asked,
    chosen_first,
    enquiry_of,
    nothing_to_do,
    on_chosen,
    onward,
    opened,
    posted,
)

SUPPORTERS = ("carer", "representative", "advocate", "appropriate_person", "attorney", "household")


def allocate_enquiry(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the enquiry to a named officer."""
    case = opened(request, reference, "allocate_enquiry")
    enquiry, officers = enquiry_of(case), holders(case, CASE_READERS)
    known = {"officer": enquiry.officer_id or case.worker_id, "lead_by": enquiry.lead_id}
    form = forms.AllocateEnquiry(posted(request), officers=officers, leads=holders(case, DECIDES), initial=known)
    run = partial(operations.allocate_enquiry, enquiry)
    rows = loads(officers, actor_of(request))
    table: dict[str, Any] = {"rows": rows, "columns": COLUMNS, "template": "adults/allocate_enquiry.html"}
    return asked(request, case, form, run, version=enquiry.version, done=_("Enquiry allocated."), **table)


def record_conversation(request: HttpRequest, reference: str) -> HttpResponse:
    """A conversation with the adult."""
    case = opened(request, reference, "record_conversation")
    form = forms.RecordConversation(posted(request), initial={"happened_at": timezone.now(), "with_whom": "adult"})
    return asked(request, case, form, partial(operations.record_conversation, case), done=_("Conversation recorded."))


def record_attempt(request: HttpRequest, reference: str) -> HttpResponse:
    """Tried, no answer."""
    case = opened(request, reference, "record_attempt")
    form = forms.RecordAttempt(posted(request), initial={"happened_at": timezone.now(), "how": "telephone"})
    return asked(request, case, form, partial(operations.record_attempt, case), done=_("Recorded: tried, no answer."))


def record_outcomes_asked(request: HttpRequest, reference: str) -> HttpResponse:
    """What the adult wants to happen."""
    case = opened(request, reference, "record_outcomes_asked")
    enquiry = enquiry_of(case)
    wishes = "\n".join(enquiry.desired_outcomes.values_list("words", flat=True))
    known = {
        "asked": enquiry.asked, "outcomes": wishes or case.concern.adult_wants,
        "because": enquiry.not_asked_because, "whom": enquiry.asked_whom or "adult",
    }  # fmt: skip
    form = forms.RecordOutcomesAsked(posted(request), initial=known)
    run = partial(operations.record_outcomes_asked, enquiry)
    return asked(request, case, form, run, version=enquiry.version, done=_("Recorded what the adult wants."))


def record_capacity(request: HttpRequest, reference: str) -> HttpResponse:
    """Capacity, and support to take part."""
    case = opened(request, reference, "record_capacity")
    enquiry = enquiry_of(case)
    people = supporters(case)
    show(request, *people)
    form = forms.RecordCapacity(posted(request), people=people, initial=capacity_known(enquiry))
    run = partial(operations.record_capacity, enquiry)
    version = getattr(getattr(enquiry, "participation", None), "version", None)
    return asked(request, case, form, run, version=version, done=_("Capacity and support recorded."))


def supporters(case):
    """People in the case who may be the adult's appropriate person; the operation refuses one who is a risk."""
    involved = Involvement.objects.filter(case=case, role__in=SUPPORTERS, until_at=None).exclude(person=None)
    return Person.objects.filter(pk__in=involved.values("person"))


def capacity_known(enquiry):
    """What was recorded of capacity before, for its form."""
    kept = getattr(enquiry, "participation", None)
    if kept is None:
        return {}
    names = ("capacity", "difficulty", "advocate", "advocate_name", "words")
    pressure = {True: "yes", False: "no", None: "not_known"}[kept.under_pressure]
    held = {name: getattr(kept, name) for name in names}
    return {**held, "under_pressure": pressure, "referred_at": kept.advocate_referred_at}


def add_action(request: HttpRequest, reference: str) -> HttpResponse:
    """Something that has to be done."""
    case = opened(request, reference, "add_action")
    enquiry = enquiry_of(case)
    form = forms.AddAction(posted(request), workers=holders(case, CASE_READERS))
    return asked(request, case, form, partial(operations.add_action, enquiry), done=_("Action added."))


def finish_action(request: HttpRequest, reference: str) -> HttpResponse:
    """An action is done."""
    case = opened(request, reference, "finish_action")
    actions = Action.objects.filter(case=case, done_at=None).select_related("task").order_by("due_on")
    if not actions:
        return nothing_to_do(request, case, _("Every action is done."))
    form = forms.FinishAction(posted(request), records=actions, initial=chosen_first(request, actions))
    return asked(request, case, form, on_chosen(operations.finish_action, case), done=_("Action finished."), to=onward)


def pause_enquiry(request: HttpRequest, reference: str) -> HttpResponse:
    """Pause the enquiry's clock."""
    case = opened(request, reference, "pause_enquiry")
    run = partial(operations.pause_enquiry, enquiry_of(case))
    return asked(request, case, forms.PauseEnquiry(posted(request)), run, done=_("The clock is paused."))


def resume_enquiry(request: HttpRequest, reference: str) -> HttpResponse:
    """Let the enquiry's clock run again."""
    case = opened(request, reference, "resume_enquiry")
    run = partial(operations.resume_enquiry, enquiry_of(case))
    return asked(request, case, forms.ResumeEnquiry(posted(request)), run, done=_("The clock runs again."))
