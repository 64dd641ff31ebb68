"""Row-level security, applied by `migrate` after the grants. Every statement may run again."""

WALLED = ("cases_case", "contacts_contact")
"""Tables whose rows belong to one authority and are reached in lists. The issue "Trust" deepens this."""

FUNCTION = """
CREATE OR REPLACE FUNCTION haven_authorities() RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN coalesce(current_setting('haven.authorities', true), '') IN ('', 'all') THEN '{}'::uuid[]
        ELSE string_to_array(current_setting('haven.authorities', true), ',')::uuid[]
    END
$$;
CREATE OR REPLACE FUNCTION haven_all_authorities() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('haven.authorities', true), '') = 'all'
$$;
"""


def wall(table: str) -> str:
    """The policy of one table: a row passes when its authority is among those the transaction was opened to."""
    test = "(SELECT haven_all_authorities()) OR authority_id = ANY ((SELECT haven_authorities())::uuid[])"
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; "
        f"DROP POLICY IF EXISTS authority_wall ON {table}; "
        f"CREATE POLICY authority_wall ON {table} USING ({test}) WITH CHECK ({test});"
    )


POLICIES = [FUNCTION, *(wall(table) for table in WALLED)]
