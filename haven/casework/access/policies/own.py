"""Tables whose wall is their own, because others are walled by them or because whose they are is said otherwise."""

from dataclasses import dataclass

from haven.casework.access.policies.parts import (
    ACTOR,
    ALL,
    EVERYTHING,
    INSIDE,
    OUTSIDE,
    case_shows,
    contact_shows,
    exists,
    held,
    in_conflict,
    named,
    ours,
    person_shows,
)


@dataclass(frozen=True)
class Test:
    """What a row must pass to be seen or changed; and to be added or left as it was changed, where that is less."""

    shows: str
    added: str = ""

    @property
    def may_be_added(self) -> str:
        return self.added or self.shows


def _subject(kind: str, table: str, named_kind: str, column: str) -> str:
    """An entry about such a record shows where the record does, and outlives it."""
    there = exists(table, "id", column)
    return f"WHEN '{named_kind}' THEN ({there} OR haven_is_gone('{kind}', {column})) "


_ENTRY_CASE = exists("cases_case", "id", "events_event.case_id")
_ENTRY_SUBJECT = _subject("contact", "contacts_contact", "contacts.contact", "events_event.subject_id") + _subject(
    "person", "people_person", "people.person", "events_event.subject_id"
)
_LOOKED_AT = (
    _subject("case", "cases_case", "case", "events_readsubject.subject_id")
    + _subject("contact", "contacts_contact", "contact", "events_readsubject.subject_id")
    + _subject("person", "people_person", "person", "events_readsubject.subject_id")
)
_LOOKER = exists("access_membership", "user_id", "events_read.actor_id")[:-1] + f" AND {ours('access_membership')})"
_NO_CONFLICT = (
    f"(watch_alert.case_id IS NULL OR NOT {in_conflict('watch_alert.case_id')}) AND (watch_alert.person_id IS NULL "
    "OR NOT watch_alert.person_id = ANY ((SELECT haven_conflicts())::uuid[]))"
)

OWN: dict[str, Test] = {
    "cases_case": Test(case_shows("cases_case"), f"{ALL} OR {ours('cases_case')}"),
    # Somebody new is added before anything ties them to a case; whoever adds them holds them (`wall.hold`).
    "people_person": Test(f"{ALL} OR {person_shows('people_person.id')}", INSIDE),
    # One row a person, whichever authority wrote it: a warning not to post helps only if all who might post see it.
    "people_safecontact": Test(
        f"{ALL} OR {person_shows('people_safecontact.person_id')}", f"{ALL} OR {ours('people_safecontact')}"
    ),
    "contacts_contact": Test(
        f"{ALL} OR ({ours('contacts_contact')} AND {contact_shows('contacts_contact')}) OR "
        f"{held('contacts_contact.id')} OR {named('contacts_contact.idempotency_key')} OR "
        f"{named('contacts_contact.reference')}",
        f"{ALL} OR {ours('contacts_contact')} OR contacts_contact.authority_id = {OUTSIDE}",
    ),
    # Of several adults in one report, one whose case is kept does not show beside the others.
    "contacts_contactperson": Test(
        f"{ALL} OR ({exists('contacts_contact', 'id', 'contacts_contactperson.contact_id')} AND "
        f"(contacts_contactperson.case_id IS NULL OR {exists('cases_case', 'id', 'contacts_contactperson.case_id')}))"
    ),
    "access_caserelationship": Test(
        f"{ALL} OR access_caserelationship.user_id = {ACTOR} OR ({ours('access_caserelationship')} AND "
        f"{exists('cases_case', 'id', 'access_caserelationship.case_id')})",
        f"{ALL} OR {ours('access_caserelationship')}",
    ),
    # The guardian decides about conflicts and alerts of cases that they may not open: ids and codes alone.
    "access_conflict": Test(f"{ALL} OR access_conflict.user_id = {ACTOR} OR {ours('access_conflict')}"),
    "watch_alert": Test(
        f"{ALL} OR ({ours('watch_alert')} AND ({EVERYTHING} OR ({_NO_CONFLICT})))", f"{ALL} OR {ours('watch_alert')}"
    ),
    # What happened may always be written down, whoever acts; a wall before the log would lose it.
    "events_event": Test(
        f"{ALL} OR ({INSIDE} AND (events_event.authority_id IS NULL OR {ours('events_event')}) AND "
        f"(events_event.case_id IS NULL OR {_ENTRY_CASE} OR haven_is_gone('case', events_event.case_id)) AND "
        f"CASE events_event.subject_kind {_ENTRY_SUBJECT}ELSE true END)",
        "true",
    ),
    "events_read": Test(f"{ALL} OR ({INSIDE} AND (events_read.actor_id = {ACTOR} OR {_LOOKER}))", "true"),
    "events_readsubject": Test(
        f"{ALL} OR ({INSIDE} AND CASE events_readsubject.kind {_LOOKED_AT}ELSE true END)", "true"
    ),
    "drafts_draft": Test(
        f"{ALL} OR drafts_draft.owner_id = {ACTOR} OR drafts_draft.owner_id::text = (SELECT haven_draft()) OR "
        "(drafts_draft.code_hash <> '' AND drafts_draft.code_hash = (SELECT haven_draft()))"
    ),
}
