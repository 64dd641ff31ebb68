"""A council's own service refuses to start without what keeps people safe, and says what to do."""

import os
import subprocess
import sys

import pytest
from house import CHECKOUT

GOOD = {
    "DATABASE_URL": "postgresql://haven_app:x@db.example/haven",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "haven.example.gov.uk",
    "HAVEN_AUDIT_KEY": "a" * 43 + "=",
}


def start(home: object, show: str = "", **changed: str) -> subprocess.CompletedProcess[str]:
    loud = {*GOOD, "DEBUG", "DEMONSTRATION", "HAVEN_DATABASE_ROLE"}
    quiet = {name: value for name, value in os.environ.items() if name not in loud}
    given = {name: value for name, value in (GOOD | changed).items() if value}
    return subprocess.run(
        [sys.executable, "-c", f"import haven.project.settings.production as given; {show and f'print(given.{show})'}"],
        env={**quiet, **given, "HAVEN_HOME": str(home)},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_with_everything_it_needs(tmp_path):
    started = start(tmp_path)

    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"HAVEN_AUDIT_KEY": ""}, "HAVEN_AUDIT_KEY is not set"),
        ({"HAVEN_AUDIT_KEY": "c2hvcnQ="}, "HAVEN_AUDIT_KEY must be 32 random bytes"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set"),
        ({"ALLOWED_HOSTS": "*"}, "* is refused"),
        ({"DEMONSTRATION": "yes"}, "DEMONSTRATION is on"),
        ({"DEBUG": "yes"}, "DEBUG is on"),
        ({"DEBUG": "maybe"}, "DEBUG must be yes or no"),
    ],
)
def test_it_refuses_to_start_and_says_why(tmp_path, changed, says):
    started = start(tmp_path, **changed)

    assert started.returncode != 0
    assert says in started.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("changed", "encrypted"),
    [
        ({"EMAIL_HOST": "mail.example.gov.uk"}, True),
        ({"EMAIL_HOST": "mail.example.gov.uk", "EMAIL_USE_TLS": "no"}, False),
        ({"EMAIL_HOST": "localhost"}, False),
    ],
)
def test_email_leaves_the_machine_encrypted_unless_an_operator_says_otherwise(tmp_path, changed, encrypted):
    started = start(tmp_path, show="EMAIL_USE_TLS", **changed)

    assert started.stdout.strip() == str(encrypted)


def test_cookies_pages_and_the_demonstration_are_as_a_council_needs_them(tmp_path):
    names = (
        "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_CONTENT_TYPE_NOSNIFF", "DEBUG", "DEMONSTRATION",
    )  # fmt: skip
    shown = [start(tmp_path, show=name).stdout.strip() for name in names]

    assert shown == ["True"] * 6 + ["False"] * 2
