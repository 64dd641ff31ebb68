"""A professional's report, begun and not sent: kept under a code while they type, as the public form is (PR-07).

The browser holds the code until it is closed, for two hours at most; after that, and on any other device, the code
opens it for 28 days.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.contacts.models import Contact
from haven.casework.drafts.drafting import WhoseDraft, delete_draft, load_draft, new_code, save_draft
from haven.pathways.adults.forms.whole_report import WholeReport

FORM, COOKIE = "adults.professional", "haven_professional"
HELD_FOR = timedelta(hours=2)
NOT_TYPED = {"csrfmiddlewaretoken", "_key", "send", "keep", "add_adult", "remove_adult"}
"""What the page itself puts into the form."""


def code_in(request: HttpRequest) -> str:
    """The code this browser holds."""
    return request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=HELD_FOR) or ""


def begun_under(code: str, place: Authority, at: datetime) -> QueryDict | None:
    """What was typed under this code for this authority, asked to be kept and not sent, so that nothing is complained
    of. None does not say whether it was never there, sent or deleted."""
    try:
        draft = load_draft(form=FORM, code=code, at=at)
    except WhoseDraft:
        return None
    if draft is None or draft.data["authority"] != place.code:
        return None
    typed = QueryDict(mutable=True)
    for name, values in draft.data["typed"].items():
        typed.setlist(name, values)
    typed["keep"] = "1"
    return typed


def keep_begun(request: HttpRequest, report: WholeReport, place: Authority, at: datetime) -> str:
    """Keep what was typed; its code, or nothing where the report was sent meanwhile: that does not come back."""
    wall.hold(report.contact_id)
    if Contact.objects.filter(pk=report.contact_id).exists():
        return ""
    code = code_in(request) or new_code()
    typed: dict[str, Any] = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_TYPED}
    data = {"authority": place.code, "typed": {**typed, "held": [report.held]}}
    save_draft(form=FORM, code=code, data=data, at=at)
    return code


def forget_begun(code: str) -> None:
    """It was sent, or thrown away."""
    if code:
        delete_draft(FORM, code=code)


def hold_code(answer: HttpResponse, place: Authority, code: str) -> HttpResponse:
    """Let the browser hold the code, or take it away."""
    path = reverse("professional-form", args=[place.code])
    if not code:
        answer.delete_cookie(COOKIE, path=path, samesite="Lax")
        return answer
    answer.set_signed_cookie(
        COOKIE, code, salt=COOKIE, path=path, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    return answer
