"""The demonstration's own secret key: made once in HAVEN_HOME, so that sessions outlive a restart."""

import os
import secrets
from pathlib import Path


def demonstration_key(home: Path) -> str:
    """Read the key, or make it. Two processes that make it at once end with the same one."""
    path = home / "secret-key"
    if not path.exists():
        draft = home / f"secret-key.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
