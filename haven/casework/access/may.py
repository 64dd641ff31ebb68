"""may(): the one question every button and page asks before it shows itself."""

from typing import Any

import rules

from haven.casework.operations.actor import Actor


def may(actor: Actor, permission: str, subject: Any = None) -> bool:
    """Whether this actor may do this to this subject; an undeclared permission is always no."""
    return rules.perm_exists(permission) and bool(rules.has_perm(permission, actor, subject))
