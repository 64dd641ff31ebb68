"""What unlocks a screen: everything that signing in asks, proved again by the same person."""

import json
from datetime import datetime

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.webauthn.internal import auth as passkeys
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from haven.casework.access.forms.signing_in import Reauthenticate
from haven.casework.access.throttling import places_of, take_back, try_once
from haven.casework.operations.refusals import Refusal


class PasskeyRefused(Refusal):
    """The passkey did not prove who is there: it is another's, or it did not ask for a finger, a face or a PIN."""


def unlocked_by_password(request: HttpRequest, *, password: str, code: str, at: datetime) -> bool:
    """The password and a code of the person who was signed in. Refused with the same words whichever is wrong."""
    places = places_of(request, request.user.email, "password")  # type: ignore[union-attr]
    if not try_once(places, at):
        raise ValidationError(_("Too many wrong tries. Wait fifteen minutes, or sign out and use your passkey."))
    right = request.user.check_password(password)
    form = Reauthenticate({"code": code}, user=request.user)
    if not form.is_valid() or not right:
        raise ValidationError(_("The password or the code is wrong. Try again with the newest code."))
    take_back(places)
    reauthenticate_by_password(request)
    post_authentication(request, form.authenticator, reauthenticated=True)
    return True


def unlocked_by_passkey(request: HttpRequest, credential: str, at: datetime) -> bool:
    """A passkey of the person who was signed in, which asked who is there."""
    try:
        given = json.loads(credential)
        answered = passkeys.parse_authentication_response(given)
        verified = answered.response.authenticator_data.is_user_verified()
        used = passkeys.complete_authentication(request.user, given)
    except (ValueError, ValidationError) as wrong:
        raise PasskeyRefused(_("That passkey does not open this screen. Use your password and a code.")) from wrong
    if not verified:
        raise PasskeyRefused(_("That key did not ask who is there. Use your password and a code."))
    post_authentication(request, used, reauthenticated=True)
    return True
