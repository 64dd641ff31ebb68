"""The second wall: row-level security on the authority (TR-37), opened for one transaction at a time.

The database compares each row's authority with the setting `haven.authorities`. Unset, it shows nothing.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection


def open_to(authority_ids: Iterable[UUID], actor_id: UUID | None = None) -> None:
    """For the rest of this transaction, let rows of these authorities through; says too who acts."""
    listed = ",".join(str(pk) for pk in authority_ids)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('haven.authorities', %s, true), set_config('haven.actor', %s, true)",
            [listed, str(actor_id or "")],
        )


def open_to_all() -> None:
    """For this transaction, every authority of the deployment: commands and jobs that serve all of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('haven.authorities', 'all', true)")
