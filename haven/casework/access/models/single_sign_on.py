"""SingleSignOn: an authority's own way of signing its people in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from haven.casework.access.models.accounts import Authority
from haven.casework.operations.versions import Compared
from haven.lib.ids import uuid7


class SingleSignOnQuerySet(models.QuerySet["SingleSignOn"]):
    def for_domain(self, domain: str) -> "SingleSignOn | None":
        """The one that signs in people whose e-mail address ends so."""
        return self.filter(enabled=True, domains__contains=[domain.lower()]).first()


class SingleSignOn(Compared):
    """The identity provider of one authority: where it is, what it knows us by, and for which e-mail domains.

    `slug` stands in its addresses. `secret` is encrypted, or `env:NAME` for one kept in the environment.
    `second_step` lists what the provider says (amr or acr; SAML AuthnContext) when it has asked for a second factor
    itself; empty, or where it says something else, Haven asks its own. `vouches` is for a provider that does not say
    whether an address is verified: the authority vouches that it gives each person their own.
    """

    class Kind(models.TextChoices):
        OIDC = "openid_connect", "OpenID Connect"
        SAML = "saml", "SAML 2.0"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="single_sign_ons")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=40)
    issuer = models.CharField(max_length=300)
    client_id = models.CharField(max_length=191, blank=True)
    secret = models.TextField(blank=True)
    sign_in_url = models.CharField(max_length=300, blank=True)
    certificate = models.TextField(blank=True)
    domains = ArrayField(models.CharField(max_length=120))
    second_step = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    vouches = models.BooleanField(default=False)
    enabled = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    compared = ("name", "issuer", "client_id", "secret", "sign_in_url", "certificate", "domains", "second_step",
                "vouches", "enabled")  # fmt: skip

    objects = SingleSignOnQuerySet.as_manager()
    locks = True

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(domains__len__gt=0), name="single_sign_on_is_for_some_e_mail_domain"
            )
        ]
