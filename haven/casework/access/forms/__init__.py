"""What is asked to sign in, to unlock, to take up an invitation."""
