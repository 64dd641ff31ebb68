"""Addresses of everything that waits, and of the counts that must come out."""

from django.urls import path

from haven.casework.access.roles import CASE_READERS, GUARDIANS
from haven.casework.access.routes import page
from haven.casework.desk.views import waiting as views

ASKS = (*CASE_READERS, *GUARDIANS, "authority_administrator", "auditor")
"""Whoever works where something can wait, and whoever answers for it; each sees what they may."""

urlpatterns = [
    path("waiting", page(views.waiting, roles=ASKS, rule="visible_to"), name="waiting"),
    path("waiting/counts", page(views.counts, roles=views.COUNTS, rule="own authorities"), name="waiting-counts"),
    path(
        "waiting/<str:state>/",
        page(views.waiting_for, roles=ASKS, rule="visible_to", personal=True),
        name="waiting-for",
    ),
]
