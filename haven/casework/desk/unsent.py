"""What somebody typed and has not sent, as their own list says it: the page, its reference and when; never the words.

A page whose case or report is no longer open to them is not named, and its reference is not said: the page answers
"not found", and the list tells no more than the page. The words stay theirs to throw away, and go after 28 days.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import Resolver404, ResolverMatch, resolve

from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.drafts.drafting import opened
from haven.casework.drafts.models import Draft
from haven.casework.drafts.typing import MARK
from haven.casework.operations.actor import Actor

SHOWN = 20


@dataclass(frozen=True)
class Unsent:
    """One form that was begun: which page, of what, when."""

    pk: UUID
    page: str
    reference: str
    at: datetime
    until: datetime
    may_open: bool

    @property
    def label(self) -> str:
        """What tells its buttons from those beside them."""
        return f"{self.page} {self.reference}".strip() if self.may_open else ""


def unsent_of(actor: Actor, at: datetime) -> list[Unsent]:
    """What the actor has begun and not sent, newest first; a statement more for each kind of reference among them."""
    own = Draft.objects.filter(owner_id=actor.id, form__startswith=MARK, expires_at__gt=at)
    drafts = [opened(draft) for draft in own.order_by("-updated_at")[:SHOWN]]
    pages = {draft.pk: _page(draft.data["path"]) for draft in drafts}
    references = {_reference(match) for match in pages.values() if match} - {""}
    seen = _seen(references, actor) if references else set()
    return [_unsent(draft, pages[draft.pk], seen) for draft in drafts]


def _page(path: str) -> ResolverMatch | None:
    try:
        return resolve(urlsplit(path).path)
    except Resolver404:
        return None


def _reference(match: ResolverMatch) -> str:
    return str(match.kwargs.get("reference", "")).upper()


def _seen(references: set[str], actor: Actor) -> set[str]:
    """Which of these cases and reports the actor may see now."""
    cases = Case.objects.visible_to(actor).filter(reference__in=references).values_list("reference", flat=True)
    reports = Contact.objects.visible_to(actor).filter(reference__in=references).values_list("reference", flat=True)
    return set(cases.union(reports))


def _unsent(draft: Draft, match: ResolverMatch | None, seen: set[str]) -> Unsent:
    reference = _reference(match) if match else ""
    may_open = match is not None and (not reference or reference in seen)
    page = (match.view_name if match else "").replace("-", " ").capitalize()
    return Unsent(draft.pk, page, reference, draft.updated_at, draft.expires_at, may_open)
