"""What somebody who only configures does that may open cases to somebody: it is told to whoever watches over that."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from haven.casework.access.roles import GUARDIANS, READS_ONE
from haven.casework.operations.actor import Actor

OPENED: list[Callable[..., None]] = []
"""Told in the transaction of each. A part that watches registers itself here."""

OPENS_CASES = (*READS_ONE, *GUARDIANS)
"""The roles by which somebody may come to see a case, or decides what was seen of one."""

ROLE, SIGN_ON, SECOND_STEP = "role", "sign_on", "second_step"


def opened(
    what: str, *, authority_id: UUID, of: UUID, giver_id: UUID | None, by: Actor, at: datetime, **codes: Any
) -> None:
    """Say that a way in was opened: `of` is the row that opens it, `giver_id` whose doing it is, if anybody's."""
    for told in OPENED:
        told(what, authority_id=authority_id, of=of, giver_id=giver_id, by=by, at=at, codes=codes)
