"""A demonstration on one machine: synthetic people, a private database, letters and e-mail kept as files."""

from haven.project.settings.base import *
from haven.project.settings.base import HAVEN_HOME
from haven.project.settings.demonstration_key import demonstration_audit_key, demonstration_key
from haven.project.settings.environment import listed, text

DEMONSTRATION = True
SECRET_KEY = text("SECRET_KEY") or demonstration_key(HAVEN_HOME)
AUDIT_KEY = text("HAVEN_AUDIT_KEY") or demonstration_audit_key(HAVEN_HOME)
ALLOWED_HOSTS = listed("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HAVEN_HOME / "outbox"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# Static files are served from where they stand, so that there is no step between building and seeing them.
WHITENOISE_USE_FINDERS = True
