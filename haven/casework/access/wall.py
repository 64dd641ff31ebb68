"""The second wall: row-level security on authority and restriction (TR-37, TR-03), opened for a transaction at a time.

The database compares each row with the settings of the transaction (`policies/reading.py`). Unset, it shows nothing.

    open_for(actor)                      a request: their authorities, the cases they are named on, their conflicts
    open_outside(authority, …)           somebody outside: adds their report, sees what they themselves hold
    open_to_partner(authority, partner)  a partner's system: the same, and the rows of what it sent itself
    open_for_work(why, authority)        a job, about one record: everything of that record's authority
    open_to_all(why)                     a job or command that looks over everything; never a page
    lifted(why)                          for some lines of a page, everything of its authorities
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connections
from psycopg.pq import TransactionStatus

from haven.casework.access.policies.reading import SEPARATOR
from haven.casework.operations.actor import Actor

SETTINGS = ("authorities", "sees", "actor", "held", "conflicts", "outside", "named", "draft")
"""What the policies read, each under `haven.`."""

EVERYTHING = "everything"

_LIFTED = ("authorities", "sees")
_KEPT = tuple(one for one in SETTINGS if one not in _LIFTED)
_THEIRS = "coalesce(nullif(%s, ''), current_setting('haven.authorities', true), '')"
_LIFT = "SELECT " + ", ".join(
    (
        *(f"set_config('haven.{one}', coalesce(current_setting('haven.{one}', true), ''), true)" for one in _KEPT),
        *(f"coalesce(current_setting('haven.{one}', true), '')" for one in _LIFTED),
        f"set_config('haven.authorities', {_THEIRS}, true)",
        "set_config('haven.sees', %s, true)",
    )
)
"""What stands is told and then set, in one statement: the database works its columns out from left to right."""


def open_to(
    authority_ids: Iterable[UUID],
    actor_id: UUID | None = None,
    *,
    held: Iterable[UUID] = (),
    conflict_ids: Iterable[UUID] = (),
) -> None:
    """For the rest of this transaction, let rows of these authorities through; says too who acts, which restricted
    cases they are named on, and whom they must not reach."""
    _set(authorities=_listed(authority_ids), actor=actor_id, held=_listed(held), conflicts=_listed(conflict_ids))


def open_for(actor: Actor) -> None:
    """What this actor may see of the database; for whoever is not a signed-in person, nothing."""
    if actor.is_user:
        open_to(actor.authority_ids, actor.id, held=actor.case_ids, conflict_ids=actor.conflict_ids)
    else:
        close()


def close() -> None:
    """Nothing, until it is opened again."""
    _set()


def open_outside(authority_id: UUID) -> None:
    """Somebody outside tells this authority something: they add to it, and see what they `hold` or have `name`d."""
    _set(outside=authority_id)


def open_to_partner(authority_id: UUID, partner_id: UUID) -> None:
    """A partner's system tells this authority something: as anybody outside, and it sees what it sent itself."""
    _set(outside=authority_id, actor=partner_id)


def open_for_work(why: str, authority_id: UUID) -> None:
    """A piece of Haven's own work about one record: everything of its authority, restricted or not."""
    _explain(why)
    _set(authorities=authority_id, sees=EVERYTHING)


def open_to_all(why: str = "a test", *, using: str = "default") -> None:
    """Every authority of the deployment, for this transaction: commands and jobs that look over everything.

    No page does. Outside tests `why` is given (a rule of the house), and 0011 lists the places.
    """
    _explain(why)
    _set(using, authorities="all", sees=EVERYTHING)


@contextmanager
def lifted(why: str, *authority_ids: UUID) -> Iterator[None]:
    """For some lines of a request everything of these authorities (of those it is open to, where none is given).

    For what must be known whoever asks and is shown to nobody by it: a figure, a danger, who keeps a case.
    """
    _explain(why)
    before = _lift(_listed(authority_ids))
    try:
        yield
    finally:
        # A transaction that the database has broken off takes its settings with it.
        if connections["default"].connection.info.transaction_status != TransactionStatus.INERROR:
            _set(**before)


def hold(*ids: UUID) -> None:
    """Let these records through for the rest of the transaction, though nothing else does: a person just added, whom
    no case names yet; a case that the actor is handing to somebody else; the report of a receipt."""
    _add("held", ",", ids)


def name(*words: str) -> None:
    """Somebody outside has shown us this key of their form, or this reference: the report it belongs to may pass."""
    separator = chr(SEPARATOR)
    _add("named", separator, [word.replace(separator, "") for word in words if word])


def draft_of(whose: str, *, using: str) -> None:
    """Let the draft of this owner, or of the code with this fingerprint, through."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT set_config('haven.draft', %s, true)", [whose])


def _explain(why: str) -> None:
    if not why.strip():
        raise ValueError("say why the wall is opened")


def _listed(ids: Iterable[Any]) -> str:
    return ",".join(str(pk) for pk in ids)


def _set(using: str = "default", **given: Any) -> None:
    values = [str(given.get(setting) or "") for setting in SETTINGS]
    parts = ", ".join(f"set_config('haven.{setting}', %s, true)" for setting in SETTINGS)
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT {parts}", values)


def _lift(authorities: str) -> dict[str, str]:
    """Set what lifts the wall; what was set before."""
    with connections["default"].cursor() as cursor:
        cursor.execute(_LIFT, [authorities, EVERYTHING])
        return dict(zip((*_KEPT, *_LIFTED), cursor.fetchone(), strict=False))


def _add(setting: str, separator: str, given: Iterable[Any]) -> None:
    """Add to a list of the transaction's."""
    name = f"haven.{setting}"
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT set_config(%s, concat_ws(%s, nullif(current_setting(%s, true), ''), %s::text), true)",
            [name, separator, name, separator.join(str(one) for one in given)],
        )
