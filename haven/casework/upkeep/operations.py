"""Making a continuity pack, fetching it, being shown the words that open it. Each is recorded."""

from datetime import datetime

from haven.casework.documents.keeping import get
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.upkeep import events
from haven.casework.upkeep.models import ContinuityPack
from haven.casework.upkeep.words import words_of


@operation(may="upkeep.make_pack")
def make_pack(pack: ContinuityPack, *, by: Actor, at: datetime) -> ContinuityPack:
    """Make today's continuity pack."""
    pack.made_at = at
    pack.save(force_insert=True)
    record(events.PACK_MADE, subject=pack, by=by, at=at, codes=_codes(pack))
    return pack


@operation(may="upkeep.fetch_pack")
def fetch_pack(pack: ContinuityPack, *, by: Actor, at: datetime) -> bytes:
    """Fetch the continuity pack, to keep where it can be opened without Haven."""
    content = get(pack.path, pack.sha256)
    record(events.PACK_FETCHED, subject=pack, by=by, at=at, codes=_codes(pack))
    return content


@operation(may="upkeep.show_words")
def show_words(pack: ContinuityPack, *, by: Actor, at: datetime) -> str:
    """See the words that open the continuity pack, to write them on paper."""
    record(events.WORDS_SHOWN, subject=pack, by=by, at=at, codes=_codes(pack))
    return words_of(pack.keeper_id or pack.authority_id)


def _codes(pack: ContinuityPack) -> dict[str, object]:
    return {"cases": len(pack.case_ids), "sha256": pack.sha256, "kind": "keeper" if pack.keeper_id else "duty"}
