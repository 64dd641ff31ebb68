"""CaseRelationship and Conflict: what ties somebody to one case, and what keeps somebody from it."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from haven.casework.access.models.accounts import Authority, User
from haven.casework.access.ties import ENDS_BY_ITSELF
from haven.lib.ids import uuid7

RELATIONSHIPS = {
    "keeper": "Keeper of the restricted or sealed case",
    "named": "Named by its keeper",
    "supervising": "Supervises its worker",
    "referral_recipient": "Received it as a referral",
    "advocate": "Advocate for the adult",
    "auditing": "Auditing it",
    "triage": "Triage of a report about the same person",
    "covering": "Reads it for a reason of one tap",
    "break_glass": "Opened in an emergency",
}
"""Why somebody who is neither worker, manager nor of the team may read a case (TR-02, TR-04, PR-24)."""

GROUNDS = {
    "alleged": "Alleged in the case",
    "same_person": "Is the person",
    "related": "Is related to the person",
    "same_address": "Lives at the same address",
    "same_phone": "Shares a telephone number",
    "other": "Has another interest",
}
"""What a conflict of interest rests on. A surname alone is no ground (PR-26)."""


class CaseRelationshipQuerySet(models.QuerySet["CaseRelationship"]):
    def live(self, at: datetime) -> "CaseRelationshipQuerySet":
        """Those in force at the moment."""
        return self.filter(Q(until_at=None) | Q(until_at__gt=at), from_at__lte=at)


class CaseRelationship(models.Model):
    """One person's reason to read one case, given by somebody, from a moment until another (TR-02).

    Worker, manager, team and duty are on the case itself. A triage or a break-glass always ends by itself; a
    break-glass after eight hours at most (TR-04). On a restricted or sealed case whoever has one is a named person.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="relationships")
    user = models.ForeignKey(User, models.PROTECT, related_name="case_relationships")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=list(RELATIONSHIPS.items()))
    reason = models.CharField(max_length=40, blank=True, help_text="A code")
    about_id = models.UUIDField(null=True, blank=True, help_text="The report or referral it comes from")
    given_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    objects = CaseRelationshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=ENDS_BY_ITSELF) | Q(until_at__isnull=False),
                name="triage_and_break_glass_end_by_themselves",
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=models.F("from_at")),
                name="a_case_relationship_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "until_at"], name="relationships_of_user"),
            models.Index(fields=["case", "user"], name="relationships_of_case"),
        ]


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def live(self) -> "ConflictQuerySet":
        """Those that stand: neither lifted nor ended."""
        return self.filter(ended_at=None)


class Conflict(models.Model):
    """Why somebody with an account must not reach what concerns this person, by any route (TR-05).

    Declared by the account's holder, recorded by somebody else, or detected by a shared address or telephone number.
    It stands until a named person, who is not the account's holder, ends it with reasons; the holder may challenge it
    the same day (PR-26).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="conflicts")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="conflicts")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20, choices=list(GROUNDS.items()))
    detected = models.BooleanField(default=False, help_text="Found by Haven, not said by somebody")
    from_at = models.DateTimeField()
    challenged_at = models.DateTimeField(null=True, blank=True)
    challenged_words = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_reasons = models.TextField(blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "person", "ground"],
                condition=Q(ended_at=None),
                name="one_standing_conflict_of_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_by__isnull=False) & ~Q(ended_reasons=""),
                name="ending_a_conflict_gives_who_and_why",
            ),
        ]
        indexes = [models.Index(fields=["person"], name="conflicts_of_person", condition=Q(ended_at=None))]
