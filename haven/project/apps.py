"""The project as a Django app, so that its commands are found."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "haven.project"
    label = "project"
