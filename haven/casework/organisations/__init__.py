"""Organisations and places: providers, partners, and where harm happens."""
