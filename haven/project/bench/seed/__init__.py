"""Synthetic records in bulk: the only writer of Haven that goes round the operations, and writes what they would have."""
