"""Tables whose wall is their own, because others are walled by them or because whose they are is said otherwise."""

from dataclasses import dataclass

from haven.casework.access.policies.parts import (
    ACTOR,
    ALL,
    CASE_SHOWS,
    EVERYTHING,
    INSIDE,
    OUTSIDE,
    learnt_where_shows,
    ours,
    shows,
)


@dataclass(frozen=True)
class Test:
    """What a row must pass to be seen or changed; and to be added or left as it was changed, where that is less."""

    shows: str
    added: str = ""

    @property
    def may_be_added(self) -> str:
        return self.added or self.shows


_LOOKER = f"SELECT FROM access_membership m WHERE m.user_id = events_read.actor_id AND {ours('m')}"
_NO_CONFLICT = (
    "(watch_alert.case_id IS NULL OR NOT watch_alert.case_id = ANY ((SELECT haven_cases_in_conflict())::uuid[])) AND "
    "(watch_alert.person_id IS NULL OR NOT watch_alert.person_id = ANY ((SELECT haven_conflicts())::uuid[])) AND "
    "(watch_alert.contact_id IS NULL OR NOT haven_contact_in_conflict(watch_alert.contact_id))"
)
_ENTRY_KIND = (
    "CASE events_event.subject_kind WHEN 'contacts.contact' THEN 'contact' WHEN 'people.person' THEN 'person' END"
)

_TOLD = f"(people_protectedvalue.authority_id = {OUTSIDE} AND people_protectedvalue.contact_id = ANY (haven_held()))"

OWN: dict[str, Test] = {
    "cases_case": Test(CASE_SHOWS, f"{ALL} OR {ours('cases_case')}"),
    # Somebody new is added before anything ties them to a case; whoever adds them holds them (`wall.hold`).
    "people_person": Test(f"{ALL} OR {shows('person', 'people_person.id')}", INSIDE),
    # One row a person, whichever authority wrote it: a warning not to post helps only if all who might post see it.
    "people_safecontact": Test(
        f"{ALL} OR {shows('person', 'people_safecontact.person_id')}", f"{ALL} OR {ours('people_safecontact')}"
    ),
    # Somebody outside adds a report, and sees the one whose receipt, key or reference they hold.
    "contacts_contact": Test(
        f"{ALL} OR ({ours('contacts_contact')} AND (contacts_contact.id = ANY (haven_held()) OR "
        "NOT haven_keeps_contact(contacts_contact.id))) OR "
        f"({OUTSIDE} IS NOT NULL AND (contacts_contact.id = ANY (haven_held()) OR "
        "contacts_contact.idempotency_key = ANY (haven_named()) OR contacts_contact.reference = ANY (haven_named())))",
        f"{ALL} OR {ours('contacts_contact')} OR contacts_contact.authority_id = {OUTSIDE}",
    ),
    # Of several adults in one report, one whose case is kept does not show beside the others.
    "contacts_contactperson": Test(
        f"{ALL} OR ({shows('contact', 'contacts_contactperson.contact_id')} AND "
        f"(contacts_contactperson.case_id IS NULL OR {shows('case', 'contacts_contactperson.case_id')}))"
    ),
    # What is protected of a person whose case is kept does not show beside the rest; somebody outside protects theirs.
    "people_protectedvalue": Test(
        f"{ALL} OR ({ours('people_protectedvalue')} AND ({EVERYTHING} OR "
        f"(people_protectedvalue.person_id IS NULL OR NOT haven_keeps_person(people_protectedvalue.person_id)) AND "
        f"{learnt_where_shows('people_protectedvalue')} AND "
        f"(people_protectedvalue.contact_id IS NULL OR {shows('contact', 'people_protectedvalue.contact_id')}))) OR "
        f"{_TOLD}",
        f"{ALL} OR {ours('people_protectedvalue')} OR {_TOLD}",
    ),
    # The desk's pack holds open cases alone; a keeper's own, whose row names kept ones, is that keeper's.
    "upkeep_continuitypack": Test(
        f"{ALL} OR ({ours('upkeep_continuitypack')} AND (upkeep_continuitypack.keeper_id IS NULL OR "
        f"upkeep_continuitypack.keeper_id = {ACTOR} OR {EVERYTHING}))",
        f"{ALL} OR {ours('upkeep_continuitypack')}",
    ),
    "access_caserelationship": Test(
        f"{ALL} OR access_caserelationship.user_id = {ACTOR} OR ({ours('access_caserelationship')} AND "
        f"{shows('case', 'access_caserelationship.case_id')})",
        f"{ALL} OR {ours('access_caserelationship')}",
    ),
    # Whom it keeps away sees that it does, and challenges it; the report itself stays out of reach.
    "contacts_contactconflict": Test(
        f"{ALL} OR contacts_contactconflict.user_id = {ACTOR} OR "
        f"{shows('contact', 'contacts_contactconflict.contact_id')}"
    ),
    # The guardian decides about conflicts and alerts of cases that they may not open: ids and codes alone.
    "access_conflict": Test(f"{ALL} OR access_conflict.user_id = {ACTOR} OR {ours('access_conflict')}"),
    "watch_alert": Test(
        f"{ALL} OR ({ours('watch_alert')} AND ({EVERYTHING} OR ({_NO_CONFLICT})))", f"{ALL} OR {ours('watch_alert')}"
    ),
    # Digests of somebody's own details are compared by jobs, and counted for themselves.
    "watch_owndetail": Test(f"{ALL} OR {EVERYTHING} OR watch_owndetail.user_id = {ACTOR}"),
    # What was looked for is read by the job that deletes it, and by nobody on a page.
    "watch_searchedfor": Test(f"{ALL} OR {EVERYTHING}", "true"),
    # What happened may always be written down, whoever acts; a wall before the log would lose it.
    "events_event": Test(
        f"{ALL} OR ({INSIDE} AND (events_event.authority_id IS NULL OR {ours('events_event')}) AND "
        "(events_event.case_id IS NULL OR haven_shows_record('case', events_event.case_id)) AND "
        f"haven_shows_record({_ENTRY_KIND}, events_event.subject_id))",
        "true",
    ),
    # A guardian, for whom the wall is lifted, follows those of other authorities too; of what, the next says.
    "events_read": Test(
        f"{ALL} OR ({INSIDE} AND ({EVERYTHING} OR events_read.actor_id = {ACTOR} OR EXISTS ({_LOOKER})))", "true"
    ),
    "events_readsubject": Test(
        f"{ALL} OR ({INSIDE} AND (haven_shows_record(events_readsubject.kind, events_readsubject.subject_id) OR "
        f"EXISTS (SELECT FROM events_read r WHERE r.id = events_readsubject.read_id AND r.actor_id = {ACTOR})))",
        "true",
    ),
    "drafts_draft": Test(
        f"{ALL} OR drafts_draft.owner_id = {ACTOR} OR drafts_draft.owner_id::text = (SELECT haven_draft()) OR "
        "(drafts_draft.code_hash <> '' AND drafts_draft.code_hash = (SELECT haven_draft()))"
    ),
}
