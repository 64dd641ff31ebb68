"""Addresses of what waits to leave."""

from django.urls import path

from haven.casework.access.routes import page
from haven.casework.deliveries.permissions import OUTBOX
from haven.casework.desk.views import outbox as views

RULE = "deliveries of their authorities that are not kept from them"

urlpatterns = [
    path("outbox/", page(views.outbox, roles=OUTBOX, rule=RULE), name="outbox"),
    path("outbox/<uuid:pk>", page(views.outbox_item, roles=OUTBOX, rule=RULE), name="outbox-item"),
]
