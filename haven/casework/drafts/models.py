"""Draft: an unfinished form."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from haven.lib.ids import uuid7


class Draft(models.Model):
    """What somebody has typed into a form and not sent: a worker's own, or a member of the public's behind a code.

    The code itself is not kept, only its fingerprint. Gone 28 days after it was last saved (PR-07). Written through
    the alias `apart`, whose transaction is its own: a refused or failed request does not lose the typing (TR-31).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, db_constraint=False)
    code_hash = models.CharField(max_length=64, blank=True)
    form = models.CharField(max_length=80)
    about_id = models.UUIDField(null=True, blank=True)
    data = models.JSONField(default=dict)
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False) ^ ~Q(code_hash=""), name="a_draft_has_an_owner_or_a_code"
            ),
            models.UniqueConstraint(
                fields=["owner", "form", "about_id"],
                condition=Q(owner__isnull=False),
                nulls_distinct=False,
                name="one_draft_of_a_form_for_an_owner",
            ),
            models.UniqueConstraint(
                fields=["code_hash", "form"], condition=~Q(code_hash=""), name="one_draft_of_a_form_for_a_code"
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="drafts_by_expiry")]

    def __str__(self) -> str:
        return self.form
