"""What was typed and not sent: kept as a draft of its person, and given back to them alone (TR-31).

While somebody types, their page keeps it (`desk/views/typing.py`). Here is what needs no script: a form that arrives
while the session is locked is kept; the page opens with what was kept when its person has unlocked the screen, signed
in again or asked for it: as typed so far, with nothing complained of and nothing changed; and what was sent is
forgotten, once that is kept for good.
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from haven.casework.access.signed_in import account_of
from haven.casework.access.standing import OPEN
from haven.casework.desk.typed import give_back, give_back_all, give_back_no_more, known, typing_in
from haven.casework.drafts.drafting import DraftTooLarge
from haven.casework.drafts.models import Draft
from haven.casework.drafts.typing import TooManyBegun, Typing, forget_sent, keep_typing, kept_typing
from haven.casework.operations.operation import nothing_changes
from haven.design.forms import CARRIED_ON, shown_as_typed

NOTHING_SAVED = gettext_lazy("Nothing has been saved yet. Check what you typed and send it again.")
remember_kept = give_back_all


def keep(request: HttpRequest, at: datetime) -> bool:
    """Keep the form that was sent for its person; whether there was anything to keep. Never a password or a code."""
    request.kept_unsent = True  # type: ignore[attr-defined]
    path = request.get_full_path()
    typing = typing_in(request.POST, path, has_files=bool(request.FILES))
    try:
        if typing is None or not keep_typing(typing, owner_id=account_of(request).pk, at=at):
            return False
    except (DraftTooLarge, TooManyBegun):
        return False
    give_back(request, path)
    return True


class KeptTyping:
    """Opens a page with what was kept of it, and forgets that once it has been sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        typing = typing_in(request.POST, request.get_full_path()) if request.method == "POST" else None
        with ExitStack() as while_shown:
            request.kept_shown = while_shown  # type: ignore[attr-defined]
            response = self.get_response(request)
        if typing and response.status_code == 302 and was_sent(request):
            forget(request, typing)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Where something was kept of the page: let it answer as it answers a form that was sent."""
        draft = to_give_back(request)
        if draft is None:
            return
        request.kept_typing = draft  # type: ignore[attr-defined]
        _send_again(request, draft)
        request.kept_shown.enter_context(shown_as_typed())  # type: ignore[attr-defined]
        request.kept_shown.enter_context(nothing_changes(str(NOTHING_SAVED)))  # type: ignore[attr-defined]


def was_sent(request: HttpRequest) -> bool:
    """Whether the form went where it was meant to go: not to a locked screen, nor kept until something is proved."""
    return getattr(request, "standing", "") == OPEN and not getattr(request, "kept_unsent", False)


def forget(request: HttpRequest, typing: Typing) -> None:
    """What was kept of this form is not needed any more, once what was sent is kept for good."""
    sent = partial(forget_sent, typing, owner_id=account_of(request).pk, at=timezone.now())
    transaction.on_commit(sent, robust=True)
    give_back_no_more(request, typing.path)


def to_give_back(request: HttpRequest) -> Draft | None:
    """What this page is to be opened with; no statement where this session knows of nothing kept of it."""
    path = request.get_full_path()
    if request.method != "GET" or path.startswith(settings.STATIC_URL) or getattr(request, "standing", "") != OPEN:
        return None
    wanted = known(request)
    if path not in wanted:
        return None
    kept = kept_typing(owner_id=account_of(request).pk, at=timezone.now(), paths=[path])
    if not kept:
        give_back_no_more(request, path)
    return next((draft for draft in kept if str(draft.pk) == wanted[path]), kept[0] if kept else None)


def _send_again(request: HttpRequest, draft: Draft) -> None:
    """Make the request what it was when it was typed, without its files, and as a form of its own that carries on."""
    typed = QueryDict(mutable=True)
    for name, values in draft.data["typed"].items():
        typed.setlist(name, values)
    typed[CARRIED_ON] = str(draft.about_id)
    typed._mutable = False
    request.method = "POST"
    request._post, request._files = typed, MultiValueDict()  # type: ignore[attr-defined]
