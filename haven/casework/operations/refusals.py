"""Refusals: an operation says no out loud, in words a practitioner can be shown and act on."""

from typing import Any


class Refusal(Exception):
    """The thing asked for was not done; nothing was changed. The message says why and what to do."""


class NotAllowed(Refusal):
    """This person may not do this. Shown as "not found", so that it never tells that a record exists (TR-03)."""


class Stale(Refusal):
    """Somebody else changed the record since this form was opened; both texts are kept and shown (TR-32).

    `fields` lists (field name, what you typed, what stands there now).
    """

    def __init__(self, fields: list[tuple[str, Any, Any]], record: Any = None) -> None:
        super().__init__("Somebody changed this while you were writing. Compare the two and save again.")
        self.fields = fields
        self.record = record


class NoEvent(Exception):
    """A programming error: an operation changed data and recorded nothing."""
