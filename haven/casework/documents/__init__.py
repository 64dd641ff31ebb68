"""Documents: files that people give us, kept outside the web's reach, and opened only on the record."""
