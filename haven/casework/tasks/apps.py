from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "haven.casework.tasks"
    label = "tasks"
