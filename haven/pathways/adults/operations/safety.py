"""How the adult can be reached without putting them in danger (PR-22)."""

from datetime import datetime

from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.people.keeping import in_one_line, keep_how_to_reach
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
    keep_protected: bool = False,
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> SafeContact:
    """Say how the adult can be reached safely, when, who must not know, and which ways never to use.

    Every letter, e-mail and call shows it, and sending against it is refused. `keep_protected`: how they are reached is
    shown to those only who need it, with a reason. In a restricted or sealed case all words are: colleagues who may not
    know of it see the ways never to use, and whom to ring first (PR-05).
    """
    facts = {"how": how.strip(), "when_safe": when_safe.strip(), "who_must_not_know": who_must_not_know.strip()}
    if case.restriction != Restriction.OPEN:
        facts, keep_protected = in_one_line(facts), True
    if keep_protected:
        held = {"authority_id": case.authority_id, "learnt_in_id": case.pk}
        facts["how"] = keep_how_to_reach(case.person, facts["how"], **held, by=by, at=at)
    barred = {name: name in never for name in NEVER}
    kept = set_safe_contact(case.person, authority_id=case.authority_id, version=version, **facts, **barred)
    record(
        events.SAFE_CONTACT_RECORDED,
        subject=case,
        by=by,
        at=at,
        codes={"never": [n for n in NEVER if barred[n]], "protected": keep_protected},
    )
    return kept
