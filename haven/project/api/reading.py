"""Reading a request: what it must say of itself, how large it may be, and JSON that can be read in one way only."""

import json
import re
from typing import Any

from django.http import HttpRequest

from haven.casework.documents.keeping import LARGEST
from haven.casework.operations.refusals import Refusal
from haven.casework.partners.once import LONGEST_KEY

MOST = 256 * 1024
"""Bytes of JSON."""

MOST_WITH_A_FILE = LARGEST + 64 * 1024
"""Bytes of a request that carries a file, with what stands around it."""

KEY = re.compile(rf"[\x21-\x7e]{{1,{LONGEST_KEY}}}")
NUMBER = re.compile(r"[1-9][0-9]{0,17}")


class Unreadable(Refusal):
    """The request is not one that can be read; `status` says of what kind the trouble is."""

    def __init__(self, status: int, words: str, field: str = "") -> None:
        super().__init__(f"We have NOT received this. {words}")
        self.status, self.field = status, field


def must_be(request: HttpRequest, media_type: str, most: int) -> None:
    """Refuse another kind of content, or more of it, before any of it is read."""
    if request.content_type != media_type:
        raise Unreadable(415, f"Send it as {media_type}.")
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise Unreadable(415, "Send it as it is, not compressed.")
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal():
        raise Unreadable(411, "Say how long it is in Content-Length.")
    if int(length) > most:
        raise Unreadable(413, f"Send at most {most // 1024} KB.")


def key_of(request: HttpRequest) -> str:
    """The request's Idempotency-Key; every POST has one, so that sending again is safe."""
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        raise Unreadable(
            400,
            f"Give each request an Idempotency-Key of 1 to {LONGEST_KEY} plain characters, such as a UUID, and the "
            "same one when you send it again.",
            "Idempotency-Key",
        )
    return key


def sequence_of(request: HttpRequest) -> int | None:
    """The sender's own number of this request, where it numbers them."""
    given = request.headers.get("X-Sequence")
    if given is None:
        return None
    if not NUMBER.fullmatch(given):
        raise Unreadable(400, "X-Sequence is a whole number from 1, one more with each concern.", "X-Sequence")
    return int(given)


def object_in(body: bytes) -> dict[str, Any]:
    """The JSON object of a body. Refused: not UTF-8, a name given twice, numbers that JSON does not have."""
    try:
        found = json.loads(body.decode("utf-8"), object_pairs_hook=_once_each, parse_constant=_no_number)
    except (ValueError, RecursionError) as wrong:
        raise Unreadable(400, "It is not JSON that can be read in one way: UTF-8, each name once.") from wrong
    if not isinstance(found, dict):
        raise Unreadable(400, "Send one JSON object.")
    return found


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")
