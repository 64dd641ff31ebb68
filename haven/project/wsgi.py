"""The web application, for gunicorn. The settings are named in the environment by whoever starts it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haven.project.settings.production")

application = get_wsgi_application()
