from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "haven.casework.documents"
    label = "documents"
