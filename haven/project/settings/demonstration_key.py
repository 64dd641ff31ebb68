"""The demonstration's own keys: made once in HAVEN_HOME, so that sessions and the sealed log outlive a restart."""

import base64
import os
import secrets
from pathlib import Path


def demonstration_key(home: Path) -> str:
    """The key that signs sessions."""
    return kept_once(home / "secret-key", secrets.token_urlsafe(64))


def demonstration_audit_key(home: Path) -> str:
    """The key that signs the heads of the sealed log, outside the database."""
    folder = home / "keys"
    folder.mkdir(mode=0o700, exist_ok=True)
    return kept_once(folder / "audit", base64.b64encode(secrets.token_bytes(32)).decode())


def kept_once(path: Path, new: str) -> str:
    """Read the key, or keep a new one. Two processes that do it at once end with the same one."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(new)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
