"""The measures that exist, what each answers for an authority and a period, and the cases behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from haven.casework.access.models import Authority
from haven.casework.cases.models import Case
from haven.casework.measures.answers import Answer
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import Refusal
from haven.lib.period import Period

KINDS = ("count", "share", "table")

Counts = Callable[[Authority, Period], Answer]
Behind = Callable[[Authority, Period, str | None], Any]


class NoSuchMeasure(Refusal):
    """There is no figure of that name."""


@dataclass(frozen=True)
class Measure:
    """One figure: what it is called, what it counts in words, whence, and how it is misread (PR-35).

    `cases` gives the cases behind it, or behind one row of it, as a query of cases or of their ids.
    """

    id: str
    title: Any
    kind: str
    definition: str
    source: str
    caution: Any
    counts: Counts
    cases: Behind | None = None

    def compute(self, authority: Authority, period: Period) -> dict[str, Any]:
        """The figure, in the shape every reader of figures gets; refuses an answer of another kind."""
        answer = self.counts(authority, period)
        if answer.kind != self.kind:
            raise TypeError(f"measure {self.id} is a {self.kind} and answered with a {answer.kind}")
        said = {"id": self.id, "kind": self.kind, "title": str(self.title), "definition": self.definition}
        return {**said, "source": self.source, "caution": str(self.caution), **answer.figures()}


MEASURES: dict[str, Measure] = {}
"""In the order in which they are shown: that of declaring them."""


def measure(
    id: str,
    title: Any,
    kind: str,
    source: str,
    caution: Any,
    definition: str = "",
    cases: Behind | None = None,
) -> Callable[[Counts], Counts]:
    """Declare a measure; its definition is the function's docstring unless given.

    Refused: a second of the same id, another kind, no definition, no source, no caution.
    """

    def register(counts: Counts) -> Counts:
        said = definition or " ".join((counts.__doc__ or "").split())
        if id in MEASURES or kind not in KINDS or not (said and source and caution):
            raise ValueError(f"measure {id}: one of each id, of a known kind, with definition, source and caution")
        MEASURES[id] = Measure(id, title, kind, said, source, caution, counts, cases)
        return counts

    return register


def compute_all(authority: Authority, period: Period) -> list[dict[str, Any]]:
    """Every figure of the authority for the period. Counts every case, sealed ones too: a figure names nobody."""
    return [one.compute(authority, period) for one in MEASURES.values()]


def cases_behind(
    measure_id: str, authority: Authority, period: Period, row: str | None = None, *, actor: Actor
) -> QuerySet[Case]:
    """The cases behind a figure, or behind one row of it, that this reader may open; newest first.

    They may be fewer than the figure (cut-off, corrections, access), so no total is to be shown beside them.
    """
    found = MEASURES.get(measure_id)
    if found is None or found.cases is None:
        raise NoSuchMeasure("There is no list of cases behind this figure.")
    behind = found.cases(authority, period, row)
    if issubclass(behind.model, Case):
        behind = behind.order_by().values("pk")
    return Case.objects.visible_to(actor).filter(authority=authority, pk__in=behind).order_by("-opened_at")
