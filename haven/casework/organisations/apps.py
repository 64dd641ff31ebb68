from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "haven.casework.organisations"
    label = "organisations"
