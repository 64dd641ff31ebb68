"""Saving, opening and forgetting drafts, in a transaction of their own."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from haven.casework.access import wall
from haven.casework.access.ciphers import decrypt, encrypt
from haven.casework.drafts.models import Draft
from haven.casework.operations.refusals import Refusal
from haven.lib.references import random_groups, typed_reference

APART = "apart"
KEPT_FOR = timedelta(days=28)
"""PR-07: unsent drafts are deleted after 28 days."""

CLOSED = "closed"

LARGEST = 256 * 1024
"""Characters of JSON: some hundred pages of typing, so that nobody fills the disk."""


class DraftTooLarge(Refusal):
    """More was typed than a form can hold."""


class WhoseDraft(Refusal):
    """A draft is opened by its owner or with its code."""


def new_code() -> str:
    """A code such as "K7QM-2RTX-9C4D": 22**12, about 10¹⁶, too many to guess."""
    return random_groups(4, 4, 4)


def save_draft(
    *,
    form: str,
    data: dict[str, Any],
    at: datetime,
    owner_id: UUID | None = None,
    code: str = "",
    about_id: UUID | None = None,
) -> Draft:
    """Keep what was typed, in place of what was kept before. Refused when too large, or without owner and code."""
    facts = {"data": closed(data), "updated_at": at, "expires_at": at + KEPT_FOR}
    with _mine(form, owner_id, code, about_id) as mine:
        if not mine.update(about_id=about_id, **facts):
            _insert(mine, Draft(form=form, owner_id=owner_id, code_hash=_hash(code), about_id=about_id, **facts), facts)
        return opened(mine.get())


def _insert(mine: QuerySet[Draft], draft: Draft, facts: dict[str, Any]) -> None:
    """Add the draft; where another request added it a moment ago, the later words win."""
    try:
        with transaction.atomic(using=APART):
            draft.save(using=APART, force_insert=True)
    except IntegrityError:
        mine.update(**facts)


def load_draft(
    *, form: str, at: datetime, owner_id: UUID | None = None, code: str = "", about_id: UUID | None = None
) -> Draft | None:
    """What was kept, unless its 28 days are over; None says nothing about whether it ever was."""
    with _mine(form, owner_id, code, about_id) as mine:
        found = mine.filter(expires_at__gt=at).first()
    return opened(found) if found else None


def delete_draft(*form: str, owner_id: UUID | None = None, code: str = "", about_id: UUID | None = None) -> None:
    """Forget the draft of each of these forms: it was sent, or the person asked."""
    with _mine(form, owner_id, code, about_id) as mine:
        mine.delete()


def delete_expired(at: datetime) -> int:
    """Forget every draft whose 28 days are over; how many."""
    with transaction.atomic(using=APART):
        wall.open_to_all("drafts whose 28 days are over, whoever's they are", using=APART)
        return Draft.objects.using(APART).filter(expires_at__lte=at).delete()[0]


def closed(data: dict[str, Any]) -> dict[str, str]:
    """What was typed, as it lies in the table: encrypted, so that a copy of the table tells nothing (TR-07, TR-37).

    Refused when too large."""
    plain = json.dumps(data, default=str)
    if len(plain) > LARGEST:
        raise DraftTooLarge("There is too much text to keep. Make it shorter, or send part of it as a file.")
    return {CLOSED: encrypt(plain)}


def opened(draft: Draft) -> Draft:
    """The draft with its words readable. One saved before words were encrypted is as it was."""
    if CLOSED in draft.data:
        draft.data = json.loads(decrypt(draft.data[CLOSED]))
    return draft


@contextmanager
def _mine(
    form: str | tuple[str, ...], owner_id: UUID | None, code: str, about_id: UUID | None
) -> Iterator[QuerySet[Draft]]:
    """The one draft meant, let through the second wall for a transaction.

    A code opens its own draft whatever it is about; an owner has one for each thing.
    """
    if owner_id is None and not typed_reference(code):
        raise WhoseDraft("Type the code you were given.")
    whose: dict[str, Any] = (
        {"code_hash": _hash(code)} if owner_id is None else {"owner_id": owner_id, "about_id": about_id}
    )
    with transaction.atomic(using=APART):
        wall.draft_of(str(owner_id or whose["code_hash"]), using=APART)
        forms = (form,) if isinstance(form, str) else form
        yield Draft.objects.using(APART).filter(form__in=forms, **whose)


def _hash(code: str) -> str:
    """The code's fingerprint under the deployment's secret, so that a copy of the table opens nothing."""
    if not code:
        return ""
    plain = typed_reference(code).replace("-", "")
    return hmac.new(settings.SECRET_KEY.encode(), plain.encode(), hashlib.sha256).hexdigest()
