"""Organisation and Place."""

from django.db import models

from haven.casework.access.models import Authority
from haven.lib.ids import uuid7


class Organisation(models.Model):
    """A body that provides, commissions, refers or regulates. Belongs to the deployment, not to one authority."""

    class Kind(models.TextChoices):
        PROVIDER = "provider", "Care provider"
        HEALTH = "health", "Health"
        POLICE = "police", "Police"
        HOUSING = "housing", "Housing"
        COUNCIL = "council", "Council service"
        VOLUNTARY = "voluntary", "Voluntary organisation"
        EDUCATION = "education", "Education"
        REGULATOR = "regulator", "Regulator"
        OTHER = "other", "Other"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    cqc_id = models.CharField(max_length=20, blank=True, help_text="Care Quality Commission provider or location id")
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "name"], name="organisation_by_kind_and_name")]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A building or spot where people live or harm happens: a care home, a ward, a block, a park."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="places")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="places")
    name = models.CharField(max_length=160)
    setting_code = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    ward = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["authority", "name"], name="place_by_authority_and_name")]

    def __str__(self) -> str:
        return self.name
