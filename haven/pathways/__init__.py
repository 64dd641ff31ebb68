"""The pathways: one folder, one statutory process. None imports another."""
