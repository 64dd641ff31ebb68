"""What waits, how long, and where it shows: every state that can wait, alarms of age, and counts that must come out."""
