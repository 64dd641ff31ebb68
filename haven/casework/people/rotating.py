"""Protecting again under the authority's newest key, so that an old one can be taken away (TR-37)."""

from uuid import UUID

from django.db import transaction

from haven.casework.people.models import ProtectedValue
from haven.casework.people.protected import ROTATE, ProtectedText, text_of

AT_ONCE = 500


def rotate_keys(authority_id: UUID) -> int:
    """Protect every value of the authority again under its newest key; safe to run twice. How many there are."""
    values = ProtectedValue.objects.filter(authority_id=authority_id).order_by("pk")
    done, last = 0, UUID(int=0)
    while batch := list(values.filter(pk__gt=last)[:AT_ONCE]):
        _again(batch, authority_id)
        done, last = done + len(batch), batch[-1].pk
    return done


@transaction.atomic
def _again(batch: list[ProtectedValue], authority_id: UUID) -> None:
    for value in batch:
        value.text = ProtectedText.of(text_of(value, ROTATE), authority_id)
    ProtectedValue.objects.bulk_update(batch, ["text"])
