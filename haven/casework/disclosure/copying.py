"""“Copy for the main record” as a PDF in one click, for one recipient, on the record (PR-20)."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from haven.casework.cases.models import Case
from haven.casework.disclosure import events
from haven.casework.disclosure.gathering import protected_in, sources_in
from haven.casework.events.recording import record
from haven.casework.letters.rendering import Reader, quoted
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.people.protecting import masked
from haven.lib.paper.making import Section, text_pdf

TITLE = "Copy for the main record"


@operation(may="disclosure.copy_for_main_record")
def copy_for_main_record(case: Case, *, blocks: Sequence[tuple[str, str]], by: Actor, at: datetime) -> bytes:
    """Take the case and its decisions as a tagged PDF for the main record, without protected values or the words of
    others."""
    pdf = text_pdf(f"{TITLE} {case.reference}", [Section(head, text) for head, text in as_given(case, blocks)])
    record(events.COPIED, subject=case, by=by, at=at, codes={"sha256": hashlib.sha256(pdf).hexdigest()})
    return pdf


def as_given(case: Case, blocks: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The blocks as they may leave: words of others left out by a neutral mark, protected values taken out (TR-11)."""
    reader, sources, kept = Reader("agency", "", "outcome"), sources_in(case), protected_in(case)
    return [(head, masked(quoted(text, reader, sources)[0], kept)) for head, text in blocks]
