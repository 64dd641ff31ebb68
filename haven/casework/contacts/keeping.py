"""What of a report is protected from its first minute: who told us, where they asked it; where the adult is (PR-07)."""

from datetime import datetime
from typing import Any

from haven.casework.contacts.models import Contact, Referrer
from haven.casework.operations.actor import Actor
from haven.casework.people.codes import REFUGES
from haven.casework.people.keeping import keep_protected
from haven.casework.people.models import ProtectedValue


def keep_who_told_us(told: Referrer, *, by: Actor, at: datetime) -> None:
    """Protect who told us, where they did not say that we may use their name."""
    said = [part for part in (told.name, told.organisation, told.telephone, told.email) if part.strip()]
    if told.identity != "use" and said:
        _keep(told.contact, "referrer", "\n".join(said), "not_named", by, at)


def keep_where_they_are(contact: Contact, adults: list[dict[str, Any]], *, by: Actor, at: datetime) -> None:
    """Protect where each adult is, where whoever tells us asks it or the place is a refuge."""
    for adult in adults:
        said = f"{adult.get('whereabouts') or ''}\n{adult.get('postcode') or ''}"
        refuge = contact.setting_code in REFUGES
        if said.strip() and (refuge or adult.get("keep_protected")):
            _keep(contact, "whereabouts", said, "setting" if refuge else "chosen", by, at)


def kept_protected(contact: Contact) -> str:
    """Why where its adults are is protected, as a code; empty where it is not."""
    kept = ProtectedValue.objects.standing().filter(contact_id=contact.pk, kind="whereabouts")
    return kept.values_list("because", flat=True).first() or ""


def _keep(contact: Contact, kind: str, text: str, because: str, by: Actor, at: datetime) -> None:
    source = f"Report {contact.reference}"
    told = {"authority_id": contact.authority_id, "contact_id": contact.pk, "source": source, "because": because}
    keep_protected(kind, text, **told, by=by, at=at)  # type: ignore[arg-type]
