"""Row-level security, applied by `migrate` after the grants. Every statement may run again.

`reading` is how the database learns who reads, `parts` what it asks of a record, `tables` which table is walled how,
`searching` the one way past the wall that looking for somebody needs.
"""

from collections.abc import Iterator

from haven.casework.access.policies import parts, reading, searching
from haven.casework.access.policies.tables import policies

ASKED = (*reading.ASKED, *parts.ASKED, *searching.ASKED)
"""Every function of the wall that the application's role may ask."""

FORGET = """
DO $$ DECLARE old record; BEGIN
    FOR old IN SELECT policyname, tablename FROM pg_policies WHERE policyname = 'authority_wall' LOOP
        EXECUTE format('DROP POLICY %I ON %I', old.policyname, old.tablename);
    END LOOP;
    FOR old IN SELECT p.oid::regprocedure AS signature FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
        AND (p.proname IN (NAMES) OR p.proname LIKE 'haven!_shows!_%' ESCAPE '!') LOOP
        EXECUTE format('DROP FUNCTION %s', old.signature);
    END LOOP;
END $$
"""
"""The wall of an earlier release, whose functions may have taken other arguments. A walled table without a policy shows
nothing, and all of this is one transaction."""


def statements(role: str) -> Iterator[str]:
    """Everything that makes the second wall, in the order in which it is made; `role` is the application's."""
    names = ", ".join(f"'{signature.partition('(')[0]}'" for signature in ASKED)
    yield FORGET.replace("NAMES", names)
    yield from reading.FUNCTIONS
    yield from parts.FUNCTIONS
    yield parts.OPEN_CASES
    yield f'GRANT SELECT ON haven_open_case TO "{role}"'
    yield from policies(role)
    yield from searching.FUNCTIONS
    for signature in ASKED:
        yield parts.grant(signature, role)
