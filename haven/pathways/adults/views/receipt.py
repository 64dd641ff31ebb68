"""The receipt of a report as a tagged PDF (PDF/UA-1)."""

import json
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from haven.casework.access.models import Authority
from haven.casework.contacts.models import Contact
from haven.design.moments import moment_in_words

SOURCE = Path(__file__).parent.parent / "templates" / "adults" / "professional_receipt.typ"


def receipt_pdf(contact: Contact, place: Authority) -> bytes:
    """One page: the reference, when it reached us, who sent it, what happens next. No fact about the adult."""
    referrer = contact.referrer
    rows = [
        [_("Reference"), contact.reference],
        [_("Received"), moment_in_words(contact.received_at)],
        [_("Sent by"), referrer.called()],
        [_("Your reference"), referrer.their_reference or "–"],
        [_("Sent to"), place.name],
        [_("Telephone"), place.telephone or "–"],
    ]
    words = {
        "title": _("Receipt for a safeguarding concern"),
        "rows": rows,
        "next": _(
            "A worker reads it and will come back to you. If someone is in danger, ring 999. "
            "If things change, ring us and give the reference."
        ),
    }
    pdf: bytes = typst.compile(SOURCE.read_bytes(), sys_inputs={"receipt": json.dumps(words)}, pdf_standards=["ua-1"])
    return pdf
