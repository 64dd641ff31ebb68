from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class StagesConfig(AppConfig):
    """Once every app is loaded, finds what each offers: its events, its permissions and its pathway."""

    name = "haven.casework.stages"
    label = "stages"

    def ready(self) -> None:
        autodiscover_modules("events", "permissions", "pathway")
