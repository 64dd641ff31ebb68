"""Who is shown what is protected, who records it and who ends its protection. Nobody else (TR-07, TR-05)."""

from typing import Any

import rules

from haven.casework.access.predicates import role_is, works_on_case
from haven.casework.access.roles import CASE_READERS, DECIDES, DUTY
from haven.casework.operations.actor import Actor
from haven.casework.people.codes import PROTECTED_KINDS

CONTACT_KINDS = ("referrer", "whereabouts")


@rules.predicate
def is_of_the_case(actor: Actor, value: Any) -> bool:
    """It is of the adult, of the household or of a report of the case it is asked for in."""
    case = value.case
    if case is None:
        return False
    if value.contact_id is not None and _came_with(case, value.contact_id):
        return True
    if value.person_id is None:
        return False
    part = case.involvements.filter(person_id=value.person_id, until_at=None).exclude(role="alleged_source")
    return value.person_id == case.person_id or part.exists()


def _came_with(case: Any, contact_id: Any) -> bool:
    return case.contact_id == contact_id or case.reported_in.filter(contact_id=contact_id).exists()


@rules.predicate
def is_of_a_report(actor: Actor, value: Any) -> bool:
    """It came with a report that is no case yet."""
    return value.case is None and value.person_id is None and value.kind in CONTACT_KINDS


@rules.predicate
def has_no_conflict(actor: Actor, value: Any) -> bool:
    """The reader has no interest of their own in the person (TR-05)."""
    return value.person_id not in actor.conflict_ids


_IN_A_CASE = is_of_the_case & works_on_case & role_is(*CASE_READERS)
_AT_THE_DESK = is_of_a_report & role_is(*DUTY)

for _kind in PROTECTED_KINDS:
    rules.add_perm(f"people.reveal_{_kind}", has_no_conflict & (_IN_A_CASE | _AT_THE_DESK))
rules.add_perm("people.reveal_protected", has_no_conflict & (_IN_A_CASE | _AT_THE_DESK))
rules.add_perm("people.end_protection", has_no_conflict & is_of_the_case & works_on_case & role_is(*DECIDES))
for _step in ("record_address", "record_number", "record_home_entry", "show_former_names", "print_visit_sheet"):
    rules.add_perm(f"people.{_step}", works_on_case & role_is(*CASE_READERS))
