"""What may be done about partners' systems, by whom."""
