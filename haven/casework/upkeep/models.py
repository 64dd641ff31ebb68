"""Finding, Turn and ContinuityPack."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from haven.casework.access.models import Authority, User
from haven.casework.operations.actor import Actor
from haven.lib.ids import uuid7

STALE = timedelta(hours=36)
"""A pack older than this is said to be old: one night was missed, and half of the next day has gone (TR-36)."""


class Finding(models.Model):
    """How many records of an authority break one rule of the data, as counted one night, sealed ones too (TR-38).

    Numbers only. Which records they are is asked anew by whoever looks, and shown as they may see it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.CASCADE, related_name="+")
    rule = models.CharField(max_length=60)
    count = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "rule"], name="one_finding_of_a_rule")]

    def __str__(self) -> str:
        return self.rule


class Turn(models.Model):
    """A timed job, and when it last succeeded, as it was when somebody last looked (TR-18).

    Who looks is itself a timed job: where `looked_at` stands still, no job runs at all, and pages say so.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.CharField(max_length=120, unique=True)
    known_at = models.DateTimeField()
    succeeded_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.task


class ContinuityPackQuerySet(models.QuerySet["ContinuityPack"]):
    def visible_to(self, actor: Actor) -> "ContinuityPackQuerySet":
        """The packs of the duty desk for those on it at the authority; a keeper's own for that keeper alone.

        None that names somebody the reader has a conflict of interest with (TR-05).
        """
        if not actor.is_user:
            return self.none()
        duty = Q(pk__in=[])
        for authority_id, role in actor.roles_at:
            duty |= Q(authority_id=authority_id, keeper=None, roles__contains=[role])
        seen = self.filter(duty | Q(keeper_id=actor.id, authority_id__in=actor.authority_ids))
        return seen.exclude(person_ids__overlap=list(actor.conflict_ids)) if actor.conflict_ids else seen

    def newest(self) -> "ContinuityPackQuerySet":
        """Of each authority and keeper, the one made last."""
        return self.order_by("authority", "keeper", "-made_at").distinct("authority", "keeper")


class ContinuityPack(models.Model):
    """An encrypted file to work from when Haven is down: of an authority's duty desk, or of one keeper's kept cases.

    `roles` may fetch the first kind. Fetching is a look at each of `case_ids`; nobody with a conflict of interest with
    one of `person_ids`, whoever has a part in them, has it. The file lies among the documents, by its fingerprint.
    """

    read_kind = "continuity_pack"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    keeper = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    roles = ArrayField(models.CharField(max_length=40), default=list)
    case_ids = ArrayField(models.UUIDField(), default=list)
    person_ids = ArrayField(models.UUIDField(), default=list)
    made_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=100)

    objects = ContinuityPackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(keeper=None) & ~Q(roles=[]) | Q(keeper__isnull=False, roles=[]),
                name="a_pack_is_for_roles_or_for_one_keeper",
            )
        ]
        indexes = [models.Index(fields=["authority", "-made_at"], name="packs_newest")]

    @property
    def case(self) -> Any:
        """None: fetching a pack is no step of a case."""
        return None

    def is_stale(self, at: datetime) -> bool:
        """So old that a night was missed."""
        return at - self.made_at > STALE
