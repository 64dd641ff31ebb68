"""How the adult can be reached without putting them in danger (PR-22)."""

from datetime import datetime

from haven.casework.cases.models import Case
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.people.models import SafeContact
from haven.casework.people.recording import set_safe_contact
from haven.pathways.adults import events

NEVER = ("no_post", "no_voicemail", "no_text", "no_email", "do_not_ring")


@operation(may="adults.record_safe_contact")
def record_safe_contact(
    case: Case,
    *,
    how: str = "",
    when_safe: str = "",
    who_must_not_know: str = "",
    never: tuple[str, ...] | list[str] = (),
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> SafeContact:
    """Say how the adult can be reached safely, when, who must not know, and which ways never to use.

    Every letter, e-mail and call shows it, and sending against it is refused.
    """
    facts = {"how": how.strip(), "when_safe": when_safe.strip(), "who_must_not_know": who_must_not_know.strip()}
    barred = {name: name in never for name in NEVER}
    kept = set_safe_contact(case.person, authority_id=case.authority_id, version=version, **facts, **barred)
    record(events.SAFE_CONTACT_RECORDED, subject=case, by=by, at=at, codes={"never": [n for n in NEVER if barred[n]]})
    return kept
