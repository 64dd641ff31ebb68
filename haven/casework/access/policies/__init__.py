"""Row-level security, applied by `migrate` after the grants. Every statement may run again.

`reading` is how the database learns who reads, `parts` what it asks of a record, `tables` which table is walled how,
`searching` the one way past the wall that looking for somebody needs.
"""

from collections.abc import Iterator

from haven.casework.access.policies import parts, reading, searching
from haven.casework.access.policies.tables import policies


def statements(role: str) -> Iterator[str]:
    """Everything that makes the second wall, in the order in which it is made; `role` is the application's."""
    yield from reading.FUNCTIONS
    yield from parts.FUNCTIONS
    yield from policies()
    yield from searching.FUNCTIONS
    for signature in (*reading.ASKED, *parts.ASKED, *searching.ASKED):
        yield f'REVOKE ALL ON FUNCTION {signature} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {signature} TO "{role}"'
