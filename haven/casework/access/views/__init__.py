"""Pages about one's own account, and the ways in."""
