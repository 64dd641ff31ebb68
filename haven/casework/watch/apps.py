from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "haven.casework.watch"
    label = "watch"
