from importlib import import_module

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "haven.casework.partners"
    label = "partners"

    def ready(self) -> None:
        """Let deliveries know how a message reaches a partner's system."""
        carrying = import_module("haven.casework.partners.carrying")
        import_module("haven.casework.deliveries.channels").CARRIERS["webhook"] = carrying.tell_system
