"""Addresses of the enquiry pages."""

urlpatterns: list = []
