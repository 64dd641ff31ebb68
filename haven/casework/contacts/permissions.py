"""Who may do what to an arrival."""

import rules

from haven.casework.access.predicates import is_public, role_is
from haven.casework.access.roles import DUTY, ENTERS

rules.add_perm("contacts.receive", is_public | role_is(*ENTERS))
rules.add_perm("contacts.view_contact", role_is(*DUTY))
rules.add_perm("contacts.claim", role_is(*DUTY))
rules.add_perm("contacts.first_look", role_is(*DUTY))
