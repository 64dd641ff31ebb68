"""Where backups go and to whom they are encrypted: from the environment, or files beside the data."""

from pathlib import Path

from haven.lib import age
from haven.lib.bech32 import NotBech32, decode
from haven.project.backups.refusals import BackupRefused
from haven.project.backups.target import Target
from haven.project.home import haven_home
from haven.project.settings.environment import text

RECIPIENT, KEYS_RECIPIENT = "backup-recipient", "backup-keys-recipient"


def target(given: str = "") -> Target:
    """The folder named on the command line, or by HAVEN_BACKUPS, or `backups` in HAVEN_HOME."""
    return Target(Path(given or text("HAVEN_BACKUPS") or haven_home() / "backups").expanduser().resolve())


def is_on_another_disk(where: Target) -> bool:
    """Whether the folder is on another disk than the data: a backup on the same one dies with it."""
    return where.folder.stat().st_dev != haven_home().stat().st_dev


def recipient() -> str:
    """The public key that backups are encrypted to. Refused where there is none yet."""
    return _public("HAVEN_BACKUP_RECIPIENT", RECIPIENT)


def keys_recipient() -> str:
    """The public key that the keys are encrypted to: another, where somebody else shall hold it."""
    named = text("HAVEN_BACKUP_KEYS_RECIPIENT") or (haven_home() / KEYS_RECIPIENT).exists()
    return _public("HAVEN_BACKUP_KEYS_RECIPIENT", KEYS_RECIPIENT) if named else recipient()


def _public(variable: str, file: str) -> str:
    path = haven_home() / file
    given = text(variable) or (path.read_text().strip() if path.exists() else "")
    if not given:
        raise BackupRefused(
            "There is no key to encrypt backups to. Make one with: script/haven backup --new-key FILE, "
            "and keep that file where this machine cannot reach it."
        )
    try:
        decode(given)
    except NotBech32 as wrong:
        raise BackupRefused(f"{variable} is not a public key: {wrong}") from None
    return given


def make_key(into: Path) -> str:
    """Make a key: the private one into this file, for whoever restores; the public one beside the data."""
    if into.exists():
        raise BackupRefused(f"{into} is there already. Name a new file: an old key still opens old backups.")
    private, public = age.new_key()
    into.touch(mode=0o600)
    into.write_text(f"# public key: {public}\n{private}\n")
    (haven_home() / RECIPIENT).write_text(f"{public}\n")
    return public


def private_key(path: str) -> str:
    """The private key in a file as `make_key` or age-keygen writes it."""
    try:
        lines = Path(path).expanduser().read_text().splitlines()
    except OSError as failure:
        raise BackupRefused(f"The key in {path} cannot be read: {failure.strerror}.") from None
    found = [line.strip() for line in lines if line.strip().startswith("AGE-SECRET-KEY-1")]
    if not found:
        raise BackupRefused(f"{path} holds no private key. It has a line that begins with AGE-SECRET-KEY-1.")
    return found[0]
