"""Addresses of the professional pages."""

urlpatterns: list = []
