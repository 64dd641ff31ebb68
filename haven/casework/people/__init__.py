"""People: one record per person across every process, each fact with its source and its author."""
