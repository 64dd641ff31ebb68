"""What is held of a case, thing by thing: what it is, when it is of, and whether it is held back at first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case, CaseNote
from haven.casework.contacts.models import Contact
from haven.casework.decisions.models import Decision
from haven.casework.disclosure.gathering import documents_of, named_openly, reports_of
from haven.casework.disclosure.hooks import is_on_hold
from haven.casework.documents.models import Document, Excerpt
from haven.casework.letters.models import Letter
from haven.design.moments import day_in_words
from haven.lib.paper.making import Section


@dataclass(frozen=True)
class Held:
    """One thing that is held. `title` says what it is and when, never what it says; `held_back` a reason code."""

    case: Case
    kind: str
    id: UUID
    title: str
    at: datetime
    held_back: str = ""


def held_of(case: Case) -> list[Held]:
    """Everything held of one case, oldest first, each with the reason it is held back, if any."""
    found = [*_reports(case), *_notes(case), *_decisions(case), *_letters(case), *_documents(case)]
    hold = "police" if is_on_hold(case) else ""
    sealed = "restricted" if case.restriction == Restriction.SEALED else ""
    kept = [each if each.held_back else _with(each, hold or sealed) for each in found]
    return sorted(kept, key=lambda each: (each.at, str(each.id)))


def _with(held: Held, held_back: str) -> Held:
    return Held(held.case, held.kind, held.id, held.title, held.at, held_back)


def _reports(case: Case) -> Iterator[Held]:
    """Of somebody who told us in confidence, or gave no name, the words never leave verbatim (PR-23)."""
    for contact in reports_of(case):
        why = "" if named_openly(contact) else "who_told_us"
        yield Held(case, "report", contact.pk, _title("Report", contact.received_at), contact.received_at, why)


def _notes(case: Case) -> Iterator[Held]:
    foreign = set(Excerpt.objects.filter(case=case).standing().values_list("held_id", flat=True))
    for note in CaseNote.objects.filter(case=case, superseded_by=None):
        title = _title(f"Case note ({note.get_how_display().lower()})", note.happened_at)
        yield Held(case, "note", note.pk, title, note.happened_at, "third_party" if note.pk in foreign else "")


def _decisions(case: Case) -> Iterator[Held]:
    for decision in Decision.objects.filter(case=case):
        yield Held(case, "decision", decision.pk, _title("Decision", decision.at), decision.at)


def _letters(case: Case) -> Iterator[Held]:
    """Letters to those who told us would show who they are."""
    for letter in Letter.objects.filter(case=case).meant_to_leave():
        why = "who_told_us" if letter.to_kind == "referrer" else ""
        yield Held(case, "letter", letter.pk, _title("Letter", letter.written_at), letter.written_at, why)


def _documents(case: Case) -> Iterator[Held]:
    for document in Document.objects.filter(documents_of(case)):
        yield Held(
            case, "document", document.pk, _title("Document", document.added_at), document.added_at, _why(document)
        )


def _why(document: Document) -> str:
    if document.restriction != Restriction.OPEN:
        return "restricted"
    return "third_party" if document.source_label else ""


def _title(what: str, at: datetime) -> str:
    return f"{what}, {day_in_words(at)}"


def words_of_item(kind: str, pk: UUID) -> list[Section]:
    """The words of a thing that is text, under headings; none of a document, whose bytes are its own."""
    readers: dict[str, Any] = {"note": _note, "decision": _decision, "letter": _letter, "report": _report}
    return readers[kind](pk) if kind in readers else []


def _note(pk: UUID) -> list[Section]:
    note = CaseNote.objects.select_related("author").get(pk=pk)
    return [Section("", note.words or "Tried to make contact; nobody answered.")]


def _decision(pk: UUID) -> list[Section]:
    made = Decision.objects.get(pk=pk)
    return [Section("", f"{made.question}: {made.outcome}".replace("_", " ")), Section("Reasons", made.reasons),
            Section("Law", made.legal_source)]  # fmt: skip


def _letter(pk: UUID) -> list[Section]:
    letter = Letter.objects.get(pk=pk)
    return [Section(letter.subject, letter.body)]


def _report(pk: UUID) -> list[Section]:
    contact = Contact.objects.get(pk=pk)
    rows = [f"{question}: {answer}" for question, answer in _asked(contact.answers)]
    return [Section("", "\n".join(rows))]


def _asked(answers: dict[str, Any]) -> list[tuple[str, Any]]:
    """Questions and answers of a report, whatever form it came by."""
    if "receipt" in answers:
        return [(question, answer) for _, rows in answers["receipt"] for question, answer in rows]
    if "asked" in answers:
        return [(row["question"], row["answer"]) for row in answers["asked"]]
    return [(name.replace("_", " "), value) for name, value in answers.items() if isinstance(value, (str, int))]
