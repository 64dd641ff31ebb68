"""What is given to people outside: one rendition each, redacted copies, and packs of what is held."""
