"""Addresses of the search pages."""

urlpatterns: list = []
