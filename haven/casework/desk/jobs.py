"""The job of the desk: the continuity packs, every night."""

import logging
import os
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from haven.casework.access.models import Authority
from haven.casework.desk.continuity import make_packs
from haven.casework.documents.keeping import get
from haven.casework.upkeep.models import ContinuityPack

log = logging.getLogger("haven.continuity")


@app.periodic(cron="30 4 * * *")
@app.task(name="make_continuity_packs", queueing_lock="make_continuity_packs")
def make_continuity_packs(timestamp: int) -> None:
    """Make every authority's continuity packs; one that fails does not keep the others from being made."""
    failed = [authority.code for authority in Authority.objects.all() if not _tried(authority)]
    if failed:
        raise RuntimeError(f"continuity packs were not made for {len(failed)} authorities")


def _tried(authority: Authority) -> bool:
    try:
        place_outside(authority.code, make_packs(authority, timezone.now())[0])
    except Exception:
        log.exception("a continuity pack was not made")
        return False
    return True


def place_outside(code: str, pack: ContinuityPack) -> None:
    """Put the desk's pack, encrypted as it is, where HAVEN_CONTINUITY says: a share that machines keep a copy of."""
    folder = getattr(settings, "HAVEN_CONTINUITY", None)
    if folder is None:
        return
    where = Path(folder) / f"continuity-{code}.pdf"
    aside = where.with_name(f".{where.name}.{os.getpid()}")
    aside.write_bytes(get(pack.path, pack.sha256))
    os.replace(aside, where)
