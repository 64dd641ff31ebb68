from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "haven.casework.desk"
    label = "desk"

    def ready(self) -> None:
        """Look at every answer before it leaves (TR-07)."""
        looks = import_module("haven.casework.access.reading").LAST_LOOKS
        looks.append(import_module("haven.casework.desk.masking").last_look)
