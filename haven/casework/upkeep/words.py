"""The words that open a pack: for each authority and each keeper their own, in HAVEN_KEYS, kept by people on paper.

Twenty letters and figures, in fours, without those that are taken for each other: 31 to the power of 20, 99 bits. They
stay the same until they are renewed, for what is on paper in a safe must open what was made last night.
"""

import os
import secrets
from pathlib import Path
from uuid import UUID

from django.conf import settings

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, IN_A_GROUP = 5, 4


def words_of(owner_id: UUID) -> str:
    """The words of this authority or keeper; made where there are none yet."""
    path = _path(owner_id)
    if not path.exists():
        _write(path, new_words(), over=False)
    return path.read_text().strip()


def renew_words(owner_id: UUID) -> str:
    """New words; packs made before still open with the old ones."""
    words = new_words()
    _write(_path(owner_id), words, over=True)
    return words


def new_words() -> str:
    """ABCD-EFGH-JKMN-PQRS-TUVW, by chance."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(IN_A_GROUP)) for _ in range(GROUPS))


def _path(owner_id: UUID) -> Path:
    return Path(settings.HAVEN_KEYS) / f"continuity-{owner_id}.words"


def _write(path: Path, words: str, *, over: bool) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(words)
    try:
        if over:
            os.replace(aside, path)
        else:
            os.link(aside, path)
    except FileExistsError:
        return
    finally:
        aside.unlink(missing_ok=True)
