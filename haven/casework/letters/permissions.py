"""Who may approve: somebody who works on the case, or the guardian for packs and redactions; never who asked."""

from typing import Any

import rules

from haven.casework.letters.models import Approval
from haven.casework.operations.actor import Actor


@rules.predicate
def is_for_them(actor: Actor, approval: Any) -> bool:
    """It stands in the actor's own queue."""
    return actor.is_user and Approval.objects.visible_to(actor).filter(pk=approval.pk).exists()


rules.add_perm("letters.decide_approval", is_for_them)
