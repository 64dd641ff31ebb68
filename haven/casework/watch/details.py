"""OwnDetail: what an account's holder gave so that Haven can keep them from their own family's cases (PR-26)."""

from django.db import models

from haven.casework.access.models import User
from haven.lib.ids import uuid7

KINDS = {
    "address": "Address",
    "phone": "Telephone number",
    "person": "Name and date of birth",
    "postcode": "Postcode",
    "street": "Street",
}


class OwnDetail(models.Model):
    """A keyed digest of one's own address, telephone number, or name and date of birth. The detail itself is not kept:
    it cannot be read back, only compared."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="own_details")
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    digest = models.BinaryField(max_length=32)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind", "digest"], name="a_detail_is_kept_once")]
        indexes = [models.Index(fields=["digest"], name="own_details_by_digest")]
