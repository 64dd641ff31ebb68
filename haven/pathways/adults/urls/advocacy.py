"""Addresses of an advocate's own pages."""

from django.urls import path

from haven.casework.access.routes import page
from haven.pathways.adults.views import advocacy as views

OWN = "open cases tied to as advocate"

urlpatterns = [
    path("advocacy", page(views.advocacy, roles="advocate", rule=OWN, personal=True), name="advocacy"),
    path("advocacy/<str:reference>/", page(views.advocate_case, roles="advocate", rule=OWN, personal=True),
         name="advocate-case"),
]  # fmt: skip
