from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "haven.casework.cases"
    label = "cases"
