"""The project as a Django app: its commands are found, and parts that must not know one another are joined."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ProjectConfig(AppConfig):
    name = "haven.project"
    label = "project"

    def ready(self) -> None:
        autodiscover_modules("joining")
