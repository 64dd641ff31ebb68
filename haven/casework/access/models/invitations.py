"""Invitation: how somebody comes to have an account, or another role."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from haven.casework.access.models.accounts import Authority, Team, User
from haven.casework.access.roles import ROLES
from haven.lib.ids import uuid7


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime) -> "InvitationQuerySet":
        """Those whose link still works."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """An administrator asks somebody to take up roles, by a link that works once and for seven days.

    Only the link's fingerprint is kept. Until the invitation is accepted there is no account and no membership, so that
    inviting tells nobody whether an address has an account already.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=40, choices=list(ROLES.items())))
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    link_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()
    locks = True
    fresh_on_lock = ("accepted_at", "revoked_at", "expires_at", "link_hash")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None), name="an_invitation_is_accepted_or_revoked"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="an_accepted_invitation_says_by_whom",
            ),
            models.CheckConstraint(condition=Q(roles__len__gt=0), name="an_invitation_offers_a_role"),
        ]
        indexes = [models.Index(fields=["email"], condition=Q(accepted_at=None), name="invitations_not_accepted")]
