"""How much a shared family name says: much where it is rare among local people, nothing where it is common (PR-26).

Alone it never alerts and never blocks: at its rarest it weighs half of an alert (`rules.WEIGHTS`). The weight falls
with how common the name is *here*, so that a group whose names are shared by many is not watched more closely.
"""

import math
from collections.abc import Iterable

from django.db.models import Count
from django.db.models.functions import Lower

from haven.casework.people.models import Person
from haven.lib.text import normalise

ENOUGH = 1000
"""Fewer people than this say nothing about how common a name is."""

COMMON = 100.0
"""In 10,000: a name that one in a hundred has, or more, weighs nothing."""


def family_name_of(name: str) -> str:
    """The last word of a name, made comparable: “Priya Nair” → “nair”."""
    words = normalise(name).split()
    return words[-1] if words else ""


def per_10000(names: Iterable[str]) -> dict[str, float]:
    """How many in 10,000 people known here have each of these family names; nothing where too few are known."""
    wanted = {name.casefold() for name in names if name}
    everybody = Person.objects.count() if wanted else 0
    if everybody < ENOUGH:
        return {}
    counted = Person.objects.annotate(low=Lower("family_name")).filter(low__in=wanted).values("low")
    return {row["low"]: row["n"] * 10_000 / everybody for row in counted.annotate(n=Count("pk")).order_by()}


def rarity(in_10000: float) -> float:
    """1 for a name that one in 10,000 has or fewer, 0 for one that a hundred have, falling by the logarithm between."""
    return min(1.0, max(0.0, 1 - math.log10(max(in_10000, 1.0)) / math.log10(COMMON)))
