"""Who was let in, and how, is looked at by somebody else than who did it: an administrator sees no case, and could
otherwise make a second account that does, or a sign-in that answers for anybody (TR-01, TR-04)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from haven.casework.access import wall
from haven.casework.access.ways_in import ROLE, SECOND_STEP, SIGN_ON
from haven.casework.operations.actor import Actor
from haven.casework.watch.kinds import declare_alert
from haven.casework.watch.raising import raise_alert

_OUTCOMES = {
    "known": _("Known: it is right, and I asked somebody else than who did it"),
    "undone": _("Not right: it was undone"),
    "investigate": _("Passed on for investigation"),
}

ROLE_GIVEN = declare_alert(
    "role_given", _("Somebody was let in to cases"), _("{reader} let {account} in as {role}"), source="TR-04",
    outcomes=_OUTCOMES,
)  # fmt: skip
SIGN_ON_CHANGED = declare_alert(
    "sign_on_changed", _("How people sign in was changed"),
    _("{reader} changed the sign-in of the council, which says who everybody is"), source="TR-33", outcomes=_OUTCOMES,
)  # fmt: skip
SECOND_STEP_FORGOTTEN = declare_alert(
    "second_step_forgotten", _("A second step was taken away"),
    _("{reader} had {account} set up their second step anew"), source="TR-33", outcomes=_OUTCOMES,
)  # fmt: skip

KINDS = {ROLE: ROLE_GIVEN, SIGN_ON: SIGN_ON_CHANGED, SECOND_STEP: SECOND_STEP_FORGOTTEN}


def tell(
    what: str, *, authority_id: UUID, of: UUID, giver_id: UUID | None, by: Actor, at: datetime, codes: dict[str, Any]
) -> None:
    """Alert the guardian to a way in that was opened; to one who opened it, or whom it lets in, it does not show."""
    key = f"{what}:{of}:{at.isoformat()}"
    with wall.lifted("the guardian is told who was let in, whoever takes it up", authority_id):
        raise_alert(KINDS[what], authority_id=authority_id, key=key, by=by, at=at, reader_id=giver_id, codes=codes)
