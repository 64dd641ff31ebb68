from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "haven.casework.clocks"
    label = "clocks"
