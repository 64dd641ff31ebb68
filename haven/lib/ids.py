"""Ids of rows: UUID version 7 (RFC 9562 §5.7), made in Python because PostgreSQL 15 has none."""

import secrets
import time
from uuid import UUID

_NANOSECONDS_PER_MILLISECOND = 1_000_000


def uuid7() -> UUID:
    """A new id that sorts by the time it was made: 48 bits of milliseconds, 12 of their fraction, 62 random bits.

    The fraction (RFC 9562 §6.2, method 3) keeps rows made within one millisecond in order, to about 0.25 µs.
    """
    milliseconds, rest = divmod(time.time_ns(), _NANOSECONDS_PER_MILLISECOND)
    fraction = rest * 4096 // _NANOSECONDS_PER_MILLISECOND
    high = (milliseconds & (1 << 48) - 1) << 16 | 0x7 << 12 | fraction
    low = 0b10 << 62 | secrets.randbits(62)
    return UUID(int=high << 64 | low)
