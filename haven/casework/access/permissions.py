"""Who may change accounts. Nobody changes their own roles, and nobody disables or restores themselves."""

from typing import Any

import rules

from haven.casework.access.models import Authority, Invitation, Membership, User
from haven.casework.access.predicates import is_job
from haven.casework.access.roles import RESTORES
from haven.casework.operations.actor import Actor

ADMINISTERS, OPERATES = "authority_administrator", "platform_operator"


@rules.predicate
def administers(actor: Actor, subject: Any) -> bool:
    """An administrator of the authority that this is, or belongs to."""
    authority_id = subject.pk if isinstance(subject, Authority) else getattr(subject, "authority_id", None)
    return actor.is_user and actor.has_role_at(authority_id, ADMINISTERS)


@rules.predicate
def operates(actor: Actor, subject: Any = None) -> bool:
    """Looks after the whole service, and so lets an authority's first administrator in."""
    return actor.is_user and actor.has_role(OPERATES)


@rules.predicate
def is_somebody_else(actor: Actor, subject: Any) -> bool:
    """The account is not the actor's own."""
    user_id = subject.pk if isinstance(subject, User) else getattr(subject, "user_id", None)
    return user_id is not None and user_id != actor.id


@rules.predicate
def is_themselves(actor: Actor, user: User) -> bool:
    """It is the actor's own account."""
    return actor.is_user and user.pk == actor.id


def works_with(*roles: str) -> Any:
    """Holds one of these roles for an authority at which this account holds a role, now or later; or held one, where it
    holds none anywhere any more: who has left one council for another is the other's."""

    @rules.predicate(f"works_with:{','.join(roles)}")
    def holds(actor: Actor, user: User) -> bool:
        at = {authority for authority, role in actor.roles_at if role in roles}
        return actor.is_user and Membership.objects.answering_for(user).filter(authority__in=at).exists()

    return holds


@rules.predicate
def holds_the_link(actor: Actor, invitation: Invitation) -> bool:
    """Whoever opens the link; signed in or not. The link itself is the secret."""
    return actor.kind in ("public", "user")


rules.add_perm("access.invite", (administers | operates | is_job))
rules.add_perm("access.revoke_invitation", administers | operates)
rules.add_perm("access.renew_invitation", administers | operates)
rules.add_perm("access.accept_invitation", holds_the_link)
rules.add_perm("access.give_role", works_with(ADMINISTERS) & is_somebody_else)
rules.add_perm("access.end_role", administers & is_somebody_else)
rules.add_perm("access.disable_account", works_with(ADMINISTERS) & is_somebody_else)
rules.add_perm("access.enable_account", works_with(ADMINISTERS) & is_somebody_else)
rules.add_perm("access.forget_second_step", works_with(ADMINISTERS) & is_somebody_else)
rules.add_perm("access.end_sessions", is_themselves | works_with(ADMINISTERS))
rules.add_perm("access.warn_unused", is_job)
rules.add_perm("access.suspend_unused", is_job)
rules.add_perm("access.ask_restoring", is_themselves)
rules.add_perm("access.restore_account", works_with(*RESTORES) & is_somebody_else)
rules.add_perm("access.set_idle_minutes", administers)
rules.add_perm("access.save_single_sign_on", administers)
rules.add_perm("access.add_single_sign_on", administers)
