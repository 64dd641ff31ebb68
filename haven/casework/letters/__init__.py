"""Letters: versioned templates beside their pathway, filled in, kept as they were written, never changed."""
