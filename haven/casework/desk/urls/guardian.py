"""Addresses of the guardian's queue."""

from django.urls import path

from haven.casework.access.roles import CASE_READERS, GUARDIANS
from haven.casework.access.routes import page
from haven.casework.desk.views import guardian as views

FOR = (*GUARDIANS, *CASE_READERS)
"""Guardians; the head of service for alerts about a guardian; a case's keeper for those meant for them too."""

urlpatterns = [
    path("guardian", page(views.guardian, roles=FOR, rule="alerts visible_to", personal=True), name="guardian"),
    path(
        "guardian/<uuid:pk>/",
        page(views.decide_alert, roles=FOR, rule="alerts visible_to; watch.decide_alert", personal=True),
        name="decide-alert",
    ),
]
