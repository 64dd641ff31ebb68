from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "haven.casework.events"
    label = "events"
