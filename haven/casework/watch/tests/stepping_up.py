"""A browser whose second factor was proved a moment ago."""

from types import SimpleNamespace
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import SESSION_KEY

from haven.casework.access.models import User


def proved(browser: Any) -> Any:
    """The same browser, after its second factor."""
    session = browser.session
    request: Any = SimpleNamespace(session=session)
    record_authentication(request, User.objects.get(pk=session[SESSION_KEY]), method="mfa", type="totp")
    session.save()
    return browser
