"""Addresses of the professional form, which needs no sign-in."""

from django.urls import path

from haven.casework.access.routes import page
from haven.pathways.adults.views import professional as views

urlpatterns = [
    path(
        "<slug:authority>/professional/",
        page(views.professional_form, roles="public", not_received=True),
        name="professional-form",
    ),
    path(
        "<slug:authority>/professional/received/<str:token>/",
        page(views.professional_receipt, roles="public"),
        name="professional-receipt",
    ),
    path(
        "<slug:authority>/professional/received/<str:token>/receipt.pdf",
        page(views.professional_receipt_pdf, roles="public"),
        name="professional-receipt-pdf",
    ),
]
