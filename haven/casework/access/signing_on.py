"""Whom an identity provider may sign in, and whether it has asked for a second factor itself."""

from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.db.models import Q

from haven.casework.access.ciphers import decrypt
from haven.casework.access.models import Invitation, Membership, SingleSignOn, User
from haven.casework.access.operations.invitations import accept_invitation
from haven.casework.operations.actor import Actor
from haven.lib.calendar import day_of


def app_of(configured: SingleSignOn) -> SocialApp:
    """The provider as the sign-in package wants it; not stored, so that the secret is in the clear only here."""
    saml = configured.kind == SingleSignOn.Kind.SAML
    return SocialApp(
        provider=configured.kind,
        provider_id=configured.slug,
        name=configured.name,
        client_id=configured.slug if saml else configured.client_id,
        secret=decrypt(configured.secret) if configured.secret else "",
        settings=_saml(configured) if saml else _oidc(configured),
    )


def whose(sociallogin: SocialLogin, configured: SingleSignOn, at: datetime) -> User | None:
    """The account that this sign-on is for: found by a verified address in the authority's domains; or nobody."""
    for address in sociallogin.email_addresses:
        email = address.email.lower()
        if not address.verified or email.rpartition("@")[2] not in configured.domains:
            continue
        user = User.objects.filter(email__iexact=email).first() or _invited(email, configured, at)
        if user is not None and user.is_active and _only_theirs(user, configured, at):
            return user
    return None


def bound(sociallogin: SocialLogin, user: User) -> bool:
    """The provider's own number for the person is the one it gave before: an address given on to another is refused."""
    account = sociallogin.account
    if account.pk is not None:
        return bool(account.user_id == user.pk)
    return not SocialAccount.objects.filter(provider=account.provider, user_id=user.pk).exists()


def asserted(said: dict[str, Any], configured: SingleSignOn) -> bool:
    """The provider says, in what it signed, that it asked for a second factor in a way its authority has listed."""
    token = said.get("id_token") or {}
    methods = token.get("amr") or []
    claims = {str(token.get("acr", "")), *(methods if isinstance(methods, list) else [str(methods)])}
    return bool(set(configured.second_step) & (claims | set(said.get("contexts", ()))))


def _invited(email: str, configured: SingleSignOn, at: datetime) -> User | None:
    """Somebody invited by this authority takes up the invitation by signing on; they need no password."""
    invitations = Invitation.objects.open(at).filter(email__iexact=email, authority_id=configured.authority_id)
    invitation = invitations.select_related("authority", "team").first()
    if invitation is None:
        return None
    return accept_invitation(invitation, by=Actor.public(configured.authority_id), at=at)


def _only_theirs(user: User, configured: SingleSignOn, at: datetime) -> bool:
    """Every role that the account holds, now or later, is at the provider's own authority."""
    held = Membership.objects.filter(Q(until_on=None) | Q(until_on__gte=day_of(at)), user_id=user.pk)
    return set(held.values_list("authority_id", flat=True)) == {configured.authority_id}


def _vouched(configured: SingleSignOn) -> list[str] | bool:
    return list(configured.domains) if configured.vouches else False


def _oidc(configured: SingleSignOn) -> dict[str, Any]:
    return {
        "server_url": configured.issuer,
        "oauth_pkce_enabled": True,
        "fetch_userinfo": True,
        "verified_email": _vouched(configured),
    }


def _saml(configured: SingleSignOn) -> dict[str, Any]:
    return {
        "idp": {
            "entity_id": configured.issuer,
            "sso_url": configured.sign_in_url,
            "x509cert": configured.certificate,
        },
        "advanced": {"strict": True, "want_assertion_signed": True, "reject_idp_initiated_sso": True},
        "verified_email": _vouched(configured),
    }
