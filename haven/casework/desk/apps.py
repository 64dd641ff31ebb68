from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "haven.casework.desk"
    label = "desk"
