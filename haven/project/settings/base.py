"""What every setting shares. Nothing here is secret and nothing here is local: those come from the environment."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from haven.project.home import CHECKOUT, haven_home
from haven.project.logs import LOGGING as LOGGING
from haven.project.settings.databases import app_role, databases, erasure_url
from haven.project.settings.environment import flag, text
from haven.project.settings.parts import INSTALLED_APPS as INSTALLED_APPS

HAVEN_HOME = haven_home()
# The keys of protected values: outside the database and its backups, and the same folder for every host (TR-37).
HAVEN_KEYS = Path(text("HAVEN_KEYS") or HAVEN_HOME / "keys")
# Where the desk's continuity packs are put, encrypted: a share that other machines keep a copy of (TR-36).
HAVEN_CONTINUITY = text("HAVEN_CONTINUITY") or None
DEBUG = False
DEMONSTRATION = False

ROOT_URLCONF = "haven.project.urls"
WSGI_APPLICATION = "haven.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "haven.project.metrics.timing.Timed",
    "haven.project.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "haven.casework.access.middleware.RequestTransaction",
    "haven.project.accounts.kept.KeptTyping",
]

# Database: the request's transaction is opened by RequestTransaction, which renders inside it.
DATABASES = databases(pool=flag("HAVEN_DATABASE_POOL"))
DATABASE_APP_ROLE = app_role()
DATABASE_ERASURE_URL = erasure_url()

# Pages
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "haven.casework.desk.navigation.around",
                "haven.project.accounts.context.lock",
            ],
        },
    },
]
FORM_RENDERER = "haven.design.forms.GovRenderer"
STATIC_URL = "/static/"
STATICFILES_DIRS = [folder for folder in (CHECKOUT / "haven" / "design" / "static_built",) if folder.exists()]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Static files are for our own pages: nobody else's page may read them.
WHITENOISE_ALLOW_ALL_ORIGINS = False
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Language and time: days are civil days in London, moments are kept in UTC.
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# People signing in: an account is made by an administrator, its name is an e-mail address, a second factor is needed.
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("name", "email")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "haven.casework.access.passwords.HardToGuess"},
]  # fmt: skip
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=1).total_seconds())
ACCOUNT_ADAPTER = "haven.project.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD: str | None = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(timedelta(minutes=5).total_seconds())
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_FORMS = {"reset_password": "haven.casework.access.forms.signing_in.ResetPassword"}
# Wrong passwords and codes are counted by casework/access/throttling.py, by account and device. An address is shared by
# a whole council, so a limit by address is only there to stop a machine.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": None,
    "reset_password": "600/m/ip,5/m/key",
    "reset_password_from_key": "600/m/ip",
}
MFA_ADAPTER = "haven.project.accounts.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Haven"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "haven.casework.access.forms.signing_in.Authenticate",
    "reauthenticate": "haven.casework.access.forms.signing_in.Reauthenticate",
    "add_webauthn": "haven.casework.access.forms.signing_in.AddPasskey",
}
SOCIALACCOUNT_ADAPTER = "haven.project.accounts.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "oidc"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# What encrypts the secrets of second factors and of identity providers; without it, a key made from SECRET_KEY.
SECRETS_KEY = text("SECRETS_KEY")

# What every process must see: which codes were used, which tokens were spent. Outside the request's transaction.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DATABASE_ROUTERS = ["haven.project.routers.CacheApart"]

# Sessions and cookies. A session is locked by casework/access/standing.py long before its row goes: it is kept for a
# week so that what was typed into a page left open can be given back to whoever typed it.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "haven_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(days=7).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# What watches over the service: a bearer token for /metrics. Without one only this machine itself may ask.
METRICS_TOKEN = text("METRICS_TOKEN")

# What leaves
PUBLIC_ADDRESS = text("PUBLIC_ADDRESS", f"http://localhost:{text('PORT') or 8000}").rstrip("/")
DEFAULT_FROM_EMAIL = text("FROM_EMAIL", "haven@localhost")
EMAIL_SUBJECT_PREFIX = ""

# Jobs: a pathway's jobs are in its jobs.py.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
