"""Addresses of the closing pages."""

urlpatterns: list = []
