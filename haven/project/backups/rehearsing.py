"""The rehearsal: every night the newest backup is restored elsewhere, looked over and thrown away (TR-34).

A backup that nobody has restored is a hope. It needs the private key, and so it runs on another machine than the
service; what it found is kept in the target, where the service reads it and tells it at /metrics.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from haven.project.backups.progress import Steps
from haven.project.backups.refusals import BackupRefused
from haven.project.backups.target import Target
from haven.project.home import CHECKOUT

KEPT = "rehearsal.json"


def rehearse(target: Target, key: str, steps: Steps) -> dict[str, Any]:
    """Restore the newest backup elsewhere with the same command an operator types, keep what it found, clean up."""
    with tempfile.TemporaryDirectory(prefix="haven-rehearsal-") as home:
        keyfile = Path(home) / "key"
        keyfile.touch(mode=0o600)
        keyfile.write_text(key)
        environment = _elsewhere(home)
        try:
            done = _haven(environment, "restore", "--from", str(target.folder), "--key", str(keyfile), "--json")
        finally:
            _haven(environment, "stop")
            _throw_away(environment)
    steps.done("restored elsewhere, looked over and thrown away")
    answer = json.loads(done.stdout) if done.stdout.strip() else {"ok": False, "faults": [done.stderr.strip()[-500:]]}
    kept = {**answer, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    (target.folder / KEPT).write_text(json.dumps(kept))
    return kept


def last_rehearsal(target: Target) -> dict[str, Any] | None:
    """What the last one found; None where there was none."""
    path = target.folder / KEPT
    return json.loads(path.read_text()) if path.exists() else None


def _elsewhere(home: str) -> dict[str, str]:
    """The environment of another installation, with nothing of this one's that could reach its data."""
    gone = ("DATABASE_URL", "DATABASE_OWNER_URL", "HAVEN_KEYS", "HAVEN_SERVED_FROM")
    return {**{name: value for name, value in os.environ.items() if name not in gone}, "HAVEN_HOME": home}


def _haven(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "haven.project", *words]
    return subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)


def _throw_away(environment: dict[str, str]) -> None:
    """The rehearsal's own database: as root it lives outside its home."""
    asked = "from haven.project.private_database.place import Place; print(Place.of_this_home().folder)"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=True
    )
    folder = Path(done.stdout.strip())
    if not folder.name or folder == folder.parent:
        raise BackupRefused("The rehearsal's place is not known; nothing was thrown away.")
    shutil.rmtree(folder, ignore_errors=True)
