"""Who may give what to people outside: who works on the case; packs and redactions, managers and guardians too."""

from typing import Any

import rules

from haven.casework.access.predicates import role_is, works_on_case
from haven.casework.access.roles import CASE_READERS
from haven.casework.disclosure.models import disclosed_by
from haven.casework.operations.actor import Actor


@rules.predicate
def discloses(actor: Actor, subject: Any) -> bool:
    """A manager of the case, or the authority's guardian where the case is not kept from them."""
    case = getattr(subject, "case", None)
    return case is not None and actor.is_user and disclosed_by(actor).filter(pk=case.pk).exists()


@rules.predicate
def may_open_what_it_copies(actor: Actor, subject: Any) -> bool:
    """The document that is copied is open to them: a restricted one only to the case's named people."""
    document = getattr(subject, "document", subject)
    return document.restriction == "open" or actor.id in (subject.case.worker_id, subject.case.manager_id)


WORKS = works_on_case & role_is(*CASE_READERS)

rules.add_perm("disclosure.share", WORKS)
rules.add_perm("disclosure.copy_for_main_record", WORKS)
rules.add_perm("disclosure.redact", (WORKS | discloses) & may_open_what_it_copies)
rules.add_perm("disclosure.pack", discloses)
