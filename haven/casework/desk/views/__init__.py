"""What the pages of the desk do: load, build one form, make one call."""
