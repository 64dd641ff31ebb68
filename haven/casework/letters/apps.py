from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "haven.casework.letters"
    label = "letters"
