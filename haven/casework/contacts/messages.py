"""MessageBox and Message: words between somebody who told us without a name and a named worker (R-041, PR-23)."""

from datetime import datetime

from django.db import models
from django.db.models import Min, Q

from haven.casework.access.models import Authority, User
from haven.casework.events.sealing import Salted
from haven.lib.ids import uuid7


class MessageBox(models.Model):
    """The way back to a report for somebody who gave no name, or gave it in confidence: opened by a number they keep.

    Only the number's fingerprint is kept, under the authority's own key. There is no column for who they are, where
    they write from or with what; `used_at` is the day they first came back, so that a number nobody used can be made
    again for whoever still holds the receipt.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.OneToOneField("contacts.Contact", models.CASCADE, related_name="message_box")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    number_hash = models.CharField(max_length=64, unique=True)
    given_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "message boxes"
        constraints = [models.CheckConstraint(condition=~Q(number_hash=""), name="a_message_box_opens_by_a_number")]


class MessageQuerySet(models.QuerySet["Message"]):
    def unanswered(self) -> "MessageQuerySet":
        """Those from outside that nobody has answered or put by (TR-17)."""
        return self.filter(from_outside=True, settled_at=None)

    def waiting_since(self) -> datetime | None:
        """When the oldest of these was written."""
        return self.aggregate(oldest=Min("written_at"))["oldest"]


class Message(Salted):
    """One message of a box: from outside, whose words never leave verbatim (PR-23), or from a named worker.

    One from outside waits under a clock until a named worker answers it or says why it needs no answer (`settled`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey("contacts.Contact", models.CASCADE, related_name="messages")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    from_outside = models.BooleanField()
    words = models.TextField()
    files = models.PositiveSmallIntegerField(default=0, help_text="How many files came with it")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_reasons = models.TextField(blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words="") | Q(files__gt=0), name="a_message_says_something"),
            models.CheckConstraint(
                condition=Q(from_outside=True, written_by=None) | Q(from_outside=False, written_by__isnull=False),
                name="a_message_is_from_outside_or_from_a_named_worker",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(settled_by__isnull=False), name="a_message_is_settled_by_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["contact", "written_at"], name="messages_of_contact"),
            models.Index(
                fields=["authority", "written_at"],
                name="messages_unanswered",
                condition=Q(from_outside=True, settled_at=None),
            ),
        ]
