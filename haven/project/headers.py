"""The headers that every answer carries, whoever made it: a page, a file, a refusal, a probe, what a package answers.

Django and django-csp set most of them; here is what they leave out. `tests/test_headers.py` holds the whole table.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

NOT_USED = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
"""What no page of ours asks of a browser, so that nothing that slipped into one can. Passkeys are left as they are."""


class Headers:
    """Add to every answer what is not there yet; nothing but static files may be kept by anybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", NOT_USED)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        is_static = request.path.startswith(settings.STATIC_URL) and response.status_code in (200, 206, 304)
        if not is_static and "no-store" not in response.headers.get("Cache-Control", ""):
            del response.headers["Cache-Control"]
            add_never_cache_headers(response)
        return response
