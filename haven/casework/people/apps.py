from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "haven.casework.people"
    label = "people"
