"""What every page of somebody signed in knows of its lock. No queries."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from haven.casework.access.signed_in import account_of
from haven.casework.access.standing import OPEN, left
from haven.casework.access.views.unlocking import who


def lock(request: HttpRequest) -> dict[str, Any]:
    """How many seconds are left, whose page it is, and where to unlock; nothing where nobody is signed in."""
    if getattr(request, "standing", "") != OPEN:
        return {}
    seconds = int(left(request, timezone.now()).total_seconds())
    urls = {f"{name}_url": reverse(name) for name in ("screen", "unlock")}
    by_password = account_of(request).has_usable_password()
    facts = {**urls, "left": seconds, "who": who(request), "by_password": by_password}
    return {"lock": {**facts, "login_url": reverse("account_login")}}
