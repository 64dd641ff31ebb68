"""Drafts: what somebody has typed and not sent, kept apart from the request's transaction so that it outlives it."""
