"""Who asks for a release, and who releases: those who work on the case. Who sees to what could not be sent."""

from typing import Any

import rules

from haven.casework.access.predicates import role_is, works_on_case
from haven.casework.access.roles import CASE_READERS, DECIDES, DUTY
from haven.casework.operations.actor import Actor

_WORKS_ON_IT = works_on_case & role_is(*CASE_READERS)

rules.add_perm("deliveries.ask_for_release", _WORKS_ON_IT)
rules.add_perm("deliveries.open_release", _WORKS_ON_IT | role_is(*DECIDES) & works_on_case)
rules.add_perm("deliveries.release", _WORKS_ON_IT)
rules.add_perm("deliveries.decline_release", role_is(*DUTY) & works_on_case)


@rules.predicate
def is_of_no_case(actor: Actor, delivery: Any) -> bool:
    """It belongs to a report, or to nothing."""
    return delivery.case is None


OUTBOX = (*DECIDES, "authority_administrator", "platform_operator")
"""See what waits to leave, and see to it: they read none of it."""

rules.add_perm("deliveries.retry", role_is(*OUTBOX))
rules.add_perm("deliveries.settle", role_is(*OUTBOX))
rules.add_perm("deliveries.readdress", role_is(*DECIDES) & (is_of_no_case | works_on_case))
