"""Disabling: an account that an administrator has closed."""

from django.db import models
from django.db.models import Q

from haven.casework.access.models.accounts import User
from haven.casework.events.sealing import Salted
from haven.lib.ids import uuid7


class Disabling(Salted):
    """An administrator closed this account, said why, and perhaps opened it again later."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="disablings")
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="every_disabling_gives_its_reason"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="an_account_is_disabled_once_at_a_time"
            ),
        ]
