"""A council's own service. It refuses to start when something that keeps people safe is missing."""

from django.core.exceptions import ImproperlyConfigured

from haven.project.settings.base import *
from haven.project.settings.base import HAVEN_HOME
from haven.project.settings.environment import flag, is_key, listed, required, text

if flag("DEBUG"):
    raise ImproperlyConfigured("DEBUG is on. A page that explains a fault shows people's records: turn it off.")

if flag("DEMONSTRATION"):
    raise ImproperlyConfigured(
        "DEMONSTRATION is on. It signs people in without a password or a second step: turn it off for a real service."
    )

required("DATABASE_URL", "Set it to the application's own role, which owns no table; the private server is for trying.")

SECRET_KEY = required("SECRET_KEY", "Set it to at least 50 random characters and keep it secret.")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is too short. Set it to at least 50 random characters.")

AUDIT_KEY = required("HAVEN_AUDIT_KEY", "It signs the sealed log. Make one with: openssl rand -base64 32")
if not is_key(AUDIT_KEY):
    raise ImproperlyConfigured("HAVEN_AUDIT_KEY must be 32 random bytes in base64: openssl rand -base64 32")

ALLOWED_HOSTS = listed("ALLOWED_HOSTS")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is not set. List the names people type to reach Haven; * is refused.")

# Where the links in mails lead, and how many proxies of ours stand in front and say whose request it is.
PUBLIC_ADDRESS = text("PUBLIC_ADDRESS", f"https://{ALLOWED_HOSTS[0].lstrip('.')}").rstrip("/")
ALLAUTH_TRUSTED_PROXY_COUNT = int(text("TRUSTED_PROXIES", "1"))
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Browsers keep a cookie of such a name only from this host itself, over HTTPS, for all of its pages.
SESSION_COOKIE_NAME = "__Host-haven_session"
CSRF_COOKIE_NAME = "__Host-haven_csrf"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_ROOT = text("STATIC_ROOT") or str(HAVEN_HOME / "static")

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = text("EMAIL_HOST", "localhost")
EMAIL_PORT = int(text("EMAIL_PORT", "25"))
EMAIL_HOST_USER = text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD")
# A letter of feedback is about somebody's safety: it leaves this machine encrypted unless an operator says otherwise.
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=EMAIL_HOST not in ("localhost", "127.0.0.1", "::1"))
EMAIL_TIMEOUT = 20
