"""What the pages of adult safeguarding do: load, build one form, make one call."""
