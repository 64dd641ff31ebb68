"""What adult safeguarding adds to the desk: the case page's panels, its first screen, the manager's board."""
