"""SearchedFor: what was looked for, for the seconds until a job has compared it with cases that are kept (PR-05)."""

from django.db import models
from django.db.models import Q

from haven.casework.access.models import User
from haven.lib.ids import uuid7


class SearchedFor(models.Model):
    """The words of one search, or the report that arrived: written with every one, deleted by the job that reads it.

    Nothing else holds the words: not the job's arguments, not an event, not a log.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    asked_by = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    contact_id = models.UUIDField(null=True)
    how = models.CharField(max_length=10, default="search", help_text="search, emergency or report")
    name = models.CharField(max_length=200, blank=True)
    date_of_birth = models.DateField(null=True)
    postcode = models.CharField(max_length=10, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    reference = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_by__isnull=False) | Q(contact_id__isnull=False),
                name="somebody_asked_or_something_arrived",
            )
        ]
        indexes = [models.Index(fields=["asked_at"], name="searched_for_by_age")]
