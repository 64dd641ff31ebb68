"""Who may do what to an arrival."""

from typing import Any

import rules

from haven.casework.access.predicates import is_public, role_is
from haven.casework.access.roles import CASE_READERS, DUTY, ENTERS
from haven.casework.cases.models import Case
from haven.casework.contacts.messaging import may_have_box
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor


@rules.predicate
def shows(actor: Actor, contact: Any = None) -> bool:
    """It is neither sealed for somebody else nor about somebody the actor must not reach (TR-03, TR-05)."""
    return contact is None or Contact.objects.filter(pk=contact.pk).showing(actor).exists()


@rules.predicate
def told_without_a_name(actor: Actor, contact: Any) -> bool:
    """Whoever told us gave no name, or gave it in confidence (PR-07)."""
    return contact is not None and may_have_box(contact.referrer)


@rules.predicate
def became_a_case_of_theirs(actor: Actor, contact: Any) -> bool:
    """The report, or the one it was joined to, became a case that the actor works on."""
    reports = [pk for pk in (contact.pk, contact.merged_into_id) if pk]
    return actor.is_user and Case.objects.visible_to(actor).filter(contact_id__in=reports).exists()


rules.add_perm("contacts.receive", is_public | role_is(*ENTERS))
rules.add_perm("contacts.view_contact", role_is(*DUTY) & shows)
rules.add_perm("contacts.claim", role_is(*DUTY) & shows)
rules.add_perm("contacts.first_look", role_is(*DUTY) & shows)
rules.add_perm("contacts.open_box", is_public & told_without_a_name)
rules.add_perm("contacts.write_from_outside", is_public & told_without_a_name)
rules.add_perm("contacts.answer_message", (role_is(*DUTY) | role_is(*CASE_READERS) & became_a_case_of_theirs) & shows)
