"""Addresses of the duty pages."""

urlpatterns: list = []
