"""Approval: a second person's yes to exact bytes."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from haven.casework.access.models import Authority, User
from haven.casework.access.roles import CASE_READERS
from haven.casework.cases.models import Case
from haven.casework.events.sealing import Salted
from haven.casework.letters.codes import OUTCOMES, VOIDED, WHY_APPROVED
from haven.casework.operations.actor import Actor
from haven.lib.ids import uuid7


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def visible_to(self, actor: Actor) -> "ApprovalQuerySet":
        """Those about a case they work on; a guardian's packs and redactions too, unless the case is kept from them."""
        if not actor.is_user:
            return self.none()
        at = [pk for pk, role in actor.roles_at if role == "information_governance_officer"]
        theirs = Q(case__in=Case.objects.visible_to(actor)) if actor.has_role(*CASE_READERS) else Q(pk=None)
        kept = Case.objects.kept_from(actor).values("pk")
        governs = Q(authority_id__in=at, why__in=("pack", "redaction")) & ~Q(case__in=kept)
        return self.filter(theirs | governs)

    def standing(self) -> "ApprovalQuerySet":
        """Not voided."""
        return self.filter(voided_at=None)

    def waiting(self) -> "ApprovalQuerySet":
        """Nobody has decided, and nothing has changed since (TR-17)."""
        return self.standing().filter(decided_at=None)

    def overdue(self, at: datetime) -> "ApprovalQuerySet":
        """Waiting longer than they may."""
        return self.waiting().filter(due_at__lt=at)


class Approval(Salted):
    """Somebody asked a second person to agree to exact bytes, and what they answered (TR-12).

    It holds for the bytes with this `sha256` and for no others: any change voids it, and the row says so. Nobody
    agrees to what they asked for themselves. While it waits it is clocked (`due_at`; TR-17).
    """

    read_kind = "approval"
    locks = True
    fresh_on_lock = ("decided_at", "voided_at")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="approvals")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    why = models.CharField(max_length=12, choices=list(WHY_APPROVED.items()))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=list(OUTCOMES.items()), blank=True)
    words = models.TextField(blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_because = models.CharField(max_length=12, choices=list(VOIDED.items()), blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, outcome="")
                | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(outcome=""),
                name="an_approval_is_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="nobody_approves_what_they_asked_for",
            ),
            models.CheckConstraint(condition=~Q(outcome="returned") | ~Q(words=""), name="what_is_sent_back_says_why"),
            models.CheckConstraint(
                condition=Q(voided_at=None) | ~Q(voided_because=""), name="a_voided_approval_says_why"
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=Q(voided_at=None),
                name="one_standing_approval_of_a_thing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["authority", "due_at"],
                condition=Q(decided_at=None, voided_at=None),
                name="approvals_waiting",
            ),
            models.Index(fields=["subject_kind", "subject_id"], name="approvals_of_a_thing"),
        ]

    def __str__(self) -> str:
        return self.why
