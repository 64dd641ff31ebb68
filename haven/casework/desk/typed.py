"""What a request says of somebody's typing, and which pages this session opens with what was kept of them."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from haven.casework.access.signed_in import account_of
from haven.casework.drafts.typing import Typing, kept_typing
from haven.design.forms import CARRIED_ON, KEY, VERSION, as_key

PATH, FILES = "_at", "_files"
"""What a page says when it keeps: the address its form is sent to, and that files were chosen, which are not kept."""
LEFT_OUT = {"csrfmiddlewaretoken", PATH, FILES, "keep"}
NOT_TYPED = {KEY, VERSION, CARRIED_ON}
IN_SESSION = "kept_typing"
NEVER = "/accounts/"
"""Pages with passwords and codes, which are never kept."""


def typing_in(sent: QueryDict, path: str, *, has_files: bool = False) -> Typing | None:
    """What was typed, to be kept under its page's address; None where nothing was, or where it must not be kept.

    Never a password or a code, and never a page that has no form of ours.
    """
    fields = {name: sent.getlist(name) for name in sent if name not in LEFT_OUT}
    by_hand = any(any(values) for name, values in fields.items() if name not in NOT_TYPED)
    if not by_hand or not is_kept_page(path):
        return None
    before = tuple(key for key in map(as_key, fields.pop(CARRIED_ON, [])) if key)
    key = as_key(next(iter(fields.pop(KEY, [])), ""))
    return Typing(path, fields, key, before, has_files)


def is_kept_page(path: str) -> bool:
    """Whether this is an address of ours, for people with an account, without passwords."""
    try:
        parts = urlsplit(path)
        view: Any = resolve(parts.path).func
        roles = view.declared.roles
    except (Resolver404, ValueError, AttributeError):
        return False
    return not (parts.scheme or parts.netloc or parts.path.startswith(NEVER) or roles == ("public",))


def give_back(request: HttpRequest, path: str, pk: UUID | None = None) -> None:
    """From now on this session opens the page with what was kept of it: this draft, or else the newest."""
    request.session[IN_SESSION] = {**known(request), path: str(pk or "")}


def give_back_all(request: HttpRequest, at: Any) -> None:
    """Everything was proved again: each page opens with what was kept of it for whoever is signed in now."""
    kept = kept_typing(owner_id=account_of(request).pk, at=at)
    request.session[IN_SESSION] = {draft.data["path"]: "" for draft in kept}


def known(request: HttpRequest) -> dict[str, str]:
    """The pages that this session opens with what was kept: address → the draft's id, or nothing for the newest."""
    return dict(request.session.get(IN_SESSION, {}))


def give_back_no_more(request: HttpRequest, path: str) -> None:
    """The page opens as it is: what was kept of it was sent, or thrown away."""
    if path in known(request):
        request.session[IN_SESSION] = {each: pk for each, pk in known(request).items() if each != path}
