"""The Django application that carries the look."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Templates, template tags and static files; no models."""

    name = "haven.design"
    label = "design"
    verbose_name = "Design"
