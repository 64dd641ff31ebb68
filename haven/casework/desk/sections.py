"""Sections: the parts of the figures page, in order, each with the measures that stand in it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Section:
    """A heading of the figures page, what to know before reading on, and which measures follow, in order."""

    title: Any
    measures: tuple[str, ...]
    lead: Any = ""


SECTIONS: list[Section] = []


def show_sections(*sections: Section) -> None:
    """Add a process's sections to the page."""
    SECTIONS.extend(sections)
