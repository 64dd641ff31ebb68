"""Partners whose own systems tell us of concerns: their keys, what they sent, what they are told, what is missing."""
