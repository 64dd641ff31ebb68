"""Refusals that any operation of this pathway may make of an answer."""

from datetime import datetime
from uuid import UUID

from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import Refusal
from haven.pathways.adults.codes import Codes, is_known


class NotInTheList(Refusal):
    """The answer is not one of those offered."""


class AnswerNeeded(Refusal):
    """Something has to be said before this can be saved."""


class NotYetHappened(Refusal):
    """A moment was given that has not come yet."""


class WrongTime(Refusal):
    """The case has moved on, or has not come that far."""


class NamedPersonNeeded(Refusal):
    """Only a named person, signed in, does this."""


def named(by: Actor) -> UUID:
    """The account of the person who acts; a job or the public has none and is refused (TR-19)."""
    if not by.is_user or by.id is None:
        raise NamedPersonNeeded("Only a named person, signed in, can do this.")
    return by.id


def known(codes: Codes, code: str, question: str) -> str:
    """The code, where it is in the list."""
    if not is_known(codes, code):
        raise NotInTheList(f"Choose one of the answers offered to “{question}”.")
    return code


def known_or_unset(codes: Codes, code: str, question: str) -> str:
    """The code, where it is in the list or left open."""
    return known(codes, code, question) if code else ""


def needed(text: str, message: str) -> str:
    """The text without its outer spaces; nothing at all is refused with the message."""
    if not text.strip():
        raise AnswerNeeded(message)
    return text.strip()


def happened(moment: datetime, at: datetime) -> datetime:
    """The moment, where it is not in the future."""
    if moment > at:
        raise NotYetHappened("Give the day and time when it happened. It cannot be later than now.")
    return moment
