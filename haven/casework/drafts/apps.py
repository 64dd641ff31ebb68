from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "haven.casework.drafts"
    label = "drafts"
