"""A pack of what is held of a case or of its adult, for one recipient: gathered, answered item by item."""

from collections.abc import Sequence
from datetime import datetime

from haven.casework.cases.models import Case
from haven.casework.disclosure import events
from haven.casework.disclosure.codes import ANSWERS, PURPOSES, REASONS
from haven.casework.disclosure.holding import Held, held_of
from haven.casework.disclosure.marking import NotReady
from haven.casework.disclosure.models import DisclosurePack, PackItem, RedactedCopy, disclosed_by
from haven.casework.documents.keeping import get
from haven.casework.events.recording import record
from haven.casework.letters.approving import approval_needed, must_be_approved, void_approval
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import change, must_be_as_seen


class PackNeedsMore(Refusal):
    """A pack says what it is for, why, and who gets it."""


class AnswerNeedsMore(Refusal):
    """What is taken out or held back has its reason; what Haven held back is given only with words why."""

    field = "reason"


class PackIsGiven(Refusal):
    """A pack that was given stays as it was."""


@operation(may="disclosure.pack")
def start_pack(
    case: Case, *, purpose: str, reasons: str, recipient: str, whole_person: bool = False, by: Actor, at: datetime
) -> DisclosurePack:
    """Begin a pack for one recipient: list what is held of the case, or of the adult in every case they may disclose.

    What is restricted, under a police hold or of somebody who told us in confidence is held back until somebody says
    otherwise.
    """
    if purpose not in PURPOSES or not reasons.strip() or not recipient.strip():
        raise PackNeedsMore("Say what the pack is for, why, and who gets it.")
    pack = DisclosurePack(case=case, authority_id=case.authority_id, purpose=purpose, whole_person=whole_person)
    pack.reasons, pack.recipient = reasons.strip(), recipient.strip()
    pack.started_by_id, pack.started_at = by.user_id, at
    pack.save(force_insert=True)
    items = [_item(pack, held) for each in _cases(case, whole_person, by) for held in held_of(each)]
    PackItem.objects.bulk_create(items)
    record(events.PACK_STARTED, subject=pack, by=by, at=at, codes={"purpose": purpose, "items": len(items)})
    return pack


@operation(may="disclosure.pack")
def answer_item(
    item: PackItem,
    *,
    answer: str,
    reason: str = "",
    words: str = "",
    terms: Sequence[str] = (),
    copy: RedactedCopy | None = None,
    version: int | None = None,
    by: Actor,
    at: datetime,
) -> PackItem:
    """Include an item, include it with words taken out, or hold it back; the last two with the law they rest on.

    What Haven proposed to hold back is included only with words that say why.
    """
    must_be_open(item.pack)
    must_be_as_seen(item, version, answer=answer, reason=reason, words=words.strip(), terms=list(terms))
    if answer not in ANSWERS or (answer != "include" and reason not in REASONS):
        raise AnswerNeedsMore("Say whether it goes, and why if not all of it does.")
    if item.held_back and answer == "include" and not words.strip():
        raise AnswerNeedsMore("This is held back unless you say why it may go. Write your reasons.")
    if answer == "redact" and item.kind == "document" and copy is None:
        raise AnswerNeedsMore("Make a redacted copy of this document first, then choose it.")
    if answer == "redact" and item.kind != "document" and not terms:
        raise AnswerNeedsMore("Say which words go.")
    item.answer, item.reason, item.words = answer, "" if answer == "include" else reason, words.strip()
    item.terms, item.copy = (list(terms) if answer == "redact" else []), (copy if answer == "redact" else None)
    item.decided_by_id, item.decided_at = by.user_id, at
    item.save()
    unmake(item.pack, by=by, at=at)
    codes = {"answer": answer, "reason": item.reason, "kind": item.kind}
    record(events.ITEM_ANSWERED, subject=item, case_id=item.pack.case_id, authority_id=item.pack.authority_id,
           by=by, at=at, codes=codes)  # fmt: skip
    return item


@operation(may="disclosure.pack")
def give_pack(pack: DisclosurePack, *, by: Actor, at: datetime) -> bytes:
    """Give the pack: its bytes, once a second person has approved exactly these."""
    if not pack.sha256:
        raise NotReady("The pack is not made yet.")
    content = get(pack.path, pack.sha256)
    if approval_needed("pack"):
        must_be_approved(pack, pack.sha256)
    if pack.given_at is None:
        change(pack, given_at=at, given_by_id=by.user_id)
    record(events.PACK_GIVEN, subject=pack, by=by, at=at, codes={"sha256": pack.sha256})
    return content


def _cases(case: Case, whole_person: bool, by: Actor) -> list[Case]:
    if not whole_person:
        return [case]
    theirs = disclosed_by(by).filter(person_id=case.person_id, authority_id=case.authority_id)
    return list(theirs.select_related("person").order_by("opened_at"))


def _item(pack: DisclosurePack, held: Held) -> PackItem:
    return PackItem(
        pack=pack, case=held.case, kind=held.kind, held_id=held.id, title=held.title, dated_at=held.at,
        held_back=held.held_back,
    )  # fmt: skip


def must_be_open(pack: DisclosurePack) -> None:
    if pack.given_at is not None:
        raise PackIsGiven("This pack has been given. Begin another one.")


def unmake(pack: DisclosurePack, *, by: Actor, at: datetime) -> None:
    """What was made before is not this pack any more; its approval is void."""
    void_approval(pack, because="changed", by=by, at=at)
    change(pack, made_at=None, sha256="", path="", progress=None)
