"""Why something takes longer than the aim: asked wherever a clock is over its time."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from haven.casework.clocks.models import Clock
from haven.pathways.adults import operations
from haven.pathways.adults.forms.delay import ExplainDelay
from haven.pathways.adults.views.stepping import asked, chosen_first, nothing_to_do, opened, posted


def explain_delay(request: HttpRequest, reference: str) -> HttpResponse:
    """Why one of the case's clocks has passed its aim."""
    case = opened(request, reference, "explain_delay")
    late = Clock.objects.overdue(timezone.now()).filter(case=case).order_by("due_at")
    if not late:
        return nothing_to_do(request, case, _("Nothing in this case is over its time."))
    first = chosen_first(request, late).get("subject") or late[0].pk
    form = ExplainDelay(posted(request), late=late, initial={"clock": first})
    return asked(request, case, form, partial(operations.explain_delay, case), done=_("Reason recorded."))
