"""Who may do what to an arrival."""

from typing import Any

import rules

from haven.casework.access.predicates import is_public, role_is
from haven.casework.access.roles import DUTY, ENTERS
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor


@rules.predicate
def shows(actor: Actor, contact: Any = None) -> bool:
    """It is neither sealed for somebody else nor about somebody the actor must not reach (TR-03, TR-05)."""
    return contact is None or Contact.objects.filter(pk=contact.pk).showing(actor).exists()


rules.add_perm("contacts.receive", is_public | role_is(*ENTERS))
rules.add_perm("contacts.view_contact", role_is(*DUTY) & shows)
rules.add_perm("contacts.claim", role_is(*DUTY) & shows)
rules.add_perm("contacts.first_look", role_is(*DUTY) & shows)
