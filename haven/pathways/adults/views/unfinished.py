"""A report a worker has begun to enter: kept every few seconds while they type, and there when they come back.

It is their own draft, one at a time, and goes with the rest of what was not sent after 28 days (PR-07).
"""

from functools import partial

from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from haven.casework.contacts.models import Contact
from haven.casework.desk.loading import actor_of
from haven.casework.drafts.drafting import delete_draft, load_draft, save_draft
from haven.casework.drafts.models import Draft
from haven.pathways.adults.forms.whole_report import WholeReport

FORM = "adults.report"
NOT_TYPED = {"csrfmiddlewaretoken", "_key", "_version", "send", "fill", "keep", "add_adult", "remove_adult"}
"""What the page itself puts into a form."""


def begun_by(request: HttpRequest) -> Draft | None:
    """What this worker began and has neither sent nor thrown away."""
    return load_draft(form=FORM, owner_id=actor_of(request).id, at=timezone.now())


def as_typed(draft: Draft) -> QueryDict:
    """The draft as the form sends it; asked to keep, not to send, so that nothing is complained of yet."""
    data = QueryDict(mutable=True)
    for name, values in draft.data["typed"].items():
        data.setlist(name, values)
    data["keep"] = "1"
    return data


def keep_typed(request: HttpRequest, report: WholeReport) -> None:
    """Keep what was typed, unless the report was sent meanwhile: a late saving must not bring it back."""
    if Contact.objects.filter(pk=report.contact_id).exists():
        return
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_TYPED}
    data = {"typed": {**typed, "held": [report.held]}}
    save_draft(form=FORM, owner_id=actor_of(request).id, data=data, at=timezone.now())


def forget_typed(request: HttpRequest) -> None:
    """Forget it, once what this request does is kept for good."""
    forget = partial(delete_draft, form=FORM, owner_id=actor_of(request).id)
    transaction.on_commit(forget, robust=True)
