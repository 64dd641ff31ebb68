"""n recipients get n letters, each their own; approval binds to the bytes; nothing goes that was not looked at."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from haven.casework.cases.models import Case
from haven.casework.deliveries.models import Delivery
from haven.casework.disclosure.hooks import ON_HOLD
from haven.casework.disclosure.renditions import (
    ChangedSince,
    NothingForThem,
    make_renditions,
    previews_of,
    renditions_of,
    send_renditions,
)
from haven.casework.disclosure.sharing import (
    AlreadySent,
    LabelStays,
    OnePersonOnly,
    add_recipient,
    remove_recipient,
    write_part,
)
from haven.casework.documents.excerpting import lift_label, mark_excerpt
from haven.casework.documents.keeping import BytesDamaged
from haven.casework.letters.approving import (
    AlreadyAnswered,
    NotApproved,
    SecondPersonNeeded,
    approval_of,
    decide_approval,
)
from haven.casework.letters.models import Approval, Letter, Rendition, Writing
from haven.casework.letters.rendering import QUOTE_LEFT_OUT
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import NotAllowed
from haven.casework.people.models import Person
from haven.lib.redacting.pages import page_texts
from haven.project.testing.people import TUESDAY

LATER = TUESDAY + timedelta(hours=1)
To = Callable[..., Any]


@pytest.fixture
def three(to: To, joan: Person) -> None:
    """Joan, the police, and Maud's daughter."""
    to("adult", "Joan Whitlock", person=joan)
    to("agency", "Eastmere Police")
    to("resident", "Ivy Pettifer")


def approve_all(writing: Writing, by: Actor) -> None:
    for rendition in renditions_of(writing):
        approval = approval_of(rendition)
        assert approval is not None
        decide_approval(approval, outcome="approved", by=by, at=LATER)


def sent_words() -> dict[str, str]:
    return {row.to_address: row.body for row in Delivery.objects.filter(purpose="shared")}


@pytest.mark.usefixtures("three")
def test_each_recipient_gets_a_letter_a_fingerprint_and_a_delivery_of_their_own(
    writing: Writing, priya: Actor, desmond: Actor
) -> None:
    make_renditions(writing, by=priya, at=TUESDAY)
    approve_all(writing, desmond)
    send_renditions(writing, by=priya, at=LATER)

    words = sent_words()
    assert len(words) == 3
    assert Letter.objects.filter(rendition__sent_at=LATER).count() == 3
    assert len(set(Rendition.objects.values_list("sha256", flat=True))) == 3
    assert "safe at home" in words["adult@example.org"] and "safe at home" in words["agency@example.org"]
    assert "making enquiries" in words["resident@example.org"] and "Joan" not in words["resident@example.org"]
    assert not any("Maud" in body for body in words.values())


@pytest.mark.usefixtures("three")
def test_the_preview_says_what_each_does_not_get_and_why(writing: Writing) -> None:
    found = {each.recipient.kind: [why for _, why in each.shown.left_out] for each in previews_of(writing)}
    assert found == {"adult": ["names_another"], "agency": ["names_another"], "resident": ["names_another"] * 2}


@pytest.mark.usefixtures("three")
def test_the_pdf_says_the_same_as_the_letter(writing: Writing, priya: Actor, files: Path) -> None:
    for rendition in make_renditions(writing, by=priya, at=TUESDAY):
        text = " ".join(page_texts((files / rendition.pdf_path).read_bytes()))
        assert "making enquiries" in text
        assert ("safe at home" in text) is ("safe at home" in rendition.letter.body)
        assert "Maud" not in text


def test_one_recipient_is_one_address(to: To) -> None:
    for address in ("a@example.org, b@example.org", "a@example.org;b@example.org", "a@example.org b@example.org"):
        with pytest.raises(OnePersonOnly):
            to("agency", "Two at once", address=address)


def test_nobody_is_sent_an_empty_letter(writing: Writing, priya: Actor, to: To) -> None:
    writing.parts.filter(position=1).delete()
    to("other", "Somebody else")
    with pytest.raises(NothingForThem):
        make_renditions(writing, by=priya, at=TUESDAY)


@pytest.mark.usefixtures("three")
def test_nothing_is_sent_before_a_second_person_approved_it(writing: Writing, priya: Actor, desmond: Actor) -> None:
    make_renditions(writing, by=priya, at=TUESDAY)
    first, *_ = renditions_of(writing)
    approval = approval_of(first)
    assert approval is not None

    with pytest.raises(SecondPersonNeeded):
        decide_approval(approval, outcome="approved", by=priya, at=LATER)
    with pytest.raises(NotApproved):
        send_renditions(writing, by=priya, at=LATER)
    assert Delivery.objects.count() == 0
    approve_all(writing, desmond)
    with pytest.raises(AlreadyAnswered):
        decide_approval(approval, outcome="returned", words="No.", by=desmond, at=LATER)


@pytest.mark.usefixtures("three")
def test_any_change_voids_every_approval_and_the_row_says_so(writing: Writing, priya: Actor, desmond: Actor) -> None:
    make_renditions(writing, by=priya, at=TUESDAY)
    approve_all(writing, desmond)
    write_part(writing, text="One word more.", level="receipt", by=priya, at=LATER)

    assert set(Approval.objects.values_list("voided_because", flat=True)) == {"changed"}
    assert renditions_of(writing) == []
    make_renditions(writing, by=priya, at=LATER)
    with pytest.raises(NotApproved):
        send_renditions(writing, by=priya, at=LATER)


@pytest.mark.usefixtures("three")
def test_a_letter_taken_off_is_withdrawn_with_its_approval(writing: Writing, priya: Actor, desmond: Actor) -> None:
    make_renditions(writing, by=priya, at=TUESDAY)
    approve_all(writing, desmond)
    remove_recipient(writing.recipients.first(), by=priya, at=LATER)
    assert not Approval.objects.standing().exists()


@pytest.mark.usefixtures("three")
def test_a_pdf_changed_on_the_disk_is_not_sent(writing: Writing, priya: Actor, desmond: Actor, files: Path) -> None:
    made = make_renditions(writing, by=priya, at=TUESDAY)
    approve_all(writing, desmond)
    path = files / made[1].pdf_path
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(BytesDamaged):
        send_renditions(writing, by=priya, at=LATER)
    assert Delivery.objects.count() == 0


@pytest.mark.usefixtures("three")
def test_an_approval_of_other_bytes_does_not_count(writing: Writing, priya: Actor, desmond: Actor) -> None:
    make_renditions(writing, by=priya, at=TUESDAY)
    approve_all(writing, desmond)
    Approval.objects.filter(subject_id=renditions_of(writing)[0].pk).update(sha256="0" * 64)
    with pytest.raises(NotApproved, match="not what was shown"):
        send_renditions(writing, by=priya, at=LATER)


@pytest.mark.usefixtures("three")
def test_what_somebody_may_see_is_asked_again_at_the_moment_of_sending(
    writing: Writing, case: Case, priya: Actor, desmond: Actor
) -> None:
    make_renditions(writing, by=priya, at=TUESDAY)
    approve_all(writing, desmond)
    quote = "Joan is safe at home"
    mark_excerpt(case, words=quote, source_label="her GP", by=priya, at=LATER)
    with pytest.raises(ChangedSince):
        send_renditions(writing, by=priya, at=LATER)


def test_a_police_hold_leaves_no_word_for_the_alleged_person_or_an_employer(
    writing: Writing, case: Case, priya: Actor, to: To, monkeypatch: pytest.MonkeyPatch
) -> None:
    to("provider", "Oak House")
    to("referrer", "Tom Baker", level="outcome")
    monkeypatch.setitem(ON_HOLD, case.pathway, lambda case: True)

    provider, referrer = previews_of(writing)
    assert provider.is_empty
    assert referrer.reader.level == "receipt"


def test_somebody_linked_needs_a_second_person_even_alone(
    writing: Writing, with_kevin: Case, kevin: Person, priya: Actor, to: To
) -> None:
    to("alleged_source", "Kevin Whitlock", person=kevin, level="receipt")
    [made] = make_renditions(writing, by=priya, at=TUESDAY)
    approval = approval_of(made)
    assert approval is not None and approval.why == "linked"
    assert "Joan" not in made.letter.body


def test_one_letter_to_an_agency_needs_nobody_else(writing: Writing, priya: Actor, to: To) -> None:
    to("agency", "Eastmere Police")
    make_renditions(writing, by=priya, at=TUESDAY)
    send_renditions(writing, by=priya, at=LATER)
    assert list(sent_words()) == ["agency@example.org"]
    with pytest.raises(AlreadySent):
        write_part(writing, text="Too late.", by=priya, at=LATER)


def test_only_a_manager_takes_a_label_or_a_restriction_away(writing: Writing, priya: Actor, desmond: Actor) -> None:
    part = write_part(
        writing, text="He was seen.", source_label="Police", restriction="restricted", by=priya, at=TUESDAY
    )
    for lowered in ({"source_label": "", "restriction": "restricted"}, {"source_label": "Police"}):
        with pytest.raises(LabelStays):
            write_part(writing, part=part, text="He was seen.", by=priya, at=LATER, **lowered)
    write_part(writing, part=part, text="He was seen.", by=desmond, at=LATER)


def test_pasted_words_keep_their_label_in_whatever_text_they_are_put(
    writing: Writing, case: Case, priya: Actor, desmond: Actor, to: To
) -> None:
    said = "Officers attended the flat at nine and found him hiding in the yard."
    excerpt = mark_excerpt(case, words=said, source_label="Police strategy meeting", by=priya, at=TUESDAY)
    write_part(writing, text=f"We were told: {said.upper()} Please ring.", level="receipt", by=priya, at=TUESDAY)
    to("agency", "Oak Surgery")

    [found] = previews_of(writing)
    assert QUOTE_LEFT_OUT in found.body and "ATTENDED" not in found.body
    with pytest.raises(NotAllowed):
        lift_label(excerpt, reasons="They agreed.", by=priya, at=TUESDAY)
    lift_label(excerpt, reasons="Inspector Lowe agreed on the telephone.", by=desmond, at=TUESDAY)
    [found] = previews_of(writing)
    assert "ATTENDED" in found.body


def test_a_worker_of_another_team_shares_nothing(writing: Writing, other_team_worker: Actor) -> None:
    with pytest.raises(NotAllowed):
        make_renditions(writing, by=other_team_worker, at=TUESDAY)
    with pytest.raises(NotAllowed):
        add_recipient(
            writing, kind="agency", name="X", level="receipt", channel="hand", by=other_team_worker, at=TUESDAY
        )


def test_the_database_too_refuses_ones_own_approval(writing: Writing, priya: Actor, to: To) -> None:
    to("agency", "One")
    to("agency", "Two")
    make_renditions(writing, by=priya, at=TUESDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.update(decided_by_id=priya.id, decided_at=LATER, outcome="approved")


@pytest.mark.usefixtures("three")
def test_a_letter_that_was_made_and_not_given_counts_as_one_nobody_has_had(
    writing: Writing, priya: Actor, desmond: Actor
) -> None:
    make_renditions(writing, by=priya, at=TUESDAY)
    assert Letter.objects.count() == 3 and not Letter.objects.meant_to_leave().exists()
    approve_all(writing, desmond)
    send_renditions(writing, by=priya, at=LATER)
    assert Letter.objects.meant_to_leave().count() == 3
