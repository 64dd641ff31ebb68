"""Our hooks into the sign-in package: who may come, what is counted, what is sent, what is remembered."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from haven.casework.access.ciphers import decrypt, encrypt
from haven.casework.access.devices import know_device, network
from haven.casework.access.mailing import post
from haven.casework.access.mails import NOTICE, RESET, authority_for
from haven.casework.access.models import User
from haven.casework.access.second_step import ASSERTED, STRONG, has_second_step, signed_in_within
from haven.casework.access.step_up import proved_lately
from haven.casework.access.throttling import places_of, take_back, try_once
from haven.project.accounts.kept import remember_kept

BY = {"mfa_reauthenticate": _("Use your authenticator app"), "mfa_reauthenticate:webauthn": _("Use a passkey")}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator of the authority; their mail leaves through the outbox."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is wrong. Check both and try again."),
        "too_many_login_attempts": _(
            "There have been too many wrong tries. Wait fifteen minutes, or choose a new password by e-mail. "
            "On this device that lets you in at once."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Only the network: enough to know a place again, and too little to follow anybody."""
        return network(super().get_client_ip(request))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at; closed, it is not looked at."""
        self.counted = places_of(request, credentials.get("email", ""), "password")
        if not try_once(self.counted, timezone.now()):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """A disabled account is answered as a wrong password is."""
        user = super().authenticate(request, **credentials)
        if user is not None and user.is_active:
            take_back(self.counted)
            return user
        return None

    def _rollback_login_failed_rl_usage(self) -> None:
        """The package's own count is not used: ours is taken back where the account may come in."""

    def get_login_stages(self) -> list[str]:
        """The second step is asked for unless the identity provider has just said that it asked."""
        stages: list[str] = super().get_login_stages()
        has_asked = getattr(self.request, "second_step_asserted", False)
        return [stage for stage in stages if not (has_asked and stage.endswith(".AuthenticateStage"))]

    def post_login(self, request: HttpRequest, user: Any, **known: Any) -> HttpResponse:
        """Everything was proved: the device is known from now on, and kept typing is found again."""
        if getattr(request, "second_step_asserted", False):
            record_authentication(request, user, "socialaccount", **{ASSERTED: True})
        response: HttpResponse = super().post_login(request, user, **known)
        know_device(request, response, user.email)
        remember_kept(request, timezone.now())
        return response

    def is_reauthentication_required(self, *, app: str, **known: Any) -> bool:
        """Before a second step is changed it is proved; before the first is set up, having just signed in will do."""
        request, now = self.request, timezone.now()
        if has_second_step(request.user):
            return not proved_lately(request, now)
        return not signed_in_within(request, now, minutes=5)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Somebody with a second step proves that; their password alone proves too little."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        strong = [{**method, "description": BY[method["id"]]} for method in methods if method["id"] in BY]
        return strong or methods

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """The same work for an address without an account, and nothing of it kept."""
        with transaction.atomic():
            super().send_password_reset_mail(user, email, context)
            if user._state.adding:
                transaction.set_rollback(True)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox, in the name of the authority where the person works."""
        user = context.get("user") or User.objects.get(email__iexact=email)
        authority_id = authority_for(user)
        if authority_id is None:
            return
        mail = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        purpose = RESET if "reset_key" in template_prefix else NOTICE
        at = timezone.now()
        post(to=email, subject=mail.subject, body=mail.body, purpose=purpose, authority_id=authority_id, at=at)

    def format_email_subject(self, subject: str) -> str:
        return subject


class SecondStepAdapter(DefaultMFAAdapter):
    """The secrets of second steps are kept encrypted, and nobody is left without one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is wrong. Type the newest one your app shows."),
        "cannot_delete_authenticator": _("This is your only second step. Set up another before you remove it."),
        "too_many_tries": _(
            "There have been too many wrong codes. Wait fifteen minutes, or use a passkey. "
            "If that does not help, choose a new password by e-mail on this device."
        ),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one that proves who somebody is."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=STRONG)
        return others.exclude(pk=authenticator.pk).exists()

    def get_totp_issuer(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)

    def _get_site_name(self) -> str:
        return "Haven"
