"""Haven: adult safeguarding for English local authorities."""
