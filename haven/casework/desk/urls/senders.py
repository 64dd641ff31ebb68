"""Addresses of who sends to us by their own system."""

from django.urls import path

from haven.casework.access.roles import DECIDES
from haven.casework.access.routes import page
from haven.casework.desk.views import senders as views
from haven.casework.partners.permissions import ADMINISTERS, WATCHES

RULE = "partners of their authorities"

urlpatterns = [
    path("senders/", page(views.senders, roles=WATCHES, rule=RULE), name="senders"),
    path("senders/<uuid:pk>/", page(views.sender, roles=WATCHES, rule=RULE), name="sender"),
    path(
        "senders/missing/<uuid:pk>",
        page(views.explain_gap, roles=(*DECIDES, ADMINISTERS), rule=RULE),
        name="explain-gap",
    ),
]
