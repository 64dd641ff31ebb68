"""Synthetic records in bulk: the only writer of Haven that goes round the operations, with what they would write."""
