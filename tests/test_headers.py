"""The exact headers of every kind of answer. One table: a header that comes or goes is a change to this file.

`not_cached` is on whatever may hold somebody's words; static files are the same for everybody and carry none.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from haven.casework.desk.continuity import make_packs

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOT_CACHED = {"Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private"}
HTML, JSON, PDF = "text/html; charset=utf-8", "application/json", "application/pdf"
SECURITY = {
    *ALWAYS,
    "Content-Security-Policy",
    "Cache-Control",
    "Strict-Transport-Security",
    "Access-Control-Allow-Origin",
    "Server",
}
"""Every header this table speaks of; one of these that it does not name for an answer must not be there."""


@pytest.fixture
def asked(case, report, desmond, sign_in, settings, tmp_path) -> Callable[[str], Any]:
    """An answer of each kind."""
    settings.HAVEN_FILES, settings.HAVEN_KEYS, settings.HAVEN_HOME = tmp_path / "files", tmp_path / "keys", tmp_path
    desk, public = sign_in(desmond, proved_at=timezone.now()), Client(raise_request_exception=False)
    pack = make_packs(case.authority, timezone.now())[0]
    without_token = Client(enforce_csrf_checks=True)
    kinds: dict[str, Callable[[], Any]] = {
        "a page of the desk": lambda: desk.get(f"/cases/{case.reference}/"),
        "a page for the public": lambda: public.get("/eastmere/"),
        "leading elsewhere": lambda: public.get(f"/cases/{case.reference}/"),
        "JSON": lambda: desk.get("/accounts/screen/"),
        "a file": lambda: desk.get(f"/continuity/{pack.pk}/fetch"),
        "a static file": lambda: public.get("/static/desk/figures.css"),
        "a static file that is not there": lambda: public.get("/static/no-such-file.css"),
        "400": lambda: public.get("/healthz", HTTP_HOST="elsewhere.example"),
        "403": lambda: without_token.post("/accounts/login/", {"login": "a", "password": "b"}),
        "404": lambda: public.get("/no/such/page"),
        "404 of a record": lambda: desk.get("/cases/AS-0000-0000/"),
        "405": lambda: public.post("/healthz"),
        "413": lambda: public.post(
            "/accounts/login/", b"x" * 6_000_000, content_type="application/x-www-form-urlencoded"
        ),
        "healthz": lambda: public.get("/healthz"),
        "readyz": lambda: public.get("/readyz"),
        "metrics": lambda: public.get("/metrics"),
    }
    return lambda kind: kinds[kind]()


TABLE = {
    "a page of the desk": (200, HTML, NOT_CACHED),
    "a page for the public": (200, HTML, NOT_CACHED),
    "leading elsewhere": (302, HTML, NOT_CACHED),
    "JSON": (200, JSON, NOT_CACHED),
    "a file": (200, PDF, NOT_CACHED),
    "a static file": (200, 'text/css; charset="utf-8"', {"Cache-Control": "max-age=60, public"}),
    "a static file that is not there": (404, HTML, NOT_CACHED),
    "400": (400, HTML, NOT_CACHED),
    "403": (403, HTML, NOT_CACHED),
    "404": (404, HTML, NOT_CACHED),
    "404 of a record": (404, HTML, NOT_CACHED),
    "405": (405, HTML, NOT_CACHED),
    "413": (413, HTML, NOT_CACHED),
    "healthz": (200, JSON, NOT_CACHED),
    "readyz": (200, JSON, NOT_CACHED),
    "metrics": (200, "text/plain; version=0.0.4; charset=utf-8", NOT_CACHED),
}


@pytest.mark.parametrize("kind", TABLE)
def test_every_kind_of_answer_carries_exactly_these_headers(kind, asked):
    status, content_type, more = TABLE[kind]

    answer = asked(kind)

    assert (answer.status_code, answer["Content-Type"]) == (status, content_type)
    said = {name: answer[name] for name in SECURITY if name in answer}
    assert set(said.pop("Content-Security-Policy").split("; ")) == set(POLICY.split("; "))
    assert said == {**ALWAYS, **more}


def test_behind_https_browsers_are_told_to_stay_with_it_everywhere(asked, settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 365 * 24 * 60 * 60, True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    for path in ("/healthz", "/eastmere/", "/static/desk/figures.css", "/no/such/page"):
        answer = Client(headers={"x-forwarded-proto": "https"}).get(path)
        assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_failure_says_nothing_of_what_failed(db: None, monkeypatch):
    def broken(request: object) -> None:
        raise RuntimeError("Joan Whitlock, 4 Almond Row")

    monkeypatch.setattr("haven.project.health.connections", {"apart": type("Gone", (), {"cursor": broken})()})
    answer = Client(raise_request_exception=False).get("/readyz")

    assert answer.status_code == 500
    said = {name: answer[name] for name in SECURITY if name in answer}
    assert set(said.pop("Content-Security-Policy").split("; ")) == set(POLICY.split("; "))
    assert said == {**ALWAYS, **NOT_CACHED}
    assert "Joan" not in answer.content.decode() and "RuntimeError" not in answer.content.decode()
