"""Several operations that one page asks for together: all of them are done, or none (PR-12, PR-16).

Each is an operation of its own, asked under its own permission; a page only saves the flipping between them.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import Stale
from haven.casework.operations.versions import change
from haven.pathways.adults.models import Concern, Enquiry
from haven.pathways.adults.operations.concern import record_hearing
from haven.pathways.adults.operations.decision import Limb, answer_limbs, decide_concern
from haven.pathways.adults.operations.telling import tell_also

Answers = Mapping[str, Any] | None
"""What an operation is to be told, by name; None where the page had nothing to ask."""


def propose_on_one_page(
    concern: Concern,
    *,
    limbs: Mapping[str, Limb],
    settle: Mapping[str, tuple[str, date]],
    hearing: Answers = None,
    children: Answers = None,
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> str:
    """Keep what was heard, who was told and the three parts, without deciding; gives the outcome they propose."""
    with transaction.atomic():
        _must_be_fresh(concern, version, limbs)
        if hearing:
            record_hearing(concern, **hearing, by=by, at=at)
        if children:
            tell_also(concern, **children, by=by, at=at)
        proposed: str = answer_limbs(concern, **limbs, settle=settle, by=by, at=at)
        change(concern)
        return proposed


def decide_on_one_page(
    concern: Concern,
    *,
    limbs: Mapping[str, Limb],
    settle: Mapping[str, tuple[str, date]],
    decision: Mapping[str, Any],
    hearing: Answers = None,
    children: Answers = None,
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> Enquiry | None:
    """The same, and decide: `decision` holds the answers of decide_concern."""
    given: dict[str, Any] = {"hearing": hearing, "children": children, "version": version}
    with transaction.atomic():
        propose_on_one_page(concern, limbs=limbs, settle=settle, **given, by=by, at=at)
        enquiry: Enquiry | None = decide_concern(concern, **decision, by=by, at=at)
        return enquiry


def _must_be_fresh(concern: Concern, version: int | None, limbs: Mapping[str, Limb]) -> None:
    """Refuse (Stale) where somebody changed the concern or its three parts since the page was opened."""
    now = Concern.objects.filter(pk=concern.pk).values_list("version", flat=True).get()
    if version is None or version == now:
        return
    saved = {limb.limb: (limb.answer, limb.reasons) for limb in concern.limbs.all()}
    pairs = []
    for limb, given in limbs.items():
        before = saved.get(limb, ("", ""))
        pairs += [(limb, given[0], before[0]), (f"{limb}_reasons", given[1], before[1])]
    raise Stale([pair for pair in pairs if pair[1] != pair[2]] or pairs, concern)
