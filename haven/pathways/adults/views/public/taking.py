"""Taking files from somebody outside. What cannot be taken is said afterwards and keeps nothing else back."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from haven.casework.contacts.models import Contact
from haven.casework.documents.keeping import keep_document, read_whole
from haven.casework.documents.kinds import kind_of
from haven.casework.documents.models import Document
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import Refusal

MOST_OF_A_REPORT = 50
"""Files that somebody outside may add to one report, all together."""


def take_files(contact: Contact, files: list[UploadedFile], label: str, by: Actor, at: datetime) -> list[str]:
    """Keep the files beside the report; what to say of those that were not taken, or were kept apart.

    They are counted, not named: a name may say too much on a screen that somebody else may see.
    """
    held = Document.objects.about(contact_id=contact.pk).count() if files else 0
    said = []
    for number, file in enumerate(files, 1):
        fault = _take(contact, file, label, by, at) if held + number <= MOST_OF_A_REPORT else _("There are too many.")
        if fault:
            said.append(_("File %(n)s: %(why)s") % {"n": number, "why": fault})
    return said


def _take(contact: Contact, file: UploadedFile, label: str, by: Actor, at: datetime) -> str:
    """Empty where it was taken. A program, an archive or what nobody knows is not; what may be evidence always is."""
    try:
        if kind_of(read_whole(file)) is None:
            return _("We cannot take this kind of file, so it is not here. Send a photograph, a PDF or a text.")
        about: dict[str, Any] = {"authority_id": contact.authority_id, "contact_id": contact.pk, "source_label": label}
        kept = keep_document(file, by=by, at=at, quarantine=True, **about)
    except Refusal as refusal:
        return _("%(why)s It is not here.") % {"why": refusal}
    if kept.state == Document.State.QUARANTINED:
        return _("It could harm whoever opens it, so it is kept apart until a manager decides. Send a photograph too.")
    return ""
