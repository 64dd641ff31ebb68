"""The guardian is told when the sealed log is not as it was sealed, and says in words what was found out (TR-42).

A fault is never cleared: it stays in every verification. What is decided is the alert about it, once for each set of
faults; it then stands among what was decided, with who looked into it and what they found.
"""

import hashlib
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.operations.actor import Actor
from haven.casework.watch.kinds import declare_alert
from haven.casework.watch.raising import raise_alert

LOG_FAULT = declare_alert(
    "log_fault", _("The record of who did what is not as it was sealed"),
    _("The verification of the sealed log found {faults} faults: {kinds}. Ask whoever runs Haven for verification "
      "{verification}."), source="TR-42",
    outcomes={
        "explained": _("Looked into: it is explained, as written"),
        "tampering": _("Looked into: somebody changed the record, and it is being investigated"),
        "unknown": _("Looked into: not explained yet, as written"),
    },
)  # fmt: skip


def on_fault(kept: Any, at: datetime) -> None:
    """Alert the guardian of every authority, for the log is one; once for the same faults however often found."""
    kinds = ", ".join(sorted({str(fault["kind"]).replace("_", " ") for fault in kept.faults}))
    codes = {"faults": kept.found, "kinds": kinds, "verification": str(kept.pk)}
    for authority_id in Authority.objects.values_list("pk", flat=True):
        with wall.lifted("the guardian is told of a fault of the log, which is of every authority", authority_id):
            raise_alert(
                LOG_FAULT, authority_id=authority_id, key=f"log:{_print(kept)}", by=Actor.job("verify the sealed log"),
                at=at, codes=codes,
            )  # fmt: skip


def _print(kept: Any) -> str:
    """What tells one set of faults from another."""
    named = sorted(f"{fault['table']} {fault['id']} {fault['kind']}" for fault in kept.faults)
    return hashlib.sha256("\n".join([str(kept.found), *named]).encode()).hexdigest()[:40]
