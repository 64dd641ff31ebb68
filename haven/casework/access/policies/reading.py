"""How the database learns who reads: settings of one transaction, each read once a statement, not once a row.

haven.authorities   ids, or `all`: the authorities whose rows may pass
haven.sees          `everything`: restriction and conflicts do not apply (work of Haven's own, never a page)
haven.actor         who acts
haven.held          ids that pass although restricted: cases they are named on, what this transaction itself made
haven.conflicts     people whom the actor must not reach (TR-05)
haven.outside       the authority that somebody outside is telling something; they see nothing of it
haven.named         a key or a reference that somebody outside has shown us
haven.draft         whose draft, or the fingerprint of its code

Unset, nothing passes. Policies read them as `(SELECT haven_…())`, which is an InitPlan.
"""

SEPARATOR = 31
"""The character between two words of `haven.named`: the one made to separate, which no key or reference holds."""

ASKED = (
    "haven_ids(text)", "haven_authorities()", "haven_all_authorities()", "haven_sees_everything()", "haven_actor()",
    "haven_held()", "haven_conflicts()", "haven_has_conflicts()", "haven_outside()", "haven_named()", "haven_draft()",
    "haven_is_inside()", "haven_is_open()",
)  # fmt: skip


def _function(name: str, returns: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name} RETURNS {returns} LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT {body} $$"
    )


FUNCTIONS = (
    _function(
        "haven_ids(setting text)",
        "uuid[]",
        "coalesce(string_to_array(nullif(nullif(current_setting(setting, true), ''), 'all'), ',')::uuid[], '{}')",
    ),
    _function("haven_authorities()", "uuid[]", "haven_ids('haven.authorities')"),
    _function("haven_all_authorities()", "boolean", "coalesce(current_setting('haven.authorities', true), '') = 'all'"),
    _function("haven_sees_everything()", "boolean", "coalesce(current_setting('haven.sees', true), '') = 'everything'"),
    _function("haven_actor()", "uuid", "nullif(current_setting('haven.actor', true), '')::uuid"),
    _function("haven_held()", "uuid[]", "haven_ids('haven.held')"),
    _function("haven_conflicts()", "uuid[]", "haven_ids('haven.conflicts')"),
    _function("haven_has_conflicts()", "boolean", "coalesce(current_setting('haven.conflicts', true), '') <> ''"),
    _function("haven_outside()", "uuid", "nullif(current_setting('haven.outside', true), '')::uuid"),
    _function(
        "haven_named()",
        "text[]",
        f"coalesce(string_to_array(nullif(current_setting('haven.named', true), ''), chr({SEPARATOR})), '{{}}')",
    ),
    _function("haven_draft()", "text", "coalesce(current_setting('haven.draft', true), '')"),
    _function("haven_is_inside()", "boolean", "coalesce(current_setting('haven.authorities', true), '') <> ''"),
    _function(
        "haven_is_open()",
        "boolean",
        "coalesce(current_setting('haven.authorities', true), '') <> '' OR "
        "coalesce(current_setting('haven.outside', true), '') <> ''",
    ),
)
