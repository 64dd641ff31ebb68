"""The timeline of a case in sentences: who did what when, from events, notes, decisions and letters, newest first.

An event holds ids and codes only. Names come from live accounts in one query, codes from the labels of the process,
words from the note, decision or letter the event speaks of; what has been erased is said to be.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from haven.casework.access.models import User
from haven.casework.cases.codes import NOTE_HOWS
from haven.casework.cases.models import Case, CaseNote
from haven.casework.contacts.codes import ALERTED, CHANNELS, SAFE_TONIGHT, URGENCIES
from haven.casework.desk.facts import CaseFacts
from haven.casework.events.kinds import event_type
from haven.casework.events.recording import history_with
from haven.casework.stages.pathway import PATHWAYS

LIMIT = 200
"""The newest happenings on the case page; the page of the whole timeline shows ten times as many."""

KINDS = {"": "Everything", "note": "Notes", "decision": "Decisions", "letter": "Letters", "move": "Moves"}
"""What the timeline may be narrowed to, by the reader's choice only: nothing is left out unasked."""

GENERIC = {"how": NOTE_HOWS, "channel": CHANNELS, "safe_tonight": SAFE_TONIGHT, "urgency": URGENCIES, "whom": ALERTED}
TO = {"referrer": "the person who told us", "adult": "the adult"}
NOBODY = {"public": "A member of the public", "partner": "A partner’s system", "job": "Haven"}
ERASED = "a person whose record was erased"
MOVES = ("stages.case_opened", "stages.moved", "stages.referred", "contacts.received")


@dataclass
class Entry:
    """One happening: when, its sentence, and the words behind it."""

    at: datetime
    sentence: str
    kind: str = ""
    text: str = ""
    note: CaseNote | None = None
    recorded_at: datetime | None = None


class Codes(dict[str, str]):
    """The codes of an event as words; a code the sentence asks for and the event lacks says nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def timeline_of(case: Case, facts: CaseFacts, *, limit: int = LIMIT) -> list[Entry]:
    """What happened in the case and to the report it came from, newest first: three statements at most."""
    notes = notes_of(case)
    events = history_with(case.pk, "contacts.contact", case.contact_id, limit)
    names = names_for(events, case, facts, notes)
    entries = _entries(case, facts, notes, events, names)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:limit]


def of_kind(entries: list[Entry], kind: str) -> list[Entry]:
    """Those of one kind, where the reader asked for one."""
    return [entry for entry in entries if not kind or entry.kind == kind]


def notes_of(case: Case) -> list[CaseNote]:
    """The case's notes with their authors, newest first."""
    return list(CaseNote.objects.filter(case=case).select_related("author").order_by("-happened_at")[: 10 * LIMIT])


def attempts_in(entries: Iterable[Entry]) -> int:
    """How many times contact was tried without an answer (PR-17)."""
    return sum(entry.note is not None and entry.note.attempt for entry in entries)


def _entries(
    case: Case, facts: CaseFacts, notes: list[CaseNote], events: list[Any], names: dict[UUID, str]
) -> list[Entry]:
    by_id = {note.pk: note for note in notes}
    words = {UUID(row["id"]): row for row in [*facts.decisions, *facts.letters]}
    told = {event.subject_id for event in events}
    entries = [_entry(case, event, names, by_id.get(event.subject_id), words) for event in events]
    entries += [_note_alone(note) for note in notes if note.pk not in told]
    return entries + _words_alone(facts, told, entries)


def _entry(case: Case, event: Any, names: dict[UUID, str], note: CaseNote | None, words: dict[Any, Any]) -> Entry:
    entry = Entry(event.at, sentence_of(event, names, case.pathway), kind=_kind(event, note), note=note)
    if note is not None:
        entry.at, entry.recorded_at = note.happened_at, note.recorded_at
    if event.subject_id in words:
        entry.text = words[event.subject_id].get("reasons") or words[event.subject_id].get("body") or ""
    return entry


def _kind(event: Any, note: CaseNote | None) -> str:
    if note is not None:
        return "note"
    if event.type in MOVES:
        return "move"
    if event.subject_kind == "decisions.decision" or event.type.endswith(("_decided", "_authorised", "_countersigned")):
        return "decision"
    return "letter" if event.subject_kind == "letters.letter" else ""


def _note_alone(note: CaseNote) -> Entry:
    """A note brought over from elsewhere, whose adding was not recorded here."""
    who = note.author.name if note.author else ERASED
    said = "tried to make contact: {}, no answer" if note.attempt else "added a case note: {}"
    sentence = f"{who} {said.format(NOTE_HOWS.get(note.how, note.how))}"
    return Entry(note.happened_at, sentence, "note", note=note, recorded_at=note.recorded_at)


def _words_alone(facts: CaseFacts, told: set[Any], entries: list[Entry]) -> list[Entry]:
    """Decisions and letters that no event speaks of by itself: a decision's reasons join the event of its moment."""
    alone = []
    for row in facts.decisions:
        same = next((e for e in entries if e.kind == "decision" and e.at == row["made_at"] and not e.text), None)
        if same is not None:
            same.text = row["reasons"]
        elif UUID(row["id"]) not in told:
            sentence = f"{row['by'] or ERASED} decided: {row['text']} {row['said']}"
            alone.append(Entry(row["made_at"], sentence, "decision", text=row["reasons"]))
    for row in facts.letters:
        if UUID(row["id"]) not in told:
            to = row["to_name"] or TO.get(row["to_kind"], row["to_kind"])
            sentence = f"{row['by'] or 'Haven'} wrote to {to}: {row['subject']}"
            alone.append(Entry(row["written_at"], sentence, "letter", text=row["body"]))
    return alone


def names_for(events: list[Any], case: Case, facts: CaseFacts, notes: list[CaseNote]) -> dict[UUID, str]:
    """The names of every account the events speak of; those at hand cost nothing, the rest one query."""
    known = {user.pk: user.name for user in (case.worker, case.manager) if user is not None}
    known |= {note.author.pk: note.author.name for note in notes if note.author}
    known |= {UUID(row["by_id"]): row["by"] for row in facts.decisions if row["by_id"]}
    wanted = {event.actor_id for event in events if event.actor_kind == "user" and event.actor_id}
    wanted |= {pk for event in events for pk in _ids(event.codes)}
    missing = wanted - set(known)
    return {**known, **dict(User.objects.filter(pk__in=missing).values_list("pk", "name"))} if missing else known


def sentence_of(event: Any, names: dict[UUID, str], pathway: str) -> str:
    """The event's sentence with its actor and codes in words."""
    actor = names.get(event.actor_id, ERASED) if event.actor_kind == "user" else NOBODY.get(event.actor_kind, "Haven")
    codes = Codes({name: _said(pathway, name, value, names) for name, value in event.codes.items()})
    codes["actor"] = actor
    said = event_type(event.type).sentence.format_map(codes)
    return " ".join(said.split()).rstrip(" :,")


def _said(pathway: str, name: str, value: Any, names: dict[UUID, str]) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(_said(pathway, name, each, names) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    known = PATHWAYS.get(pathway)
    stages = {stage.code: stage.name.split(":")[0] for stage in known.stages} if known else {}
    own = known.labels.get(name, {}) if known else {}
    tables = (own, GENERIC.get(name, {}), stages if name.endswith("stage") else {})
    label = next((table[str(value)] for table in tables if str(value) in table), None)
    return label or names.get(_id(value) or UUID(int=0), _plain(value))


def _plain(value: Any) -> str:
    """A code nobody gave a label to, readable at least; an id says nothing."""
    return "" if _id(value) else str(value).replace("_", " ")


def _ids(codes: dict[str, Any]) -> list[UUID]:
    return [pk for pk in map(_id, codes.values()) if pk is not None]


def _id(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None
