"""What the wall asks of a record: is it of an authority that is open, and is its case open to this reader?

A restricted or sealed case, or one of a conflict of interest, is called `kept` from the reader. What is written here
is put into the policies, and into a few functions of the owner's that policies call where asking through another
policy would never end (a person shows by a case, the case's part by the person …). They answer yes or no about an id.
"""

ALL = "(SELECT haven_all_authorities())"
EVERYTHING = "(SELECT haven_sees_everything())"
ACTOR = "(SELECT haven_actor())"
OUTSIDE = "(SELECT haven_outside())"
INSIDE = "(SELECT haven_is_inside())"
OPEN = "(SELECT haven_is_open())"


def held(column: str) -> str:
    """Passes for this transaction by its id."""
    return f"{column} = ANY ((SELECT haven_held())::uuid[])"


def named(column: str) -> str:
    """Somebody outside has shown us this key or reference."""
    return f"{column} = ANY ((SELECT haven_named())::text[])"


def ours(table: str) -> str:
    """Of an authority that this transaction is open to."""
    return f"{table}.authority_id = ANY ((SELECT haven_authorities())::uuid[])"


def is_named_on(case: str) -> str:
    """The reader is the case's worker, its manager, or in a live relationship of their own to it."""
    return f"({case}.worker_id = {ACTOR} OR {case}.manager_id = {ACTOR} OR {held(f'{case}.id')})"


def in_conflict(case_id: str) -> str:
    """A case in which somebody whom the reader must not reach has a part (TR-05)."""
    return f"{case_id} = ANY ((SELECT haven_cases_in_conflict())::uuid[])"


def open_to_reader(case: str) -> str:
    """Open, or the reader is named on it; and never one of a conflict."""
    return f"(({case}.restriction = 'open' OR {is_named_on(case)}) AND NOT {in_conflict(f'{case}.id')})"


def case_shows(case: str) -> str:
    """The test of one row of cases_case, under this alias."""
    return f"{ALL} OR ({ours(case)} AND ({EVERYTHING} OR {open_to_reader(case)}))"


def _is_kept(case: str) -> str:
    """A case without a worker answers neither yes nor no to whether the reader is its worker: that is a no."""
    return f"({ours(case)} AND {open_to_reader(case)} IS NOT TRUE)"


def exists(table: str, column: str, value: str) -> str:
    """There is such a row, under that table's own policy."""
    return f"EXISTS (SELECT FROM {table} WHERE {table}.{column} = {value})"


def person_shows(person_id: str) -> str:
    """The adult of a case that shows; else whatever else is held of them."""
    return f"({exists('cases_case', 'person_id', person_id)} OR {held(person_id)} OR haven_shows_person({person_id}))"


def facts_show(person_id: str) -> str:
    """Not everything about the person, in the authorities that are open, is kept from the reader."""
    return f"({EVERYTHING} OR {exists('cases_case', 'person_id', person_id)} OR NOT haven_keeps_person({person_id}))"


def contact_shows(contact: str) -> str:
    """Not what became of a case that is kept, unless another adult's case came of it that shows."""
    became = exists("cases_case", "contact_id", f"{contact}.id")
    return f"({EVERYTHING} OR {became} OR NOT haven_keeps_contact({contact}.id))"


ASKED = (
    "haven_cases_in_conflict()", "haven_keeps_contact(uuid)", "haven_keeps_person(uuid)", "haven_shows_person(uuid)",
    "haven_is_gone(text, uuid)", "haven_ties_of(uuid, timestamptz)",
)  # fmt: skip


def _owners(name: str, returns: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name} RETURNS {returns} LANGUAGE plpgsql STABLE SECURITY DEFINER "
        f"SET search_path = public, pg_temp AS $$ BEGIN {body} END $$"
    )


_PARTS = "SELECT FROM cases_involvement i JOIN cases_case c ON c.id = i.case_id WHERE i.person_id = person AND "
_HAS = "SELECT FROM {table} f WHERE f.{column} = person AND {ours}"
_FACTS = (
    ("people_address", "person_id"), ("people_contactpoint", "person_id"), ("people_flag", "person_id"),
    ("people_safecontact", "person_id"), ("people_relationship", "person_id"), ("people_relationship", "other_id"),
)  # fmt: skip
_ANY_FACT = " OR ".join(
    f"EXISTS ({_HAS.format(table=table, column=column, ours=ours('f'))})" for table, column in _FACTS
)

FUNCTIONS = (
    _owners(
        "haven_cases_in_conflict()",
        "uuid[]",
        "IF haven_conflicts() = '{}' THEN RETURN '{}'; END IF; RETURN ARRAY("
        "SELECT id FROM cases_case WHERE person_id = ANY (haven_conflicts()) UNION "
        "SELECT case_id FROM cases_involvement WHERE person_id = ANY (haven_conflicts()));",
    ),
    _owners(
        "haven_keeps_contact(contact uuid)",
        "boolean",
        f"RETURN EXISTS (SELECT FROM cases_case c WHERE c.contact_id = contact AND {_is_kept('c')}) OR EXISTS "
        "(SELECT FROM contacts_contactperson p JOIN cases_case c ON c.id = p.case_id "
        f"WHERE p.contact_id = contact AND {_is_kept('c')});",
    ),
    _owners(
        "haven_keeps_person(person uuid)",
        "boolean",
        f"RETURN (EXISTS (SELECT FROM cases_case c WHERE c.person_id = person AND {_is_kept('c')}) "
        f"OR EXISTS ({_PARTS} {_is_kept('c')})) AND NOT EXISTS ({_PARTS} ({case_shows('c')}));",
    ),
    _owners(
        "haven_shows_person(person uuid)",
        "boolean",
        f"IF EXISTS ({_PARTS} ({case_shows('c')})) THEN RETURN true; END IF; "
        f"IF NOT haven_sees_everything() AND haven_keeps_person(person) THEN RETURN false; END IF; "
        f"RETURN {_ANY_FACT} OR EXISTS (SELECT FROM contacts_contactperson p JOIN contacts_contact t "
        f"ON t.id = p.contact_id WHERE p.person_id = person AND {ours('t')});",
    ),
    _owners(
        "haven_is_gone(kind text, record uuid)",
        "boolean",
        "RETURN CASE kind WHEN 'case' THEN NOT EXISTS (SELECT FROM cases_case WHERE id = record) "
        "WHEN 'contact' THEN NOT EXISTS (SELECT FROM contacts_contact WHERE id = record) "
        "WHEN 'person' THEN NOT EXISTS (SELECT FROM people_person WHERE id = record) ELSE true END;",
    ),
    _owners(
        "haven_ties_of(account uuid, moment timestamptz)",
        "TABLE (what text, id uuid)",
        "RETURN QUERY SELECT 'case', r.case_id FROM access_caserelationship r WHERE r.user_id = account "
        "AND r.from_at <= moment AND (r.until_at IS NULL OR r.until_at > moment) UNION ALL "
        "SELECT 'conflict', c.person_id FROM access_conflict c WHERE c.user_id = account AND c.ended_at IS NULL;",
    ),
)
