"""Addresses of the reports pages."""

urlpatterns: list = []
