"""ProtectedValue and Reveal: what is kept from everybody but those who need it, and who was shown it."""

from typing import Any

from django.db import models
from django.db.models import Q

from haven.casework.access.models import Authority, User
from haven.casework.people.codes import PROTECTED_BECAUSE, PROTECTED_KINDS, REVEAL_REASONS
from haven.casework.people.models.person import Person
from haven.casework.people.protected import ProtectedField
from haven.lib.ids import uuid7


class ProtectedValueQuerySet(models.QuerySet["ProtectedValue"]):
    def standing(self) -> "ProtectedValueQuerySet":
        """Those that are protected still."""
        return self.filter(ended_at=None)


class ProtectedValue(models.Model):
    """An address, a number, a code of the door, the name of a place or who told us, kept from everybody but the
    workers who need it (TR-07). Of a person, of a report, or of both.

    `text` is a ProtectedText: it prints as "protected". `fingerprint` tells only whether two are the same. One
    learnt in a case (`learnt_in_id`) is there for those alone to whom that case shows.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="protected_values")
    contact_id = models.UUIDField(null=True, blank=True)
    learnt_in_id = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=12, choices=list(PROTECTED_KINDS.items()))
    text = ProtectedField()
    fingerprint = models.CharField(max_length=64)
    because = models.CharField(max_length=12, choices=list(PROTECTED_BECAUSE.items()), default="chosen")
    source = models.CharField(max_length=120, blank=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_reasons = models.TextField(blank=True)

    case: Any = None
    """The case in which somebody asks to be shown it; set by whoever asks, and looked at by the permission."""

    objects = ProtectedValueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(contact_id__isnull=False),
                name="a_protected_value_is_of_a_person_or_a_report",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_by__isnull=False) & ~Q(ended_reasons=""),
                name="ending_protection_gives_who_and_why",
            ),
        ]
        indexes = [
            models.Index(fields=["contact_id"], condition=Q(contact_id__isnull=False), name="protected_of_contact"),
            models.Index(fields=["fingerprint"], name="protected_by_fingerprint"),
        ]


class Reveal(models.Model):
    """One protected value shown to one named person, for one case, on one day, for a reason from the list (PR-24)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    value = models.ForeignKey(ProtectedValue, models.CASCADE, related_name="reveals")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    case_id = models.UUIDField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=list(REVEAL_REASONS.items()))
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["value", "by", "case_id", "on"], nulls_distinct=False, name="one_reveal_a_worker_case_and_day"
            )
        ]
