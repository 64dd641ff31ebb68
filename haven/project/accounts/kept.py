"""What was typed into a page that was locked: kept as a draft of its person, and given back to them alone (TR-31).

A form that arrives while the session is locked is kept under its page's address. When the same person has unlocked the
screen or signed in again, that page opens as if the form had just been sent, except that nothing changes: every
operation refuses, with words that say to check it and send it again. It is forgotten once it has been sent.
"""

import hashlib
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haven.casework.access import wall
from haven.casework.access.standing import OPEN
from haven.casework.drafts.drafting import APART, DraftTooLarge, delete_draft, load_draft, save_draft
from haven.casework.drafts.models import Draft
from haven.casework.operations.operation import nothing_changes

MARK = "kept:"
NOT_TYPED = {"csrfmiddlewaretoken", "_key", "_version"}
IN_SESSION = "kept_forms"
NOTHING_SAVED = gettext_lazy("Nothing has been saved yet. Check what you typed and send it again.")
NEVER = "/accounts/"
"""Pages with passwords and codes, which are never kept."""


def keep(request: HttpRequest, at: datetime) -> bool:
    """Keep the form that was sent for its person; whether there was anything to keep. Never a password or a code."""
    typed = {name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"}
    by_hand = any(any(values) for name, values in typed.items() if name not in NOT_TYPED)
    if request.path.startswith(NEVER) or not by_hand:
        return False
    data = {"path": request.get_full_path(), "typed": typed, "files": bool(request.FILES)}
    try:
        save_draft(form=_form(request.get_full_path()), owner_id=request.user.pk, data=data, at=at)
    except DraftTooLarge:
        return False
    remember_kept(request, at)
    return True


def remember_kept(request: HttpRequest, at: datetime) -> None:
    """Note in the session which pages have something to give back to whoever is signed in now."""
    own = Draft.objects.using(APART).filter(owner_id=request.user.pk, form__startswith=MARK, expires_at__gt=at)
    with transaction.atomic(using=APART):
        wall.draft_of(str(request.user.pk), using=APART)
        request.session[IN_SESSION] = [data["path"] for data in own.values_list("data", flat=True)]


class KeptTyping:
    """Opens a page with what was kept of it, and forgets that once it has been sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.method == "POST" and _is_kept(request)
        with ExitStack() as while_shown:
            request.kept_shown = while_shown  # type: ignore[attr-defined]
            response = self.get_response(request)
        if sent and response.status_code == 302:
            forget(request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Where something was kept of the page: let it answer as it answers a form that was sent."""
        if request.method != "GET" or getattr(request, "standing", "") != OPEN or not _is_kept(request):
            return
        draft = load_draft(form=_form(request.get_full_path()), owner_id=request.user.pk, at=timezone.now())
        if draft is None:
            return
        words = _("We kept what you typed when the screen locked. Nothing was saved: check it and send it again.")
        if draft.data["files"]:
            words += " " + _("Choose the file again: files are not kept.")
        messages.warning(request, words)
        _send_again(request, draft.data)
        request.kept_shown.enter_context(nothing_changes(str(NOTHING_SAVED)))  # type: ignore[attr-defined]


def forget(request: HttpRequest) -> None:
    """What was kept of this page is not needed any more."""
    path = request.get_full_path()
    delete_draft(form=_form(path), owner_id=request.user.pk)
    request.session[IN_SESSION] = [each for each in request.session.get(IN_SESSION, []) if each != path]


def _is_kept(request: HttpRequest) -> bool:
    if not hasattr(request, "session") or request.path.startswith(settings.STATIC_URL):
        return False
    return request.get_full_path() in request.session.get(IN_SESSION, ())


def _send_again(request: HttpRequest, data: dict[str, Any]) -> None:
    """Make the request what it was when it was sent, without its files."""
    typed = QueryDict(mutable=True)
    for name, values in data["typed"].items():
        typed.setlist(name, values)
    typed._mutable = False
    request.method = "POST"
    request._post, request._files = typed, MultiValueDict()  # type: ignore[attr-defined]


def _form(path: str) -> str:
    """The draft's name: the page's address, as a fingerprint of a fixed length."""
    return MARK + hashlib.sha256(path.encode()).hexdigest()[:40]
