"""Wrong codes are counted, so that nobody runs through the codes that begin alike; a mistyped one harms nobody.

Counted by how a code begins, not by who tries: many may share one address or one library's computer, and we keep
neither. The count is in memory, under a fingerprint, and gone after a quarter of an hour.
"""

from datetime import timedelta

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from haven.casework.access.models import Authority
from haven.lib.references import typed_reference

MOST = 12
"""Wrong codes of one beginning. Somebody who reads their own code badly needs a few; guessing it needs millions."""
WITHIN = timedelta(minutes=15)
BEGINNING = 4
"""Characters: the first group of the code."""


def too_many_tries(council: Authority, code: str, what: str = "wrong-code") -> bool:
    """Whether codes that begin like this were tried too often just now. `what` kind of code: each counts by itself."""
    return int(cache.get(_key(council, code, what), 0)) >= MOST


def count_wrong(council: Authority, code: str, what: str = "wrong-code") -> None:
    """Count one wrong code; the quarter of an hour runs from the last."""
    key = _key(council, code, what)
    cache.set(key, int(cache.get(key, 0)) + 1, WITHIN.total_seconds())


def _key(council: Authority, code: str, what: str) -> str:
    beginning = typed_reference(code).replace("-", "")[:BEGINNING]
    return f"{what}/{salted_hmac(council.code, beginning, algorithm='sha256').hexdigest()}"
