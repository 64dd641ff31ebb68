"""What somebody is typing into a page of theirs, kept while they type (TR-31): one draft for each form left open.

A form is known by its page's address and by its key (`_key`), so that two windows on one page do not overwrite each
other. Once a form with that key was sent, a keeping that arrives late is ignored, whichever window, session or device
it comes from: what was sent does not come back.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from haven.casework.access import wall
from haven.casework.drafts.drafting import APART, KEPT_FOR, closed, opened
from haven.casework.drafts.models import Draft
from haven.casework.operations.refusals import Refusal

MARK = "kept:"
SENT = "sent"
REMEMBERED = 200
"""How many keys of sent forms are remembered for a person: far more than they can have open."""
MOST = 100
"""Forms somebody may leave begun. With `LARGEST` it bounds what one account can fill."""


class TooManyBegun(Refusal):
    """Somebody has begun more forms than are kept."""


@dataclass(frozen=True)
class Typing:
    """A form as it was typed: its page's address, its fields, its key, and the keys of those it carries on from.

    A form without a key (sent by a program) is one of its own when it is kept, and all of its page's when it is sent.
    """

    path: str
    fields: dict[str, list[str]]
    key: UUID | None = None
    before: tuple[UUID, ...] = ()
    has_files: bool = False

    @property
    def form(self) -> str:
        """The draft's name: the page's address, as a fingerprint of a fixed length."""
        return MARK + hashlib.sha256(self.path.encode()).hexdigest()[:40]


def keep_typing(typing: Typing, *, owner_id: UUID, at: datetime) -> bool:
    """Keep the form as it is now; False where it was sent meanwhile. Refused when it is too large or one too many."""
    data = {"path": typing.path, "typed": typing.fields, "files": typing.has_files}
    key = typing.key or uuid4()
    facts = {"data": closed(data), "updated_at": at, "expires_at": at + KEPT_FOR}
    with _alone(owner_id, at) as (own, sent):
        if _name(typing) in sent.data["keys"]:
            return False
        if not _carried_on(own.filter(form=typing.form), key, typing.before, facts):
            _begin(own, Draft(form=typing.form, owner_id=owner_id, about_id=key, **facts))
        return True


def _name(typing: Typing) -> str:
    """What says of a sent form that it was this one."""
    return f"{typing.form}:{typing.key}"


def _carried_on(same_page: QuerySet[Draft], key: UUID, before: tuple[UUID, ...], facts: dict[str, Any]) -> bool:
    """Keep it in place of what was kept of this form, or of the one that it carries on from."""
    of_it = same_page.filter(about_id__in=[key, *before])
    chosen = min(of_it.values_list("about_id", flat=True), key=lambda about: about != key, default=None)
    return chosen is not None and bool(same_page.filter(about_id=chosen).update(about_id=key, **facts))


def _begin(own: QuerySet[Draft], draft: Draft) -> None:
    if own.filter(form__startswith=MARK).count() >= MOST:
        raise TooManyBegun("You have begun too many forms. Send some, or throw them away on My work.")
    draft.save(using=APART, force_insert=True)


def forget_sent(typing: Typing, *, owner_id: UUID, at: datetime) -> None:
    """The form was sent: forget it, and let no late keeping bring it back."""
    with _alone(owner_id, at) as (own, sent):
        same_page = own.filter(form=typing.form)
        (same_page.filter(about_id__in=[typing.key, *typing.before]) if typing.key else same_page).delete()
        if typing.key is not None:
            sent.data["keys"] = [*sent.data["keys"][1 - REMEMBERED :], _name(typing)]
            sent.expires_at = at + KEPT_FOR
            sent.save(using=APART, update_fields=["data", "expires_at"])


@contextmanager
def _alone(owner_id: UUID, at: datetime) -> Iterator[tuple[QuerySet[Draft], Draft]]:
    """The person's drafts and the keys they sent, one request at a time: sending and keeping never cross."""
    with own_drafts(owner_id) as own:
        keys = own.select_for_update().filter(form=SENT)
        found = keys.first()
        if found is None:
            begun = Draft(form=SENT, owner_id=owner_id, data={"keys": []}, updated_at=at, expires_at=at + KEPT_FOR)
            Draft.objects.using(APART).bulk_create([begun], ignore_conflicts=True)
            found = keys.get()
        yield own, found


@contextmanager
def own_drafts(owner_id: UUID) -> Iterator[QuerySet[Draft]]:
    """Everything this person has begun, let through the second wall for a transaction."""
    with transaction.atomic(using=APART):
        wall.draft_of(str(owner_id), using=APART)
        yield Draft.objects.using(APART).filter(owner_id=owner_id)


def kept_typing(*, owner_id: UUID, at: datetime, paths: Iterable[str] | None = None) -> list[Draft]:
    """What this person typed and has not sent, newest first; of some pages only, where their addresses are given."""
    pages: dict[str, Any] = {"form__startswith": MARK}
    if paths is not None:
        pages = {"form__in": [Typing(path, {}).form for path in paths]}
    with own_drafts(owner_id) as own:
        found = list(own.filter(expires_at__gt=at, **pages).order_by("-updated_at"))
    return [opened(draft) for draft in found]


def one_kept(pk: UUID, *, owner_id: UUID, at: datetime) -> Draft | None:
    """One of them; None where it is not theirs, was sent, or is older than 28 days."""
    with own_drafts(owner_id) as own:
        found = own.filter(pk=pk, expires_at__gt=at, form__startswith=MARK).first()
    return opened(found) if found else None


def throw_away(pk: UUID, *, owner_id: UUID) -> bool:
    """Forget one of them; whether it was there."""
    with own_drafts(owner_id) as own:
        return bool(own.filter(pk=pk, form__startswith=MARK).delete()[0])
