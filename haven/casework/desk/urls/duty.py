"""Addresses of the duty desk."""

from django.urls import path

from haven.casework.access.roles import DUTY
from haven.casework.access.routes import page
from haven.casework.desk.views import duty as views

urlpatterns = [
    path("duty", page(views.duty, roles=DUTY, rule="contacts and cases visible_to", personal=True), name="duty"),
    path(
        "reports/<str:reference>/claim",
        page(views.claim_report, roles=DUTY, rule="contacts visible_to; contacts.claim"),
        name="claim-report",
    ),
]
