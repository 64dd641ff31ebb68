"""What the wall asks of a record: is it of an authority that is open, and is its case open to this reader?

A restricted or sealed case, or one of a conflict of interest, is called `kept` from the reader.

Whether a case shows is one test of its columns. Whatever hangs on a case, a contact or a person asks a function about
its id, not the other table: a policy is planned again for each table a statement names, and policies within policies
made a page's statements ten times as long to plan as to run. The functions are the owner's, so that they ask no policy
in turn; each answers yes or no about one id, by its key.
"""

ALL = "(SELECT haven_all_authorities())"
EVERYTHING = "(SELECT haven_sees_everything())"
ACTOR = "(SELECT haven_actor())"
INSIDE = "(SELECT haven_is_inside())"
OPEN = "(SELECT haven_is_open())"
OUTSIDE = "(SELECT haven_outside())"


def ours(table: str) -> str:
    """Of an authority that this transaction is open to."""
    return f"{table}.authority_id = ANY ((SELECT haven_authorities())::uuid[])"


def shows(kind: str, record_id: str) -> str:
    """The function that answers for one record: a case, a contact, a person, or a row of a table others hang on."""
    return f"haven_shows_{kind}({record_id})"


def case_shows_many(case_id: str) -> str:
    """The same for a table read by the thousand whose rows say their authority themselves: most cases are open, and the
    ids of those can be joined to."""
    plainly = f"EXISTS (SELECT FROM haven_open_case o WHERE o.id = {case_id})"
    return f"(NOT (SELECT haven_has_conflicts()) AND {plainly} OR {shows('case', case_id)})"


def learnt_where_shows(row: str) -> str:
    """A fact of a person shows to whom the case shows in which it was learnt; of no case, with the person."""
    return f"({row}.learnt_in_id IS NULL OR {shows('case', f'{row}.learnt_in_id')})"


OPEN_CASES = "CREATE OR REPLACE VIEW haven_open_case AS SELECT id FROM cases_case WHERE restriction = 'open'"
"""Ids alone, and the owner's, so that no policy is planned within a policy."""

CASE_SHOWS = (
    f"{ALL} OR ({ours('cases_case')} AND (cases_case.restriction = 'open' AND NOT cases_case.id = "
    "ANY ((SELECT haven_cases_in_conflict())::uuid[]) OR haven_shows_case(cases_case.id)))"
)
"""Nearly every case is open, and answered without asking further; the few others are asked one by one."""

ASKED = (
    "haven_cases_in_conflict()", "haven_shows_case(uuid)", "haven_keeps_contact(uuid)", "haven_shows_contact(uuid)",
    "haven_contact_in_conflict(uuid)",
    "haven_keeps_person(uuid)", "haven_shows_person(uuid)", "haven_shows_record(text, uuid)",
    "haven_ring_first(uuid, date)", "haven_ties_of(uuid, timestamptz)",
)  # fmt: skip


def owners(name: str, returns: str, body: str, declare: str = "") -> str:
    """A function that runs as the owner of the tables, past every policy, with nothing but its arguments to go by."""
    declared = f"DECLARE {declare} " if declare else ""
    return (
        f"CREATE OR REPLACE FUNCTION {name} RETURNS {returns} LANGUAGE plpgsql STABLE SECURITY DEFINER "
        f"SET search_path = public, pg_temp AS $$ {declared}BEGIN {body} END $$"
    )


def grant(signature: str, role: str) -> str:
    """Nobody but the application's role may ask it."""
    return f'REVOKE ALL ON FUNCTION {signature} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {signature} TO "{role}"'


# The same test as CASE_SHOWS, of a row that a function has at hand. Never null: a case without a worker is nobody's.
# What nearly always settles it is asked first, by itself, for that takes a fifth of the time of the whole.
_HERE = "here uuid[] := haven_authorities(); wary boolean := haven_has_conflicts();"
_OURS = "c.authority_id = ANY (here)"
_PLAINLY_SHOWS = f"(c.restriction = 'open' AND NOT wary AND {_OURS})"
_MAY_BE_KEPT = "(c.restriction <> 'open' OR wary)"
_OPEN_TO_READER = (
    "((c.restriction = 'open' OR coalesce(c.worker_id = haven_actor(), false) OR "
    "coalesce(c.manager_id = haven_actor(), false) OR c.id = ANY (haven_held())) AND "
    "(NOT wary OR NOT c.id = ANY (haven_cases_in_conflict())))"
)
_SHOWS = f"(haven_all_authorities() OR ({_OURS} AND (haven_sees_everything() OR {_OPEN_TO_READER})))"
_KEPT = f"({_OURS} AND NOT haven_sees_everything() AND NOT {_OPEN_TO_READER})"

_CASES_OF_PERSON = "cases_case c WHERE c.person_id = record"
_PARTS_OF_PERSON = "cases_involvement i JOIN cases_case c ON c.id = i.case_id WHERE i.person_id = record"
_CASES_OF_CONTACT = "cases_case c WHERE c.contact_id = record"
_ADULTS_OF_CONTACT = "contacts_contactperson p JOIN cases_case c ON c.id = p.case_id WHERE p.contact_id = record"

_SEALED_CONTACT = "contacts_keptreport k WHERE k.contact_id = record AND k.lifted_at IS NULL"
_NOT_ITS_KEEPER = "NOT (coalesce(k.keeper_id = haven_actor(), false) OR coalesce(k.deputy_id = haven_actor(), false))"

_CONTACT_IN_CONFLICT = "contacts_contactconflict x WHERE x.contact_id = record AND x.ended_at IS NULL"
_NAMES_READER = "x.user_id = haven_actor()"
_ADULT_IN_CONFLICT = "contacts_contactperson a WHERE a.contact_id = record"
_MUST_NOT_REACH = "a.person_id = ANY (haven_conflicts())"

_FACTS = (
    ("people_address", "person_id"), ("people_contactpoint", "person_id"), ("people_flag", "person_id"),
    ("people_safecontact", "person_id"), ("people_relationship", "person_id"), ("people_relationship", "other_id"),
)  # fmt: skip


def _shown(table: str) -> str:
    return "" if table == "people_safecontact" else f" AND {learnt_where_shows('f')}"


_HAS_A_FACT = " OR ".join(
    f"EXISTS (SELECT FROM {table} f WHERE f.{column} = record AND f.authority_id = ANY (here){_shown(table)})"
    for table, column in _FACTS
)

WARNS = ("visit_in_pairs", "do_not_ring_home", "risk_to_staff")
"""The flags that warn whoever may not know them (`people.codes`, which is above this layer; a test compares them)."""

_HIDDEN = "f.authority_id = ANY (here) AND f.learnt_in_id IS NOT NULL AND NOT haven_shows_case(f.learnt_in_id)"
_WARNINGS = (
    f"people_flag f WHERE f.person_id = record AND f.kind IN {WARNS} AND (f.ended_on IS NULL OR f.ended_on > today)",
    "people_relationship f WHERE f.person_id = record AND f.risk_to AND f.ended_at IS NULL",
    "people_protectedvalue f WHERE f.person_id = record AND f.kind = 'reach' AND f.ended_at IS NULL",
)


def _any(rows: str, test: str) -> str:
    return f"EXISTS (SELECT FROM {rows} AND {test})"


_CONFLICT = f"{_any(_CONTACT_IN_CONFLICT, _NAMES_READER)} OR {_any(_ADULT_IN_CONFLICT, _MUST_NOT_REACH)}"


def _keeps(direct: str, through: str) -> str:
    """Something of it is kept, and nothing of it shows."""
    return (
        f"IF NOT ({_any(direct, _MAY_BE_KEPT)} OR {_any(through, _MAY_BE_KEPT)}) THEN RETURN false; END IF; "
        f"IF NOT ({_any(direct, _KEPT)} OR {_any(through, _KEPT)}) THEN RETURN false; END IF; "
        f"RETURN NOT ({_any(direct, _SHOWS)} OR {_any(through, _SHOWS)});"
    )


FUNCTIONS = (
    owners(
        "haven_cases_in_conflict()",
        "uuid[]",
        "IF haven_conflicts() = '{}' THEN RETURN '{}'; END IF; RETURN ARRAY("
        "SELECT c.id FROM cases_case c WHERE c.person_id = ANY (haven_conflicts()) UNION "
        "SELECT i.case_id FROM cases_involvement i WHERE i.person_id = ANY (haven_conflicts()));",
    ),
    owners(
        "haven_shows_case(record uuid)",
        "boolean",
        "SELECT cases_case.id, authority_id, restriction, worker_id, manager_id INTO c FROM cases_case "  # noqa: S608
        f"WHERE cases_case.id = record; IF {_PLAINLY_SHOWS} THEN RETURN true; END IF; "
        f"RETURN coalesce({_SHOWS}, false);",
        declare=f"c record; {_HERE}",
    ),
    # A report sealed before it is a case shows to its keeper and deputy; one concerning a reader, not to them.
    owners(
        "haven_keeps_contact(record uuid)",
        "boolean",
        f"IF NOT haven_sees_everything() AND ({_any(_SEALED_CONTACT, _NOT_ITS_KEEPER)} OR {_CONFLICT}) "
        "THEN RETURN true; END IF; " + _keeps(_CASES_OF_CONTACT, _ADULTS_OF_CONTACT),
        declare=_HERE,
    ),
    # Its keeper's guardian is alerted to a sealed report; one concerning the guardian is not theirs to see.
    owners("haven_contact_in_conflict(record uuid)", "boolean", f"RETURN {_CONFLICT};"),
    # What is said of a report before it is sent, or after it was erased, is of no case.
    owners(
        "haven_shows_contact(record uuid)",
        "boolean",
        "SELECT contacts_contact.authority_id INTO c FROM contacts_contact WHERE contacts_contact.id = record; "  # noqa: S608
        f"IF NOT FOUND THEN RETURN haven_is_inside(); END IF; RETURN record = ANY (haven_held()) OR ({_OURS} AND NOT "
        "haven_keeps_contact(record));",
        declare=f"c record; {_HERE}",
    ),
    owners("haven_keeps_person(record uuid)", "boolean", _keeps(_CASES_OF_PERSON, _PARTS_OF_PERSON), _HERE),
    # By a case or a part in one that shows, or just added; else by another fact, unless all that is held is kept.
    owners(
        "haven_shows_person(record uuid)",
        "boolean",
        f"IF {_any(_CASES_OF_PERSON, _PLAINLY_SHOWS)} THEN RETURN true; END IF; "
        f"IF {_any(_CASES_OF_PERSON, _SHOWS)} OR record = ANY (haven_held()) OR {_any(_PARTS_OF_PERSON, _SHOWS)} "
        f"THEN RETURN true; END IF; IF haven_keeps_person(record) THEN RETURN false; END IF; RETURN {_HAS_A_FACT} OR "
        "EXISTS (SELECT FROM contacts_contactperson p JOIN contacts_contact c ON c.id = p.contact_id "
        f"WHERE p.person_id = record AND {_OURS});",
        _HERE,
    ),
    # An entry of the log outlives what it is about.
    owners(
        "haven_shows_record(kind text, record uuid)",
        "boolean",
        "RETURN CASE kind WHEN 'case' THEN haven_shows_case(record) OR NOT EXISTS "
        "(SELECT FROM cases_case c WHERE c.id = record) WHEN 'contact' THEN haven_shows_contact(record) "
        "WHEN 'person' THEN haven_shows_person(record) OR NOT EXISTS (SELECT FROM people_person p WHERE p.id = record) "
        "ELSE true END;",
    ),
    # Somebody who may not know why is warned all the same, and told nothing but to ring first (PR-05).
    owners(
        "haven_ring_first(record uuid, today date)",
        "boolean",
        "IF haven_all_authorities() OR haven_sees_everything() OR record = ANY (haven_conflicts()) THEN RETURN false; "
        f"END IF; RETURN {' OR '.join(_any(rows, _HIDDEN) for rows in _WARNINGS)};",
        _HERE,
    ),
    owners(
        "haven_ties_of(account uuid, moment timestamptz)",
        "TABLE (what text, kind varchar, id uuid, other uuid, reason varchar, until_at timestamptz)",
        "RETURN QUERY SELECT 'tie', r.kind, r.case_id, r.id, r.reason, r.until_at FROM access_caserelationship r "
        "WHERE r.user_id = account AND r.from_at <= moment AND (r.until_at IS NULL OR r.until_at > moment) UNION ALL "
        "SELECT 'conflict', '', c.person_id, NULL::uuid, '', NULL FROM access_conflict c "
        "WHERE c.user_id = account AND c.ended_at IS NULL;",
    ),
)
