"""A year of concerns made from a scenario: case-level records, by the same operations that people use."""
