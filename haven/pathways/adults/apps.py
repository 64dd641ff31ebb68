from importlib import import_module

from django.apps import AppConfig


class AdultsConfig(AppConfig):
    name = "haven.pathways.adults"
    label = "adults"
    verbose_name = "Adult safeguarding"

    def ready(self) -> None:
        """Make the pathway known to the engine, with its permissions, letters and first clock."""
        import_module("haven.pathways.adults.pathway")
