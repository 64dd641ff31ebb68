from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "haven.casework.contacts"
    label = "contacts"
