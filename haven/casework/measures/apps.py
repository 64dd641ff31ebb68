from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "haven.casework.measures"
    label = "measures"
