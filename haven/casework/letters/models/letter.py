"""Letter: what was written to somebody, exactly."""

import pgtrigger
from django.db import models
from django.db.models import Q

from haven.casework.access.models import Authority, User
from haven.casework.cases.models import Case
from haven.lib.ids import uuid7


class LetterQuerySet(models.QuerySet["Letter"]):
    def meant_to_leave(self) -> "LetterQuerySet":
        """Without those made for one of several and not given to them: nobody outside has had those."""
        return self.filter(Q(rendition=None) | Q(rendition__sent_at__isnull=False))


class Letter(models.Model):
    """The exact words written to somebody, from which version of which template, by whom and when.

    `sha256` is the fingerprint of subject and body, so that approval can bind to these bytes (TR-12); the database
    refuses to change them. `to_kind` says who the recipient is to the case (adult, referrer, agency …).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="letters")
    contact_id = models.UUIDField(null=True, blank=True)
    template = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10, default="en")
    level = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    to_kind = models.CharField(max_length=30)
    to_name = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(contact_id__isnull=False),
                name="a_letter_is_about_a_case_or_a_contact",
            ),
            models.CheckConstraint(condition=~Q(body=""), name="a_letter_says_something"),
        ]
        indexes = [
            models.Index(fields=["case", "written_at"], name="letters_of_case"),
            models.Index(fields=["contact_id"], condition=Q(contact_id__isnull=False), name="letters_of_contact"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="a_letter_stays_as_written", fields=["subject", "body", "sha256", "version"])
        ]
