"""What the pages of adult safeguarding ask."""
