"""Tests: the application's role, on a clone of a template database (see conftest.py)."""

from haven.project.settings.base import *

DEMONSTRATION = True
SECRET_KEY = "known to every reader of the tests, and used nowhere else"  # noqa: S105
AUDIT_KEY = "YW5vdGhlciB0aGF0IGV2ZXJ5IHJlYWRlciBrbm93cyE="
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A quick hash: tests sign people in by the hundred.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
HAVEN_CLAMAV = ""
