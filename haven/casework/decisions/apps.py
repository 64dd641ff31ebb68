from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "haven.casework.decisions"
    label = "decisions"
