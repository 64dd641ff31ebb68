"""The lock: how long is left, locking at once, and unlocking without leaving the page."""

import hashlib
import hmac

from allauth.account.adapter import get_adapter
from allauth.mfa.webauthn.internal import auth as passkeys
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from haven.casework.access.forms.own import Unlock
from haven.casework.access.standing import LOCKED, begin, left, lock, touch
from haven.casework.access.unlocking import PasskeyRefused, unlocked_by_passkey, unlocked_by_password


@require_http_methods(["GET", "POST"])
def screen(request: HttpRequest) -> JsonResponse:
    """How many seconds until the screen locks. Sent with `do`: stay (somebody is there) or lock (they have left)."""
    now, do = timezone.now(), request.POST.get("do")
    if do == "lock":
        lock(request)
    elif do == "stay" and request.standing != LOCKED:  # type: ignore[attr-defined]
        touch(request, now)
    locked = do == "lock" or request.standing == LOCKED  # type: ignore[attr-defined]
    seconds = 0 if locked else int(left(request, now).total_seconds())
    return JsonResponse({"left": seconds, "locked": locked, "csrf": get_token(request), "who": who(request)})


def who(request: HttpRequest) -> str:
    """Whose session it is, as a mark that tells a page only whether it is still the same person's."""
    words = f"whose page\x00{request.user.pk}"
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()[:16]


@sensitive_post_parameters("password", "code", "credential")
def unlock(request: HttpRequest) -> HttpResponse:
    """Unlock with password and code, or with a passkey; with a script in place, without one on a page of its own."""
    form = Unlock(request.POST if request.method == "POST" and "credential" not in request.POST else None)
    if request.method == "POST" and _proved(request, form):
        begin(request, timezone.now())
        return JsonResponse({"locked": False, "csrf": get_token(request)}) if _asks_data(request) else _back(request)
    if _asks_data(request):
        return _as_data(request, form)
    context = {"form": form, "next": request.POST.get("next", request.GET.get("next", ""))}
    return render(request, "access/unlock.html", context, status=422 if form.errors else 200)


def _proved(request: HttpRequest, form: Unlock) -> bool:
    try:
        if "credential" in request.POST:
            return unlocked_by_passkey(request, request.POST["credential"], timezone.now())
        return form.is_valid() and unlocked_by_password(request, **form.cleaned_data, at=timezone.now())
    except (ValidationError, PasskeyRefused) as refused:
        form.is_bound = True
        form.full_clean()
        form.add_error(None, getattr(refused, "message", str(refused)))
        return False


def _asks_data(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _as_data(request: HttpRequest, form: Unlock) -> JsonResponse:
    """What the dialog needs: the passkey's question, or what is wrong."""
    if request.method != "POST":
        return JsonResponse({"request_options": passkeys.begin_authentication(request.user)})
    wrong = [str(message) for messages in form.errors.values() for message in messages]
    return JsonResponse({"locked": True, "wrong": wrong[:1]}, status=422)


def _back(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next", "")
    return redirect(wanted if wanted and get_adapter().is_safe_url(wanted) else "/")
