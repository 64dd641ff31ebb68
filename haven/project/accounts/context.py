"""What every page of somebody signed in knows of its lock, and of what was typed into it. No queries."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from haven.casework.access.signed_in import account_of
from haven.casework.access.standing import OPEN, left
from haven.casework.access.views.unlocking import who

KEEPING = {"keep_url": "/kept-typing/", "find_url": "/kept-typing/find", "one_url": "/kept-typing/"}
"""Where a page keeps what is typed into it, asks what was kept of it, and opens or throws away one (by its id)."""


def lock(request: HttpRequest) -> dict[str, Any]:
    """How many seconds are left, whose page it is, and where to unlock; nothing where nobody is signed in."""
    if getattr(request, "standing", "") != OPEN:
        return {}
    seconds = int(left(request, timezone.now()).total_seconds())
    urls = {f"{name}_url": reverse(name) for name in ("screen", "unlock")}
    by_password = account_of(request).has_usable_password()
    facts = {**urls, "left": seconds, "who": who(request), "by_password": by_password}
    return {
        "lock": {**facts, "login_url": reverse("account_login")},
        "keeping": KEEPING,
        "given_back": given_back(request),
    }


def given_back(request: HttpRequest) -> dict[str, Any]:
    """What is said where the page was opened with what was kept of it: since when, and where to throw it away."""
    draft = getattr(request, "kept_typing", None)
    if draft is None:
        return {}
    away_url = reverse("throw-away-kept", args=[draft.pk])
    return {"at": draft.updated_at, "files": draft.data["files"], "away_url": away_url}
