"""Having a copy or a pack made: the job is written in the transaction that asks for it, and vanishes with it."""

from datetime import datetime

from haven.casework.disclosure import events
from haven.casework.disclosure.jobs import make_disclosure_pack, make_redacted_copy
from haven.casework.disclosure.marking import NotReady, bytes_to_give, must_be_markable
from haven.casework.disclosure.models import DisclosurePack, RedactedCopy
from haven.casework.disclosure.packing import must_be_open, unmake
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change


class NotAnswered(Refusal):
    """Every item is answered before a pack is made."""


@operation(may="disclosure.redact")
def ask_copy(copy: RedactedCopy, *, by: Actor, at: datetime) -> RedactedCopy:
    """Have the copy made and checked; a worker of the machine does it, page by page."""
    must_be_markable(copy, by, at)
    change(copy, state=RedactedCopy.State.MAKING)
    record(events.COPY_ASKED, subject=copy, by=by, at=at, codes={"marks": copy.marks.count()})
    make_redacted_copy.defer(copy_id=str(copy.pk))
    return copy


@operation(may="disclosure.pack")
def ask_pack(pack: DisclosurePack, *, by: Actor, at: datetime) -> DisclosurePack:
    """Have the pack made as one PDF with its index. Refused while an item waits for an answer, or a redacted copy for
    its check or a second person."""
    must_be_open(pack)
    if pack.items.filter(answer="").exists():
        raise NotAnswered("Some items still wait for an answer.")
    for item in pack.items.filter(answer="redact", kind="document").select_related("copy__document"):
        if item.copy is None:
            raise NotReady("A redacted copy is missing.")
        bytes_to_give(item.copy)
    unmake(pack, by=by, at=at)
    record(events.PACK_MADE, subject=pack, by=by, at=at, codes={"items": pack.items.count()})
    make_disclosure_pack.defer(pack_id=str(pack.pk))
    return pack
