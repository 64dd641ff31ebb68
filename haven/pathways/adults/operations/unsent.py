"""Files of reports that were begun and never sent: forgotten with the rest of what was not sent (PR-07)."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from haven.casework.contacts.models import Contact
from haven.casework.documents.keeping import files_folder
from haven.casework.documents.models import Document

KEPT_FOR = timedelta(days=28)
"""As long as an unsent draft."""


def forget_unsent_files(at: datetime) -> int:
    """Delete the files of reports never sent, 28 days after they were chosen; how many."""
    sent = Contact.objects.filter(pk=OuterRef("contact_id"))
    unsent = Document.objects.filter(~Exists(sent), case=None, added_at__lte=at - KEPT_FOR)
    paths = dict(unsent.values_list("pk", "path"))
    Document.objects.filter(pk__in=paths).delete()
    still_used = set(Document.objects.filter(path__in=paths.values()).values_list("path", flat=True))
    for path in set(paths.values()) - still_used:
        (files_folder() / path).unlink(missing_ok=True)
    return len(paths)
