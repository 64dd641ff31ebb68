"""Where the private database lives, who runs it, and how to reach it.

PostgreSQL refuses to run as root. When we are root, programs and data live in /var/lib/haven/<hash of HAVEN_HOME> and
run as the system user `haven`: under root's own folders that user could not load the libraries.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from haven.project.home import haven_home

SUPERUSER = "postgres"
OWNER = "haven_owner"
APP = "haven_app"
ERASURE = "haven_erasure"

NAME = "haven"
SYSTEM_USER = "haven"
ROOT_FOLDER = Path("/var/lib/haven")

# The kernel allows 107 characters, and PostgreSQL adds "/.s.PGSQL.5432.lock".
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")


@dataclass(frozen=True)
class Place:
    """The folders of one private database; everything is inside `folder` except, at need, the socket."""

    folder: Path
    system_user: str | None

    @classmethod
    def of_this_home(cls) -> "Place":
        """The place that belongs to HAVEN_HOME and to the person running us."""
        home = haven_home()
        if os.geteuid() == 0:
            return cls(ROOT_FOLDER / hashlib.sha256(str(home).encode()).hexdigest()[:16], SYSTEM_USER)
        return cls(home / "database", None)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        """The folder of the Unix socket: ours, outside the data, with a path short enough for the kernel."""
        inside = self.folder / "socket"
        if len(str(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        digest = hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
        return Path(f"/tmp/haven-{os.geteuid()}-{digest}")  # noqa: S108  (made by us, and refused if another's)

    @property
    def roles_made(self) -> Path:
        """Is there once the roles and our database are: the last step of making it all."""
        return self.folder / "roles-made-2"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def log(self) -> Path:
        return self.folder / "log"


def url(role: str, name: str = NAME) -> str:
    """The address of a database on the private server, for that role. It holds no password: the folder is the key."""
    return f"postgresql://{role}@/{name}?host={quote(str(Place.of_this_home().socket), safe='')}"
