"""Measuring Haven: synthetic records in bulk, and what they take to make, show and count."""
