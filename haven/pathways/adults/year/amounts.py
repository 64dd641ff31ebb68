"""Counts and shares as a scenario writes them, and how a whole number of cases is divided by shares."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

PERCENT = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*%\s*$")
WHOLE = re.compile(r"^\s*\d+\s*$")
MOST_OVER = 1
"""Points by which published shares, each rounded, may add up to more than 100; beyond that the list is a mistake."""


class ScenarioError(ValueError):
    """A scenario that cannot be built: the message begins with the key at fault."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"{key}: {why}")
        self.key = key


@dataclass(frozen=True)
class Amount:
    """A bare number is a count of cases; N% is a share of the key's base. One of the two is set."""

    count: int | None = None
    share: Fraction | None = None
    half_unit: Fraction = Fraction(0)

    @classmethod
    def read(cls, key: str, raw: Any) -> "Amount":
        """From what the file says; refuses anything but a whole number of 0 or more, or a percentage up to 100."""
        text = str(raw)
        if isinstance(raw, float) and raw.is_integer():
            text = str(int(raw))
        if isinstance(raw, (int, float, str)) and not isinstance(raw, bool):
            if WHOLE.match(text):
                return cls(count=int(text))
            found = PERCENT.match(text)
            if found:
                return cls._percent(key, found[1])
        raise ScenarioError(key, f"write a whole number (a count) or a percentage such as 12.5%; it says {raw!r}.")

    @classmethod
    def _percent(cls, key: str, text: str) -> "Amount":
        share = Fraction(text)
        if share > 100:
            raise ScenarioError(key, f"{text}% is more than the whole.")
        decimals = len(text.partition(".")[2])
        return cls(share=share, half_unit=Fraction(1, 2 * 10**decimals))

    def of(self, base: int) -> int:
        """How many of the base: the count itself, or the share of it to the nearest whole case (a half goes up)."""
        if self.count is not None:
            return self.count
        return int(self.quota(base) + Fraction(1, 2))

    def quota(self, base: int) -> Fraction:
        """The share of the base, before rounding."""
        return (self.share or Fraction(0)) * base / 100


def part_of(key: str, amount: Amount, base: int, base_name: str) -> int:
    """The amount of a base; refuses a count larger than its base."""
    found = amount.of(base)
    if found > base:
        raise ScenarioError(key, f"{found:,} is more than the {base:,} {base_name}.")
    return found


def divide(key: str, amounts: Mapping[str, Amount], base: int, base_name: str, rest: str) -> dict[str, int]:
    """Divide a base among codes: counts exactly, shares by largest remainder, what is left over to `rest`.

    Refuses counts or shares that come to more than the base, and a count for `rest` that would have to grow.
    """
    counts = {code: amount.count for code, amount in amounts.items() if amount.count is not None}
    shares = {code: amount for code, amount in amounts.items() if amount.count is None}
    seats = base - sum(counts.values())
    if seats < 0:
        raise ScenarioError(key, f"the counts come to {sum(counts.values()):,}, more than the {base:,} {base_name}.")
    quotas = {code: amount.quota(base) for code, amount in shares.items()}
    left = seats - sum(quotas.values(), Fraction(0))
    if left < 0:
        quotas = _squeezed(key, shares, quotas, seats, base, base_name)
    elif left > 0:
        _add_rest(key, quotas, counts, rest, left, base_name)
    return {code: 0 for code in amounts} | counts | _largest_remainder(quotas, seats)


def _add_rest(
    key: str, quotas: dict[str, Fraction], counts: Mapping[str, int], rest: str, left: Fraction, base_name: str
) -> None:
    if rest in counts and left >= 1:
        raise ScenarioError(
            f"{key}.{rest}", f"the list leaves {int(left):,} {base_name} without a code. Write the rest as a share."
        )
    if rest not in counts:
        quotas[rest] = quotas.get(rest, Fraction(0)) + left


def _squeezed(
    key: str, shares: Mapping[str, Amount], quotas: dict[str, Fraction], seats: int, base: int, base_name: str
) -> dict[str, Fraction]:
    """Shares that come to a little over the whole, as rounded ones do, are all taken down alike."""
    total = sum(quotas.values(), Fraction(0))
    rounding = sum((amount.half_unit for amount in shares.values()), Fraction(0))
    slack = min(rounding, Fraction(MOST_OVER)) * base / 100 if seats == base else Fraction(1)
    if total - seats > slack:
        over = float(100 * total / base) if base else 0
        counted = f" on top of {base - seats:,} counted" if seats < base else ""
        raise ScenarioError(key, f"the shares come to {over:g}% of the {base_name}{counted}: more than the whole.")
    return {code: quota * seats / total for code, quota in quotas.items()}


def _largest_remainder(quotas: Mapping[str, Fraction], seats: int) -> dict[str, int]:
    """Whole numbers that add up to `seats` where the quotas do: floors first, then the largest remainders."""
    floors = {code: int(quota) for code, quota in quotas.items()}
    order = sorted(quotas, key=lambda code: (floors[code] - quotas[code], -quotas[code]))
    for code in order[: max(0, seats - sum(floors.values()))]:
        floors[code] += 1
    return floors
