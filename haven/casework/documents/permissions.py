"""Who may open a document: who works on its case; a restricted one, only the case's named people."""

from typing import Any

import rules

from haven.casework.access.predicates import is_named, reads_case, role_is, works_on_case
from haven.casework.access.restrictions import Restriction
from haven.casework.access.roles import CASE_READERS, DECIDES, DUTY, ENTERS, GUARDIANS
from haven.casework.access.ties import READS_ONLY
from haven.casework.cases.models import Case
from haven.casework.operations.actor import Actor


@rules.predicate
def is_unrestricted(actor: Actor, document: Any) -> bool:
    """The document itself is open."""
    return document.restriction == Restriction.OPEN


@rules.predicate
def is_named_on_case(actor: Actor, document: Any) -> bool:
    """One of the people of the case by name: never who may only read it for a day, by a tap or in triage."""
    case = document.case
    if case is None or not is_named(actor, case):
        return False
    works = any(tie.case_id == case.pk and tie.kind not in READS_ONLY for tie in actor.ties)
    return works or actor.id in (case.worker_id, case.manager_id)


@rules.predicate
def has_no_case_yet(actor: Actor, document: Any) -> bool:
    """It came with a report, and belongs to no one case."""
    return document.case is None


@rules.predicate
def reported_a_case_of_theirs(actor: Actor, document: Any) -> bool:
    """It came with the report that became a case the reader works on."""
    return actor.is_user and Case.objects.visible_to(actor).filter(contact_id=document.contact_id).exists()


@rules.predicate
def added_it(actor: Actor, document: Any) -> bool:
    """Whoever keyed the report may look at what they attached."""
    return actor.is_user and actor.id == document.added_by_id


_WITH_A_REPORT = role_is(*DUTY) | added_it & role_is(*ENTERS) | reported_a_case_of_theirs
_OPEN_TO = reads_case | has_no_case_yet & _WITH_A_REPORT

rules.add_perm("documents.open_document", _OPEN_TO & (is_unrestricted | is_named_on_case))
rules.add_perm("documents.mark_excerpt", works_on_case & role_is(*CASE_READERS))
rules.add_perm("documents.lift_label", works_on_case & role_is(*DECIDES))
rules.add_perm("documents.decide_file", role_is(*DECIDES, *GUARDIANS))
