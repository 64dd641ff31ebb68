"""Question: something that must be decided, by a named person, with reasons. Pure; pathways declare theirs with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Question:
    """What must be decided: its outcomes (code → words), its source in law and the guidance in force.

    Refused when it has no outcomes or no source.
    """

    code: str
    text: Any
    outcomes: Mapping[str, Any]
    source: str
    guidance: str = ""

    def __post_init__(self) -> None:
        if not self.outcomes or not self.source:
            raise ValueError(f"question {self.code} must list its outcomes and say its source")
