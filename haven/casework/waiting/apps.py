from django.apps import AppConfig


class WaitingConfig(AppConfig):
    name = "haven.casework.waiting"
    label = "waiting"
