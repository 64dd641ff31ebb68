"""Which table is walled, and how: found from the foreign keys of its model, so that a new pathway's tables are walled
by what they hang on, without a word here.

A table is walled by the first of these that fits: a rule of its own (`OWN`), its case, its contact, the person it is a
fact of, the record it hangs on, its authority. A table that holds nothing about people or cases is in `FREE` with
its reason; one that is neither is refused by the rules of the house, and `migrate` fails.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

from haven.casework.access.policies.own import OWN, Test
from haven.casework.access.policies.parts import (
    ACTOR,
    ALL,
    EVERYTHING,
    OPEN,
    OUTSIDE,
    case_shows_many,
    grant,
    learnt_where_shows,
    ours,
    owners,
    shows,
)

FREE = {
    "access_authority": "names and telephone numbers of councils",
    "access_team": "names of teams",
    "access_user": "staff accounts; asked before anybody is known",
    "access_disabling": "why a staff account was closed; asked before anybody is known",
    "access_invitation": "opened by its own secret link, before anybody is known",
    "access_signinattempts": "digests and counts; asked before anybody is known",
    "access_singlesignon": "how an authority's staff sign in; asked before anybody is known",
    "access_membership": "who works where; asked before anybody is known",
    "account_emailaddress": "of the sign-in package; asked before anybody is known",
    "account_emailconfirmation": "of the sign-in package; asked before anybody is known",
    "mfa_authenticator": "of the sign-in package; asked before anybody is known",
    "socialaccount_socialaccount": "of the sign-in package; asked before anybody is known",
    "socialaccount_socialapp": "of the sign-in package; asked before anybody is known",
    "socialaccount_socialtoken": "of the sign-in package; asked before anybody is known",
    "django_session": "opened by its own secret key, before anybody is known",
    "django_content_type": "names of tables",
    "auth_group": "empty: roles are memberships",
    "auth_group_permissions": "empty: roles are memberships",
    "auth_permission": "names of permissions",
    "clocks_localpolicy": "an authority's own numbers; a public page says by when somebody replies",
    "events_seal": "signed heads of the log: hashes",
    "events_sealleaves": "ids and hashes of what was recorded",
    "events_verification": "how many rows of the log were compared, and the ids at fault",
    "operations_jobprogress": "how far a job has come",
    "organisations_organisation": "care providers and other bodies, which are no persons",
    "organisations_place": "addresses of services, which are nobody's home of their own",
    "pghistory_context": "empty: who changed what is in the events",
    "procrastinate_events": "the queue, whose jobs carry ids alone",
    "procrastinate_jobs": "the queue, whose jobs carry ids alone",
    "procrastinate_periodic_defers": "the queue, whose jobs carry ids alone",
    "procrastinate_workers": "the queue, whose jobs carry ids alone",
    "upkeep_turn": "when each timed job last succeeded",
    "watch_lookout": "when the watch last looked",
    "usersessions_usersession": "of the sign-in package; asked before anybody is known",
}
"""Tables without a wall, and why each needs none."""


NO_TABLE = "pghistory_events"

ASKED_BY_ID = {"cases_case": "case", "contacts_contact": "contact", "people_person": "person"}
"""The records that others hang on, whose function is written by hand (`parts.FUNCTIONS`)."""


class Unwalled(Exception):
    """A table that hangs on no case, contact, person or authority, and is not said to hold nothing about anybody."""


def tables() -> dict[str, type[models.Model]]:
    """Every table of a model of this deployment, those between two others too; pghistory's own queries over all of them
    are no table."""
    every = apps.get_models(include_auto_created=True)
    found = (model for model in every if not model._meta.proxy and model._meta.db_table != NO_TABLE)
    return {model._meta.db_table: model for model in found}


def walled() -> dict[str, type[models.Model]]:
    """Every table that must have a policy."""
    return {table: model for table, model in sorted(tables().items()) if table not in FREE}


def policies(role: str) -> Iterator[str]:
    """The policy of every walled table, in place of whatever was there; before them, what those that hang on others ask
    of these."""
    tests = {table: test_of(model) for table, model in walled().items()}
    asked = " ".join(f"{test.shows} {test.added}" for test in tests.values())
    for table, model in walled().items():
        if f"haven_shows_{table}(" in asked:
            yield from _function(table, model, role)
    for table, test in tests.items():
        yield (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; "
            f"CREATE POLICY authority_wall ON {table} USING ({test.shows}) WITH CHECK ({test.may_be_added})"
        )
    for table in FREE:
        yield f"ALTER TABLE IF EXISTS {table} DISABLE ROW LEVEL SECURITY"


def _function(table: str, model: type[models.Model], role: str) -> Iterator[str]:
    """Whether the row with this key shows, asked past its policy by what hangs on it."""
    key = model._meta.pk
    signature = f"haven_shows_{table}({key.db_type(connection)})"
    found = f"SELECT FROM {table} WHERE {table}.{key.column} = record AND ({test_of(model).shows})"
    yield owners(signature.replace("(", "(record "), "boolean", f"RETURN EXISTS ({found});")
    yield grant(signature, role)


def test_of(model: type[models.Model]) -> Test:
    """What a row must pass to be seen or changed, and what to be added."""
    table = model._meta.db_table
    if table in OWN:
        return OWN[table]
    for rule in (_history, _of_case_or_contact, _fact, _hangs_on, _of_authority):
        found = rule(model, table)
        if found is not None:
            return found
    raise Unwalled(f"{table} holds no case, contact, person or authority: wall it in OWN, or say why not in FREE.")


def _columns(model: type[models.Model]) -> dict[str, Any]:
    return {field.column: field for field in model._meta.local_concrete_fields}


def _history(model: type[models.Model], table: str) -> Test | None:
    """Earlier states of a row show where it does; the trigger that writes them is never refused."""
    columns = _columns(model)
    if "pgh_obj_id" not in columns:
        return None
    return Test(f"{ALL} OR {_parent(columns['pgh_obj_id'].related_model, f'{table}.pgh_obj_id')}", OPEN)


def _of_case_or_contact(model: type[models.Model], table: str) -> Test | None:
    columns = _columns(model)
    case, contact = columns.get("case_id"), columns.get("contact_id")
    if case is None and contact is None:
        return None
    about = _about(table, case, contact, "authority_id" in columns) + _other_cases(columns, table)
    if "authority_id" not in columns:
        return Test(f"{ALL} OR ({about})")
    told = _told_from_outside(table, case, contact)
    passes = f"({ours(table)} AND {about}{_restricted(columns, table)})"
    return Test(f"{ALL} OR {passes}{told}", f"{ALL} OR {ours(table)}{told}")


def _about(table: str, case: Any, contact: Any, many: bool) -> str:
    """The case where the row has one, else the contact where it has one."""
    of_case = case_shows_many(f"{table}.case_id") if many else shows("case", f"{table}.case_id")
    of_contact = shows("contact", f"{table}.contact_id")
    if case is None:
        return f"({table}.contact_id IS NULL OR {of_contact})"
    if not case.null:
        return of_case
    otherwise = f"WHEN {table}.contact_id IS NOT NULL THEN {of_contact} " if contact is not None else ""
    return f"CASE WHEN {table}.case_id IS NOT NULL THEN {of_case} {otherwise}ELSE true END"


def _other_cases(columns: dict[str, Any], table: str) -> str:
    """A link between two cases shows to whom both show."""
    others = [
        column
        for column, field in columns.items()
        if column != "case_id" and field.is_relation and field.related_model._meta.db_table == "cases_case"
    ]
    return "".join(f" AND ({table}.{one} IS NULL OR {shows('case', f'{table}.{one}')})" for one in others)


LEAVING = {"documents_excerpt"}
"""Tables whose `restriction` says how their words may leave, not who may read them: whoever writes must be warned."""


def _restricted(columns: dict[str, Any], table: str) -> str:
    """A record restricted for itself shows to who wrote it, and to those named on its case or a case of its person."""
    if "restriction" not in columns or table in LEAVING:
        return ""
    by = next((f"{table}.{one} = {ACTOR} OR " for one in ("added_by_id", "author_id") if one in columns), "")
    of = f"c.id = {table}.case_id" if "case_id" in columns else f"c.person_id = {table}.person_id"
    named = f"c.worker_id = {ACTOR} OR c.manager_id = {ACTOR} OR c.id = ANY (haven_held())"
    return (
        f" AND ({table}.restriction = 'open' OR {EVERYTHING} OR {by}"
        f"EXISTS (SELECT FROM cases_case c WHERE {of} AND ({named})))"
    )


def _told_from_outside(table: str, case: Any, contact: Any) -> str:
    """What somebody outside adds to their own report: its files, its clock, the alert it causes."""
    if contact is None:
        return ""
    no_case = f"{table}.case_id IS NULL AND " if case is not None else ""
    return f" OR ({table}.authority_id = {OUTSIDE} AND {no_case}{table}.contact_id = ANY (haven_held()))"


def _fact(model: type[models.Model], table: str) -> Test | None:
    """Something known of a person, by one authority, restricted for itself or not, shown where the case it was learnt
    in shows."""
    columns = _columns(model)
    if "person_id" not in columns or "authority_id" not in columns:
        return None
    learnt = f" AND {learnt_where_shows(table)}" if "learnt_in_id" in columns else ""
    passes = f"{ours(table)} AND NOT haven_keeps_person({table}.person_id){learnt}{_restricted(columns, table)}"
    return Test(f"{ALL} OR ({passes})", f"{ALL} OR {ours(table)}")


def _hangs_on(model: type[models.Model], table: str) -> Test | None:
    """Part of a record that is walled itself: a question's answer in a concern, a pause of a clock."""
    for column, field in _columns(model).items():
        of = field.related_model if field.is_relation and not field.null else None
        if isinstance(of, type) and issubclass(of, models.Model) and of._meta.db_table not in FREE:
            return Test(f"{ALL} OR {_parent(of, f'{table}.{column}')}")
    return None


def _parent(model: Any, value: str) -> str:
    table = model._meta.db_table
    if table in FREE:
        return "true"
    return shows(ASKED_BY_ID.get(table, table), value)


def _of_authority(model: type[models.Model], table: str) -> Test | None:
    if "authority_id" not in _columns(model):
        return None
    return Test(f"{ALL} OR {ours(table)}")
