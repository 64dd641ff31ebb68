"""Delivery: one thing that leaves Haven."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import Q

from haven.casework.access.models import Authority, User
from haven.casework.cases.models import Case
from haven.casework.operations.models import OutboxRow
from haven.casework.people.codes import PROTECTED_KINDS
from haven.casework.people.models import Person
from haven.casework.people.protected import ProtectedField
from haven.lib.ids import uuid7

SENT_KINDS = {**PROTECTED_KINDS, "former_name": "A former name"}


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
    known_as = models.JSONField(default=list, help_text="Whatever is known of whom it goes to")
    as_written = models.JSONField(default=dict, help_text="What it was checked against when it was written")

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
            models.Index(
                fields=["authority", "channel", "settled_at"],
                condition=Q(state=OutboxRow.State.SENT),
                name="deliveries_sent",
            ),
            models.Index(fields=["case", "created_at"], name="deliveries_of_case"),
            models.Index(fields=["contact_id"], condition=Q(contact_id__isnull=False), name="deliveries_of_contact"),
        ]


class ReleaseQuerySet(models.QuerySet["Release"]):
    def waiting(self) -> "ReleaseQuerySet":
        """Neither released by two people nor declined."""
        return self.filter(second_by=None, declined_by=None)

    def released(self) -> "ReleaseQuerySet":
        """Released by two people."""
        return self.exclude(second_by=None)


class Release(models.Model):
    """Something that carries a protected value to somebody linked as a risk, and the two people who let it go (TR-08).

    Bound to the SHA-256 of the exact bytes: anything else is another thing, and refused. `text` holds the bytes as a
    protected text. One of the two is a manager; neither wrote it.
    """

    locks = True
    fresh_on_lock = ("first_by_id", "second_by_id", "declined_by_id", "has_manager")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="releases")
    sha256 = models.CharField(max_length=64)
    text = ProtectedField()
    kinds = models.JSONField(default=list, help_text="The kinds of protected value in it")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    first_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    first_at = models.DateTimeField(null=True, blank=True)
    first_reasons = models.TextField(blank=True)
    second_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    second_reasons = models.TextField(blank=True)
    has_manager = models.BooleanField(default=False)
    declined_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_reasons = models.TextField(blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "sha256"], name="one_release_of_the_same_bytes"),
            models.CheckConstraint(
                condition=Q(second_by=None) | Q(first_by__isnull=False) & ~Q(second_by=models.F("first_by")),
                name="two_different_people_release",
            ),
            models.CheckConstraint(
                condition=(Q(first_by=None) | ~Q(first_by=models.F("asked_by")))
                & (Q(second_by=None) | ~Q(second_by=models.F("asked_by"))),
                name="nobody_releases_what_they_wrote",
            ),
            models.CheckConstraint(
                condition=Q(second_by=None) | Q(has_manager=True), name="one_of_the_two_is_a_manager"
            ),
            models.CheckConstraint(
                condition=(Q(first_by=None) | ~Q(first_reasons=""))
                & (Q(second_by=None) | ~Q(second_reasons=""))
                & (Q(declined_by=None) | ~Q(declined_reasons="")),
                name="releasing_gives_its_reasons",
            ),
        ]
        indexes = [
            models.Index(
                fields=["authority", "asked_at"], condition=Q(second_by=None, declined_by=None), name="releases_waiting"
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(name="a_release_is_of_these_bytes", fields=["sha256", "text", "case", "asked_by"])
        ]

    @property
    def kinds_in_words(self) -> str:
        """What protected value it holds."""
        return ", ".join(SENT_KINDS.get(kind, kind).lower() for kind in self.kinds).capitalize()
