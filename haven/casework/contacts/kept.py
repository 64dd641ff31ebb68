"""KeptReport and ContactConflict: reports that are not for everybody on duty (TR-03, TR-05, PR-05)."""

from django.db import models
from django.db.models import OuterRef, Q

from haven.casework.access.models import Authority, User
from haven.casework.access.models.relationships import GROUNDS
from haven.casework.cases.codes import KEPT_BECAUSE
from haven.casework.events.sealing import Salted
from haven.casework.operations.actor import Actor
from haven.lib.ids import uuid7


class KeptReportQuerySet(models.QuerySet["KeptReport"]):
    def kept_by(self, actor: Actor) -> "KeptReportQuerySet":
        """Of the contact of the outer query: that the actor keeps it."""
        return self.filter(_keeps(actor), contact=OuterRef("pk"), lifted_at=None)

    def kept_from(self, actor: Actor) -> "KeptReportQuerySet":
        """Of the contact of the outer query: that somebody keeps it, and not the actor."""
        return self.filter(contact=OuterRef("pk"), lifted_at=None).exclude(_keeps(actor))


def _keeps(actor: Actor) -> Q:
    return Q(keeper_id=actor.id) | Q(deputy_id=actor.id, deputy__isnull=False)


class KeptReport(Salted):
    """A report sealed before it is a case: it is not on the duty desk, and its keeper, or a deputy, has it (TR-03).

    `taken_over`: its keeper took it from the desk because it is about a case they keep (PR-05); the desk is told that
    it was taken on, and nothing else.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey("contacts.Contact", models.CASCADE, related_name="keepings")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    because = models.CharField(max_length=20, choices=list(KEPT_BECAUSE.items()))
    words = models.TextField(blank=True)
    keeper = models.ForeignKey(User, models.PROTECT, related_name="+")
    deputy = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_over = models.BooleanField(default=False)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_reasons = models.TextField(blank=True)

    objects = KeptReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact"], condition=Q(lifted_at=None), name="a_report_has_one_keeping"),
            models.CheckConstraint(condition=Q(taken_over=True) | ~Q(words=""), name="sealing_a_report_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | Q(lifted_by__isnull=False) & ~Q(lifted_reasons=""),
                name="unsealing_a_report_gives_who_and_why",
            ),
        ]


class ContactConflictQuerySet(models.QuerySet["ContactConflict"]):
    def of(self, actor: Actor) -> "ContactConflictQuerySet":
        """Of the contact of the outer query: that the actor must not reach it."""
        return self.filter(contact=OuterRef("pk"), user=actor.id, ended_at=None)


class ContactConflict(models.Model):
    """Why somebody with an account must not reach a report whose adult nobody has matched to a person yet (TR-05).

    Once the adult is matched it is carried over to the person. Whom it keeps away may challenge it the same
    day (PR-26).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey("contacts.Contact", models.CASCADE, related_name="conflicts")
    user = models.ForeignKey(User, models.CASCADE, related_name="contact_conflicts")
    ground = models.CharField(max_length=20, choices=list(GROUNDS.items()))
    detected = models.BooleanField(default=False, help_text="Found by Haven, not said by somebody")
    from_at = models.DateTimeField()
    challenged_at = models.DateTimeField(null=True, blank=True)
    challenged_words = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_reasons = models.TextField(blank=True)

    objects = ContactConflictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "user"], condition=Q(ended_at=None), name="one_conflict_of_a_report_and_a_person"
            )
        ]
        indexes = [models.Index(fields=["user", "contact"], name="contact_conflicts_of_user")]
