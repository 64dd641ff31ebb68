"""A pack: everything held is listed, each item answered under its law, what must not leave is held back at first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from haven.casework.access.models import Authority
from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.cases.operations import add_case_note
from haven.casework.disclosure.asking import NotAnswered, ask_copy, ask_pack
from haven.casework.disclosure.hooks import ON_HOLD
from haven.casework.disclosure.making import make_redacted
from haven.casework.disclosure.marking import NotReady, mark_term, start_copy
from haven.casework.disclosure.models import DisclosurePack, PackItem
from haven.casework.disclosure.pack_making import make_pack
from haven.casework.disclosure.packing import AnswerNeedsMore, PackIsGiven, answer_item, give_pack, start_pack
from haven.casework.documents.models import Document
from haven.casework.letters.approving import NotApproved, approval_of, decide_approval
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.lib.redacting.pages import page_texts
from haven.project.testing.people import FRIDAY, TUESDAY, make_report

LATER = TUESDAY + timedelta(hours=1)
ASKED = {"purpose": "subject_access", "reasons": "Joan asked by letter.", "recipient": "Joan Whitlock"}


@pytest.fixture
def held(case: Case, priya: Actor, keep: Callable[..., Document], authority: Authority, neighbour: Actor) -> Case:
    """A note, a letter from the GP, an open document, a restricted one, and a report in confidence."""
    add_case_note(case, how="visit", happened_at=FRIDAY, words="Saw Joan. Kevin was in.", by=priya, at=TUESDAY)
    keep(b"From the surgery: Joan is well.", "gp.txt", source_label="Her GP")
    keep(b"Joan's own letter about Kevin.", "own.txt")
    keep(b"Sealed words", "sealed.txt", restriction="restricted")
    report = make_report(authority, neighbour, referrer={"name": "Tom Baker", "identity": "confidential"})
    Case.objects.filter(pk=case.pk).update(contact_id=report.pk)
    case.refresh_from_db()
    return case


@pytest.fixture
def pack(held: Case, desmond: Actor) -> DisclosurePack:
    return start_pack(held, **ASKED, by=desmond, at=TUESDAY)


def test_what_must_not_leave_is_held_back_at_first(pack: DisclosurePack) -> None:
    found = sorted((item.kind, item.held_back) for item in pack.items.all())
    assert found == [
        ("document", ""), ("document", "restricted"), ("document", "third_party"), ("note", ""),
        ("report", "who_told_us"),
    ]  # fmt: skip


def test_under_a_police_hold_everything_is_held_back(
    held: Case, desmond: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ON_HOLD, held.pathway, lambda case: True)
    pack = start_pack(held, **ASKED, by=desmond, at=TUESDAY)
    assert "" not in {item.held_back for item in pack.items.all()}


def answer_all(pack: DisclosurePack, by: Actor) -> None:
    for item in pack.items.filter(answer=""):
        reason = item.held_back
        given: dict[str, Any] = {"answer": "withhold", "reason": reason} if reason else {"answer": "include"}
        answer_item(item, by=by, at=TUESDAY, **given)


def test_a_pack_is_made_approved_and_given_with_an_index_that_says_what_is_not_there(
    pack: DisclosurePack, held: Case, desmond: Actor, samira: Actor
) -> None:
    note = pack.items.get(kind="note")
    answer_item(note, answer="redact", reason="third_party", terms=["Kevin"], by=desmond, at=TUESDAY)
    own = next(item for item in pack.items.filter(kind="document", held_back=""))
    copy = start_copy(Document.objects.get(pk=own.held_id), case=held, purpose="subject_access", by=desmond, at=TUESDAY)
    mark_term(copy, term="Kevin", reason="third_party", by=desmond, at=TUESDAY)
    ask_copy(copy, by=desmond, at=TUESDAY)
    make_redacted(copy.pk, TUESDAY)
    copy.refresh_from_db()
    answer_item(own, answer="redact", reason="third_party", copy=copy, by=desmond, at=TUESDAY)
    answer_all(pack, desmond)

    with pytest.raises(NotApproved):
        ask_pack(pack, by=desmond, at=TUESDAY)
    copy_approval = approval_of(copy)
    assert copy_approval is not None
    decide_approval(copy_approval, outcome="approved", by=samira, at=LATER)
    ask_pack(pack, by=desmond, at=TUESDAY)
    make_pack(pack.pk, TUESDAY)
    pack.refresh_from_db()
    with pytest.raises(NotApproved):
        give_pack(pack, by=desmond, at=LATER)
    approval = approval_of(pack)
    assert approval is not None and approval.sha256 == pack.sha256
    decide_approval(approval, outcome="approved", by=samira, at=LATER)

    text = " ".join(page_texts(give_pack(pack, by=desmond, at=LATER)))
    assert "Saw Joan. [redacted]" in text.replace("\r\n", " ")
    assert "Kevin" not in text and "Sealed words" not in text and "surgery" not in text and "pension" not in text
    assert text.count("Not given.") == 3 and "Sch 2 para 16" in text.replace("\r\n", " ")
    with pytest.raises(PackIsGiven):
        answer_item(note, answer="include", by=desmond, at=LATER)


def test_a_pack_is_not_made_while_an_item_waits(pack: DisclosurePack, desmond: Actor) -> None:
    with pytest.raises(NotAnswered):
        ask_pack(pack, by=desmond, at=TUESDAY)
    with pytest.raises(NotReady):
        give_pack(pack, by=desmond, at=TUESDAY)


def test_an_answer_has_its_reason_and_what_was_held_back_its_words(pack: DisclosurePack, desmond: Actor) -> None:
    report = pack.items.get(kind="report")
    wrong = ({"answer": "withhold"}, {"answer": "include"}, {"answer": "redact", "reason": "police"}, {"answer": "?"})
    for given in wrong:
        with pytest.raises(AnswerNeedsMore):
            answer_item(report, by=desmond, at=TUESDAY, **given)
    answer_item(report, answer="include", words="Tom said in writing that he agrees.", by=desmond, at=TUESDAY)


def test_changing_an_answer_voids_the_pack(pack: DisclosurePack, desmond: Actor) -> None:
    answer_all(pack, desmond)
    ask_pack(pack, by=desmond, at=TUESDAY)
    make_pack(pack.pk, TUESDAY)
    pack.refresh_from_db()
    approval = approval_of(pack)
    assert approval is not None
    item: PackItem = pack.items.get(kind="note")
    answer_item(item, answer="withhold", reason="police", by=desmond, at=LATER)
    approval.refresh_from_db()
    pack.refresh_from_db()
    assert (approval.voided_because, pack.sha256) == ("changed", "")


def test_who_may_begin_a_pack(held: Case, priya: Actor, desmond: Actor, samira: Actor, elsewhere_worker: Actor) -> None:
    for outsider in (priya, elsewhere_worker):
        with pytest.raises(NotAllowed):
            start_pack(held, **ASKED, by=outsider, at=TUESDAY)
    start_pack(held, **ASKED, by=samira, at=TUESDAY)
    Case.objects.filter(pk=held.pk).update(restriction=Restriction.SEALED)
    held.refresh_from_db()
    with pytest.raises(NotAllowed):
        start_pack(held, **ASKED, by=samira, at=TUESDAY)
    assert start_pack(held, **ASKED, by=desmond, at=TUESDAY).items.filter(held_back="").count() == 0
