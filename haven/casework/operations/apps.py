from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "haven.casework.operations"
    label = "operations"
