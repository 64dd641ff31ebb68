from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    name = "haven.casework.deliveries"
    label = "deliveries"
