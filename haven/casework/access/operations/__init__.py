"""What may be done to accounts: each is one operation, with its event."""
