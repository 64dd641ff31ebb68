"""Addresses of the figures pages."""

urlpatterns: list = []
