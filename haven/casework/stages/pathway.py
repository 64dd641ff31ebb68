"""Pathway and Stage: the contents page of a statutory process, as data."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from haven.casework.operations.refusals import Refusal


@dataclass(frozen=True)
class Stage:
    """Where a case has got to. `leads_to` are the legal next stages; a move to any other is refused.

    `awaits_duty`: while a case is here, the duty desk sees it (PR-24). `final`: being here is being closed.
    `queue` is the name of the page that shows what waits here (TR-16).
    """

    code: str
    name: str
    leads_to: tuple[str, ...] = ()
    queue: str = ""
    awaits_duty: bool = False
    final: bool = False


@dataclass(frozen=True)
class Panel:
    """A part a pathway adds to the case page: a template and the function that fills it for a reader."""

    title: str
    template: str
    context: Callable[..., dict[str, Any]]
    place: str = "main"


@dataclass(frozen=True)
class Pathway:
    """One statutory process, as the rest of the system knows it."""

    code: str
    name: str
    prefix: str
    stages: tuple[Stage, ...]
    timescales: tuple[Any, ...] = ()
    questions: tuple[Any, ...] = ()
    panels: tuple[Panel, ...] = ()
    at_a_glance: Callable[..., dict[str, Any]] | None = None
    actions: Callable[..., list[Any]] | None = None
    signals: Callable[..., dict[Any, list[str]]] | None = None
    labels: dict[str, dict[str, str]] = field(default_factory=dict)

    def stage(self, code: str) -> Stage:
        """The stage with this code; refuses one the process does not have."""
        for stage in self.stages:
            if stage.code == code:
                return stage
        raise NoSuchStage(f"{self.name} has no stage {code!r}.")


class NoSuchStage(Refusal):
    """The process has no such stage."""


PATHWAYS: dict[str, Pathway] = {}


def register(pathway: Pathway) -> Pathway:
    """Make a pathway known; called once, by its `pathway.py`."""
    PATHWAYS[pathway.code] = pathway
    return pathway


def pathway_of(code: str) -> Pathway:
    """The pathway with this code."""
    return PATHWAYS[code]
