"""How data changes: one verb, one function, one transaction, at least one event."""
