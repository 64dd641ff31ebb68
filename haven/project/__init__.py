"""Settings, commands and processes. Knows everything; nobody imports it."""
