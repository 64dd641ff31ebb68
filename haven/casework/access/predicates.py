"""The predicates permissions are made of. Each takes an Actor and a subject; the absence of one is a no."""

from typing import Any

import rules

from haven.casework.access.roles import DUTY
from haven.casework.operations.actor import Actor


def authority_of(subject: Any) -> Any:
    """The authority a record belongs to, or None."""
    found = getattr(subject, "authority_id", None)
    if found is None and getattr(subject, "case", None) is not None:
        found = subject.case.authority_id
    if found is None and subject is not None and subject._meta.label_lower == "access.authority":
        found = subject.pk
    return found


def role_is(*roles: str) -> Any:
    """Holds one of these roles for the authority the subject belongs to (or anywhere, where there is no subject)."""

    @rules.predicate(f"role_is:{','.join(roles)}")
    def holds(actor: Actor, subject: Any = None) -> bool:
        if not actor.is_user:
            return False
        if subject is None:
            return actor.has_role(*roles)
        case = getattr(subject, "case", None)
        if case is not None and in_conflict(actor, case):
            return False
        return actor.has_role_at(authority_of(subject), *roles)

    return holds


@rules.predicate
def works_on_case(actor: Actor, subject: Any) -> bool:
    """Stands in a relationship to the case: worker, manager, team, or duty while it waits (TR-02, PR-24)."""
    case = getattr(subject, "case", None)
    return case is not None and actor.is_user and related(actor, case)


def related(actor: Actor, case: Any) -> bool:
    """The same question `Case.objects.visible_to` asks of the database, asked of one case."""
    if case.authority_id not in actor.authority_ids or in_conflict(actor, case):
        return False
    if actor.id in (case.worker_id, case.manager_id) or case.pk in actor.case_ids:
        return True
    if case.restriction != "open":
        return False
    on_duty = actor.has_role_at(case.authority_id, *DUTY) and (case.awaits_duty or _leads(actor, case))
    return on_duty or case.team_id in actor.team_ids


def in_conflict(actor: Actor, case: Any) -> bool:
    """The case concerns somebody the actor must not reach (TR-05); no query for who has no conflict."""
    if not actor.conflict_ids:
        return False
    if case.person_id in actor.conflict_ids:
        return True
    return bool(case.involvements.filter(person_id__in=actor.conflict_ids).exists())


def _leads(actor: Actor, case: Any) -> bool:
    """A head of service supervises every team of the authority."""
    return actor.has_role_at(case.authority_id, "head_of_service")


@rules.predicate
def is_public(actor: Actor, subject: Any = None) -> bool:
    """A member of the public or a partner's system: may tell us things, and nothing else."""
    return actor.kind in ("public", "partner")


@rules.predicate
def is_job(actor: Actor, subject: Any = None) -> bool:
    """A timed or background piece of work."""
    return actor.kind == "job"
