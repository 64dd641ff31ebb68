"""How every step of a case declares who may open it: case readers, and of them those the operation permits."""

from collections.abc import Callable
from typing import Any

from haven.casework.access.roles import CASE_READERS
from haven.casework.access.routes import page


def step(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page of one case: seen through visible_to, opened only by who may do what it asks."""
    rule = f"cases visible_to; adults.{view.__name__}"
    return page(view, roles=CASE_READERS, rule=rule, personal=True)
