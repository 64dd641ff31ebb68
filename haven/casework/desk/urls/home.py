"""Addresses of the home pages."""

urlpatterns: list = []
