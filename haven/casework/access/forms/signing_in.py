"""The sign-in package's forms, where ours count wrong tries by device or take the same time for everybody."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from haven.casework.access.models import User
from haven.casework.access.throttling import places_of, take_back, try_once


class CountsTries:
    """A form with a code, each wrong one of which counts against the device that sent it."""

    user: Any

    def clean_code(self) -> str:
        places = places_of(context.request, self.user.email, "code")
        if not try_once(places, timezone.now()):
            raise get_adapter().validation_error("too_many_tries")
        code: str = super().clean_code()  # type: ignore[misc]
        take_back(places)
        return code


def plain_code(form: Any) -> None:
    """Ask for the code in the house's words."""
    form.fields["code"].label = _("Code")
    form.fields["code"].help_text = _("The 6 figures that your authenticator app shows, or one of your recovery codes.")
    form.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "spellcheck": "false"}


class Authenticate(CountsTries, AuthenticateForm):
    """The second step of signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain_code(self)


class Reauthenticate(CountsTries, ReauthenticateForm):
    """Proving once more that it is them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain_code(self)


class AddPasskey(AddWebAuthnForm):
    """A name for the passkey, and whether it is to sign in by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What to call it")
        self.fields["name"].help_text = _("So that you know it again, such as “My telephone”.")
        self.fields["passwordless"].label = _("Sign me in with it alone, without a password")
        self.fields["passwordless"].help_text = _("It will ask for your finger, your face or a PIN.")
        self.fields["passwordless"].initial = True


class ResetPassword(ResetPasswordForm):
    """Asks for the address; one without an account is answered alike, in words and in time (`AccountAdapter`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget = forms.EmailInput(attrs={"autocomplete": "email"})

    def clean_email(self) -> str:
        """An address without an account goes on as a person who is not there: the mail is written, and undone."""
        email: str = super().clean_email()
        self.users: list[User] = self.users or [User(email=email, name="")]
        return email
