"""The worker's part: redacted copies and packs, which may have many pages. Arguments are ids alone."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from haven.casework.disclosure.making import make_redacted
from haven.casework.disclosure.pack_making import make_pack


@app.task(name="make_redacted_copy")
def make_redacted_copy(copy_id: str) -> None:
    """Make one redacted copy; safe to run twice."""
    make_redacted(UUID(copy_id), timezone.now())


@app.task(name="make_disclosure_pack")
def make_disclosure_pack(pack_id: str) -> None:
    """Make one pack; safe to run twice."""
    make_pack(UUID(pack_id), timezone.now())
