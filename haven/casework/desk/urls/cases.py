"""Addresses of the cases pages."""

urlpatterns: list = []
