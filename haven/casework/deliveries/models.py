"""Delivery: one thing that leaves Haven."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from haven.casework.access.models import Authority
from haven.casework.cases.models import Case
from haven.casework.operations.models import OutboxRow
from haven.casework.people.models import Person
from haven.lib.ids import uuid7


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> "DeliveryQuerySet":
        """Not yet sent."""
        return self.filter(state=OutboxRow.State.WAITING)

    def due(self, at: datetime) -> "DeliveryQuerySet":
        """Not yet sent, and to be tried by now."""
        return self.waiting().filter(due_at__lte=at)

    def dead(self) -> "DeliveryQuerySet":
        """Given up: somebody must see to it by hand."""
        return self.filter(state=OutboxRow.State.DEAD)


class Delivery(OutboxRow):
    """An e-mail, letter, text message, alert or message to a partner's system: to whom, its words, and how it went.

    `purpose` is a code (feedback, alert …). `person` is whom it is for, whose safe contact is asked when it is written
    and again when it is sent (PR-22, TR-09). An alert names nobody: only that something waits (PR-01).
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        LETTER = "letter", "Letter"
        SMS = "sms", "Text message"
        ALERT = "alert", "Alert"
        WEBHOOK = "webhook", "Message to a partner's system"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="deliveries")
    contact_id = models.UUIDField(null=True, blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    letter = models.ForeignKey("letters.Letter", models.SET_NULL, null=True, blank=True, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    purpose = models.CharField(max_length=40)
    to_address = models.CharField(max_length=300)
    subject = models.CharField(max_length=200)
    body = models.TextField()

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(to_address=""), name="a_delivery_has_an_address"),
            models.CheckConstraint(
                condition=~Q(state=OutboxRow.State.NOT_SENT) | ~Q(settled_reason=""),
                name="what_is_not_sent_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state=OutboxRow.State.WAITING, settled_at=None)
                | ~Q(state=OutboxRow.State.WAITING) & Q(settled_at__isnull=False),
                name="a_delivery_waits_or_is_settled",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state=OutboxRow.State.WAITING), name="deliveries_waiting"),
            models.Index(
                fields=["authority", "created_at"], condition=Q(state=OutboxRow.State.DEAD), name="deliveries_dead"
            ),
            models.Index(fields=["case", "created_at"], name="deliveries_of_case"),
            models.Index(fields=["contact_id"], condition=Q(contact_id__isnull=False), name="deliveries_of_contact"),
        ]
