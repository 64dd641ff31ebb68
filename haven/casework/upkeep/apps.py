from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "haven.casework.upkeep"
    label = "upkeep"
