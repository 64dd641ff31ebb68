"""Configuring an authority's own sign-in."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cryptography import x509
from django.conf import settings
from django.utils.text import slugify

from haven.casework.access import events
from haven.casework.access.ciphers import encrypt
from haven.casework.access.models import Authority, SingleSignOn
from haven.casework.access.ways_in import SIGN_ON, opened
from haven.casework.events.recording import record
from haven.casework.operations.actor import Actor
from haven.casework.operations.operation import operation
from haven.casework.operations.refusals import Refusal
from haven.casework.operations.versions import must_be_as_seen
from haven.lib.ids import uuid7

DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


class NotConfigured(Refusal):
    """Something the provider needs is missing, or another authority has the domain. `field` says which."""

    def __init__(self, words: str, field: str) -> None:
        super().__init__(words)
        self.field = field


@operation(may="access.add_single_sign_on")
def add_single_sign_on(authority: Authority, *, kind: str, by: Actor, at: datetime, **answers: Any) -> SingleSignOn:
    """Let an authority's people sign in with their council's own sign-in."""
    configured = SingleSignOn(authority=authority, kind=kind)
    configured.slug = f"{slugify(authority.code)[:40]}-{uuid7().hex[-8:]}"
    _fill(configured, at, **answers)
    configured.save(force_insert=True)
    record(events.SIGN_ON_SAVED, subject=configured, by=by, at=at, codes={"kind": kind, "enabled": configured.enabled})
    _tell(configured, by, at)
    return configured


@operation(may="access.save_single_sign_on")
def save_single_sign_on(
    configured: SingleSignOn, *, version: int | None = None, by: Actor, at: datetime, **answers: Any
) -> None:
    """Change how an authority's people sign in with their council, or stop it."""
    shown = {name: given for name, given in answers.items() if name in configured.compared and name != "secret"}
    must_be_as_seen(configured, version, **shown)
    issuer = configured.issuer
    _fill(configured, at, **answers)
    if configured.issuer != issuer:
        # Another provider's numbers for people are others: nobody is to be taken for somebody else by them.
        configured.slug = f"{slugify(configured.authority.code)[:40]}-{uuid7().hex[-8:]}"
    configured.save()
    codes = {"kind": configured.kind, "enabled": configured.enabled}
    record(events.SIGN_ON_SAVED, subject=configured, by=by, at=at, codes=codes)
    _tell(configured, by, at)


def _tell(configured: SingleSignOn, by: Actor, at: datetime) -> None:
    """Whoever holds the provider says who everybody is: somebody else than who named it looks at that."""
    opened(SIGN_ON, authority_id=configured.authority_id, of=configured.pk, giver_id=by.id, by=by, at=at)


def _fill(
    configured: SingleSignOn,
    at: datetime,
    *,
    name: str,
    issuer: str,
    domains: Sequence[str],
    client_id: str = "",
    secret: str = "",
    sign_in_url: str = "",
    certificate: str = "",
    second_step: Sequence[str] = (),
    vouches: bool = False,
    enabled: bool = True,
) -> None:
    """Set what was answered; an empty secret leaves the one that is kept."""
    configured.name, configured.issuer, configured.client_id = name.strip(), issuer.strip(), client_id.strip()
    configured.sign_in_url, configured.certificate = sign_in_url.strip(), certificate.strip()
    configured.domains = [domain.strip().lower().lstrip("@") for domain in domains if domain.strip()]
    configured.second_step = [value.strip() for value in second_step if value.strip()]
    configured.vouches, configured.enabled, configured.changed_at = vouches, enabled, at
    if secret.strip():
        configured.secret = encrypt(secret.strip())
    _check_domains(configured)
    (_check_saml if configured.kind == SingleSignOn.Kind.SAML else _check_oidc)(configured)


def _check_domains(configured: SingleSignOn) -> None:
    if not configured.domains or not all(DOMAIN.fullmatch(domain) for domain in configured.domains):
        raise NotConfigured("Write the endings of your addresses, like eastmere.gov.uk, one a line.", "domains")
    others = SingleSignOn.objects.exclude(pk=configured.pk).filter(domains__overlap=configured.domains)
    if others.exists():
        raise NotConfigured("One of these endings is in use already.", "domains")


def _check_oidc(configured: SingleSignOn) -> None:
    _check_address(configured.issuer, "issuer")
    if not configured.client_id:
        raise NotConfigured("Write the identifier that the provider gave Haven.", "client_id")
    if not configured.secret:
        raise NotConfigured("Write the secret that the provider gave Haven, or env: and where it is kept.", "secret")


def _check_saml(configured: SingleSignOn) -> None:
    if not configured.issuer:
        raise NotConfigured("Write the provider's entity identifier.", "issuer")
    _check_address(configured.sign_in_url, "sign_in_url")
    try:
        x509.load_pem_x509_certificate(configured.certificate.encode())
    except ValueError as wrong:
        raise NotConfigured("Paste the provider's certificate, with its BEGIN and END lines.", "certificate") from wrong


def _check_address(address: str, field: str) -> None:
    """Encrypted on the way, but on the demonstration's own machine."""
    if not address.startswith("https://") and not (settings.DEMONSTRATION and address.startswith("http://localhost")):
        raise NotConfigured("Write an address that begins with https://.", field)
