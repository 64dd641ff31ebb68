"""What other parts tell the watch. Each list holds functions; an empty list means that nobody knows yet.

Nothing here keeps an address, a number or a rota: the watch asks, at the moment of the look.
"""

from collections.abc import Callable, Iterable, Mapping, Set
from datetime import datetime
from uuid import UUID

from haven.casework.access.operations.unused import ON_ROTA
from haven.lib.calendar import day_of

OWN_DETAILS: list[Callable[[Mapping[UUID, Set[UUID]]], Iterable[tuple[UUID, UUID, str]]]] = []
"""Given people by reader (account → persons), says what a reader shares with one of them: (account, person, what).
What is `address`, `phone`, `postcode` or `street`. Readers' own details are kept as keyed digests only (PR-26)."""

ON_DUTY: list[Callable[[Iterable[UUID], datetime], Iterable[UUID]]] = []
"""Given accounts and a moment, says which of them a rota or a duty puts at work then."""


def shared_details(people: Mapping[UUID, Set[UUID]]) -> set[tuple[UUID, UUID, str]]:
    """What readers share with the people they looked at, asked of everybody who knows."""
    return {found for ask in OWN_DETAILS for found in ask(people)}


def on_duty(readers: Iterable[UUID], at: datetime) -> set[UUID]:
    """Which of these accounts are at work at the moment, by a rota."""
    asked, day = list(readers), day_of(at)
    on_rota = {reader for reader in asked if any(on(reader, day, day) for on in ON_ROTA)}
    return on_rota | {found for ask in ON_DUTY for found in ask(asked, at)}
