"""Measures: the figures, each defined in words, with its source and its caution, each opening to its cases."""
