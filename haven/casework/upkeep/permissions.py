"""Who may make and who may have a continuity pack."""

import rules

from haven.casework.access.predicates import is_job
from haven.casework.operations.actor import Actor
from haven.casework.upkeep.models import ContinuityPack


@rules.predicate
def is_for_them(actor: Actor, pack: ContinuityPack) -> bool:
    """It is the desk's they are on, or their own, and names nobody they must not reach."""
    return actor.is_user and ContinuityPack.objects.visible_to(actor).filter(pk=pack.pk).exists()


rules.add_perm("upkeep.make_pack", is_job)
rules.add_perm("upkeep.fetch_pack", is_for_them)
rules.add_perm("upkeep.show_words", is_for_them)
