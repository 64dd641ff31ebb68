"""Addresses of the decision pages."""

urlpatterns: list = []
