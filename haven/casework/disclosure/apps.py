from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "haven.casework.disclosure"
    label = "disclosure"
