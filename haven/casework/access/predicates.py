"""The predicates permissions are made of. Each takes an Actor and a subject; the absence of one is a no."""

from typing import Any

import rules

from haven.casework.access.roles import CASE_READERS, DUTY, READS_ONE
from haven.casework.access.ties import MAY_NOTE, READS_ONLY
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
def reads_case(actor: Actor, subject: Any) -> bool:
    """Stands in any relationship to the case that lets it be read (TR-02)."""
    case = getattr(subject, "case", None)
    return case is not None and actor.is_user and related(actor, case)


@rules.predicate
def works_on_case(actor: Actor, subject: Any) -> bool:
    """Stands in a relationship that lets steps be taken: worker, manager, team, duty while it waits, or one of their
    own that is not for reading alone (TR-02, PR-24)."""
    case = getattr(subject, "case", None)
    return case is not None and actor.is_user and _ours(actor, case) and (_own(actor, case) or _works(actor, case))


@rules.predicate
def notes_on_case(actor: Actor, subject: Any) -> bool:
    """Reads the case for a reason that may be followed by a note: a call taken for a colleague."""
    case = getattr(subject, "case", None)
    if case is None or not actor.is_user or not _ours(actor, case):
        return False
    return case.restriction == "open" and actor.tied(case.pk, *MAY_NOTE) is not None


def related(actor: Actor, case: Any) -> bool:
    """The same question `Case.objects.visible_to` asks of the database, asked of one case."""
    return _ours(actor, case) and (_own(actor, case) or case.pk in actor.case_ids)


def is_named(actor: Actor, case: Any) -> bool:
    """One of the people of a restricted or sealed case: its worker, its manager, or by a relationship of their own."""
    return _ours(actor, case) and (actor.id in (case.worker_id, case.manager_id) or case.pk in actor.case_ids)


def _ours(actor: Actor, case: Any) -> bool:
    """A role that may read cases is held at the case's own authority: one held elsewhere opens nothing here (B.1)."""
    return actor.has_role_at(case.authority_id, *READS_ONE) and not in_conflict(actor, case)


def _own(actor: Actor, case: Any) -> bool:
    """By what stands on the case itself."""
    if actor.id in (case.worker_id, case.manager_id):
        return True
    if case.restriction != "open":
        return False
    on_duty = actor.has_role_at(case.authority_id, *DUTY) and (case.awaits_duty or _leads(actor, case))
    return on_duty or (case.team_id in actor.case_team_ids and actor.has_role_at(case.authority_id, *CASE_READERS))


def _works(actor: Actor, case: Any) -> bool:
    """By a relationship of one's own, of a kind that is not for reading alone."""
    return any(tie.case_id == case.pk and tie.kind not in READS_ONLY for tie in actor.ties)


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
