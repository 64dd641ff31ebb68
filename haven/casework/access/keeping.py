"""Keeping what somebody typed into a page that Haven could not take just then: it was locked, or asked for proof.

Drafts are kept by a part above this one, which registers here how it keeps them.
"""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest

KEEPERS: list[Callable[[HttpRequest, datetime], bool]] = []
"""Each keeps the form that this request sent for its person alone, and says whether there was anything to keep."""


def keep_typed(request: HttpRequest, at: datetime) -> bool:
    """Keep the form that was sent, if one was; whether anything was kept."""
    if request.method != "POST":
        return False
    return any([keep(request, at) for keep in KEEPERS])
