"""What a pathway tells the desk of disclosure about its own records; called in by `pathway.py`, once each."""

from collections.abc import Callable
from typing import Any

REFERRER_LEVEL: dict[str, Callable[..., str]] = {}
"""Pathway → `level(case, contact)`: how much somebody who told us may know now (PR-21)."""

ON_HOLD: dict[str, Callable[..., bool]] = {}
"""Pathway → `is_on_hold(case)`: whether the police asked us to wait (PR-15)."""


def referrer_level(case: Any, contact: Any) -> str:
    """How much somebody who told us may know; a receipt where the pathway does not say."""
    asked = REFERRER_LEVEL.get(case.pathway)
    return asked(case, contact) if asked else "receipt"


def is_on_hold(case: Any) -> bool:
    """Whether a police hold is on."""
    asked = ON_HOLD.get(case.pathway)
    return bool(asked and asked(case))
