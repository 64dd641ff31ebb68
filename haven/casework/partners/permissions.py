"""Who may let a partner's system in, what such a system may do, and who explains what did not come."""

from typing import Any

import rules

from haven.casework.access.permissions import administers
from haven.casework.access.predicates import is_job, role_is
from haven.casework.access.roles import DECIDES
from haven.casework.operations.actor import Actor

ADMINISTERS = "authority_administrator"

WATCHES = (*DECIDES, ADMINISTERS, "platform_operator")
"""See what waits to leave and what may not have come: of neither does it show anybody."""


@rules.predicate
def is_that_partner(actor: Actor, subject: Any) -> bool:
    """The partner's own system."""
    partner_id = getattr(subject, "partner_id", None) or getattr(subject, "pk", None)
    return actor.kind == "partner" and actor.id is not None and actor.id == partner_id


rules.add_perm("partners.add", administers | is_job)
rules.add_perm("partners.end", administers)
rules.add_perm("partners.set_expected", administers)
rules.add_perm("partners.issue_token", administers | is_job)
rules.add_perm("partners.revoke_token", administers)
rules.add_perm("partners.set_webhook", administers)
rules.add_perm("partners.send_file", is_that_partner)
rules.add_perm("partners.say_count", is_that_partner)
rules.add_perm("partners.tell_stage", is_job)
rules.add_perm("partners.explain_gap", role_is(*DECIDES, ADMINISTERS))
