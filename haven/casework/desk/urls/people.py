"""Addresses of the person page."""

from django.urls import path

from haven.casework.access.roles import READS_ONE
from haven.casework.access.routes import page
from haven.casework.desk.views import people

urlpatterns = [
    path(
        "people/<uuid:pk>/",
        page(people.person, roles=READS_ONE, rule="people_visible_to", personal=True),
        name="person",
    ),
]
