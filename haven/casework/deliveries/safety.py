"""Whether this person can be reached this way without danger (PR-22)."""

from uuid import UUID

from haven.casework.deliveries.models import Delivery
from haven.casework.people.models import SafeContact

_FORBIDDEN_BY = {
    Delivery.Channel.EMAIL: "no_email",
    Delivery.Channel.LETTER: "no_post",
    Delivery.Channel.SMS: "no_text",
}


def is_unsafe(channel: str, person_id: UUID | None) -> bool:
    """The person's safe contact says not to use this channel."""
    flag = _FORBIDDEN_BY.get(Delivery.Channel(channel))
    if person_id is None or flag is None:
        return False
    return SafeContact.objects.filter(person_id=person_id, **{flag: True}).exists()
