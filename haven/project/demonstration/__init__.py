"""The demonstration: one authority, somebody for each role, a published year, and the last weeks of its desk."""
