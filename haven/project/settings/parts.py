"""The parts Haven is made of, in the order that Django loads them."""

DJANGO = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
]

OTHERS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "django_htmx",
    "csp",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]

CASEWORK = [
    "haven.casework.events",
    "haven.casework.operations",
    "haven.casework.access",
    "haven.casework.organisations",
    "haven.casework.people",
    "haven.casework.cases",
    "haven.casework.tasks",
    "haven.casework.clocks",
    "haven.casework.decisions",
    "haven.casework.documents",
    "haven.casework.drafts",
    "haven.casework.measures",
    "haven.casework.letters",
    "haven.casework.deliveries",
    "haven.casework.contacts",
    "haven.casework.stages",
    "haven.casework.disclosure",
    "haven.casework.watch",
    "haven.casework.upkeep",
    "haven.casework.desk",
]

PATHWAYS = ["haven.pathways.adults"]


# haven.design comes before allauth, whose pages take our look by templates of the same name.
INSTALLED_APPS = [
    *DJANGO,
    "haven.design",
    *OTHERS,
    *CASEWORK,
    *PATHWAYS,
    "haven.project",
]
