"""Partner, PartnerToken, TokenUse, PartnerCall: whose system it is, and how it is known again."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from haven.casework.access.models import Authority, User
from haven.lib.ids import uuid7

SCOPES = {
    "submit": "Send concerns",
    "attach": "Send files",
    "status": "Ask about what it sent itself",
}
"""What a token may do; the last covers the counts of its own (TR-25)."""


class PartnerQuerySet(models.QuerySet["Partner"]):
    def live(self) -> "PartnerQuerySet":
        """Those that may still send."""
        return self.filter(ended_at=None)


class Partner(models.Model):
    """An agency's system that may tell one authority of concerns: a hospital's record, a police force's, a provider's.

    `source_code` is who told us, of everything it sends. `expected_hours` is how long it is usually silent at most,
    where an administrator has said so; else Haven goes by the last four weeks. `webhook_url` is where it wants to be
    told that something it sent has moved on; the secret that signs it is kept encrypted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="partners")
    name = models.CharField(max_length=120)
    source_code = models.CharField(max_length=40)
    expected_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    webhook_url = models.CharField(max_length=300, blank=True)
    webhook_secret = models.TextField(blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("authority", "name", name="one_partner_of_a_name_in_an_authority"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(source_code=""), name="a_partner_has_a_name_and_a_source"
            ),
            models.CheckConstraint(
                condition=Q(webhook_url="") | ~Q(webhook_secret=""), name="what_a_partner_is_told_is_signed"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PartnerTokenQuerySet(models.QuerySet["PartnerToken"]):
    def live(self, at: datetime) -> "PartnerTokenQuerySet":
        """Those that open something at this moment."""
        return self.filter(revoked_at=None, expires_at__gt=at, partner__ended_at=None)


class PartnerToken(models.Model):
    """A key of a partner's system. It is shown once; only a keyed digest of it is kept. `hint` are its last letters."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    scopes = models.JSONField(default=list)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PartnerTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("issued_at")), name="a_token_ends_after_it_is_issued"
            )
        ]


class TokenUse(models.Model):
    """How often a token was used in the second it was last used in, and when that was. Written beside the request."""

    token = models.OneToOneField(PartnerToken, models.CASCADE, primary_key=True, related_name="use")
    second = models.BigIntegerField()
    count = models.PositiveIntegerField()
    used_at = models.DateTimeField()


class PartnerCall(models.Model):
    """A request that was answered, by its Idempotency-Key: the same again gets the same answer (TR-20).

    Digests of the key and of what was sent, and the answer, which names nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    key_digest = models.CharField(max_length=64)
    route = models.CharField(max_length=40)
    body_digest = models.CharField(max_length=64)
    answer = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("partner", "key_digest", name="one_answer_for_one_key")]
