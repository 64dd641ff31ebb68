"""What leaves: protected values, a message that waits for its second person, letters to approve, a redacted pack."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile

from haven.casework.cases.models import Case
from haven.casework.cases.operations import add_case_note
from haven.casework.deliveries.leaving import Outgoing
from haven.casework.deliveries.release import ask_for_release, release
from haven.casework.disclosure.marking import mark_protected, mark_term, start_copy
from haven.casework.disclosure.packing import answer_item, start_pack
from haven.casework.disclosure.renditions import make_renditions
from haven.casework.disclosure.sharing import add_recipient, start_writing, write_part
from haven.casework.documents.excerpting import mark_excerpt
from haven.casework.documents.keeping import keep_document
from haven.casework.people.protection import record_address, record_home_entry, record_number
from haven.lib.paper.making import Section, text_pdf
from haven.pathways.adults.operations import name_alleged_source
from haven.project.demonstration.walls import DAY, HOUR, Scene

REFUGE: dict[str, Any] = {"lines": "Refuge House, 7 Fable Mews", "postcode": "ZZ9 9ZZ"}
NUMBER = "01632 960 777"
LETTER = (
    "Dear colleague,\n\nThank you for writing about your patient. The nephew came to the surgery on Friday and asked "
    f"where she lives now. The receptionist was asked for the address, {REFUGE['lines']}, and did not give it.\n\n"
    "The neighbour, Mrs Pretend, saw him outside the old flat on two evenings.\n\nYours sincerely,\nDr A Sample"
)


def build_given(scene: Scene) -> None:
    """Everything in one case that is given to somebody outside, or waits for a second person before it is."""
    case = scene.cases.pop()
    nephew: dict[str, Any] = {"given_name": "Milos", "family_name": "Pretendle", "relationship": "other_relative"}
    name_alleged_source(case, lives_with=False, **nephew, **scene.by("practitioner", scene.now - 3 * DAY))
    _protect(scene, case)
    _ask_to_release(scene, case)
    _write_for_two(scene, case)
    _redact(scene, case)


def _protect(scene: Scene, case: Case) -> None:
    """She has gone to a refuge; how to get in, and her new number, are protected too."""
    who: dict[str, Any] = {"person": case.person, **scene.by("practitioner", scene.now - 2 * DAY)}
    record_address(case, source="The adult", protected=True, **REFUGE, **who)
    record_number(case, kind="mobile", value=NUMBER, source="The adult", protected=True, **who)
    record_home_entry(case, words="Ring twice and say the name of the street.", source="The refuge", **who)


def _ask_to_release(scene: Scene, case: Case) -> None:
    """The head of service has let it go; a second person, who did not write it, must look too."""
    to = case.involvements.filter(role="alleged_source").select_related("person")[0].person
    words = f"The court asks that papers be served on her at {REFUGE['lines']}. The order is enclosed."
    where, about = "14 Pretend Street, Thamesbury", "Papers of the court"
    item = Outgoing("letter", where, about, words, scene.authority.pk, case, person_id=to.pk if to else None)
    asked = ask_for_release(case, item=item, kinds=["address"], **scene.by("practitioner", scene.now - 3 * HOUR))
    reasons = "The order names the address itself; our solicitor has read it."
    release(asked, reasons=reasons, **scene.by("head_of_service", scene.now - 2 * HOUR))


def _write_for_two(scene: Scene, case: Case) -> None:
    """A summary for the police and for the surgery, each as much as they may have; it waits to be approved."""
    who: dict[str, Any] = scene.by("practitioner", scene.now - DAY)
    writing = start_writing(case, **who)
    write_part(writing, heading="What happens", text="We are making enquiries.", level="receipt", **who)
    text = "She is safe where she is. She wants to decide herself who is told."
    write_part(writing, heading="How she is", text=text, about=[case.person], **who)
    said = "He was seen near the flat at nine in the evening."
    write_part(writing, heading="What was seen", text=said, source_label="Police", restriction="restricted", **who)
    add_recipient(writing, kind="agency", name="Thamesbury Police", level="outcome", channel="hand", **who)
    add_recipient(writing, kind="other", name="Example Street Surgery", level="receipt", channel="hand", **who)
    make_renditions(writing, **who)
    mark_excerpt(case, words=said, source_label="Police", **who)


def _redact(scene: Scene, case: Case) -> None:
    """A letter with words to be taken out, and the pack that it is for."""
    at = scene.now - DAY
    who: dict[str, Any] = scene.by("practitioner", at)
    file = ContentFile(text_pdf("Letter of the surgery", [Section("", LETTER)]), name="letter-of-the-surgery.pdf")
    document = keep_document(file, authority_id=case.authority_id, case=case, source_label="Her surgery", **who)
    copy = start_copy(document, case=case, purpose="subject_access", **who)
    for term in ("nephew", "Mrs Pretend"):
        mark_term(copy, term=term, reason="third_party", **who)
    mark_protected(copy, **who)
    add_case_note(case, how="visit", happened_at=at - timedelta(hours=3), words="Seen at the refuge, calm.", **who)
    guardian: dict[str, Any] = scene.by("information_governance_officer", at + HOUR)
    pack = start_pack(
        case, purpose="subject_access", reasons="She asked in writing.", recipient="The adult", **guardian
    )
    note = pack.items.filter(kind="note")[0]
    answer_item(note, answer="include", words="It is about herself." if note.held_back else "", **guardian)
