"""Contacts: everything that arrives, durable and counted before it is acknowledged."""
