"""The pages of the public form: before it, its questions, sending it, and coming back to it."""
