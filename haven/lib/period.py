"""Period: a stretch of calendar days in London."""

from dataclasses import dataclass
from datetime import date, datetime

from haven.lib.calendar import end_of, start_of

DAYS_IN_A_YEAR = 365.25


@dataclass(frozen=True)
class Period:
    """The days from `from_on` to `to_on`, both counted. Refused when it ends before it begins."""

    from_on: date
    to_on: date

    def __post_init__(self) -> None:
        if self.to_on < self.from_on:
            raise ValueError("a period ends on or after the day it begins")

    @classmethod
    def financial_year(cls, year: int) -> "Period":
        """1 April of the year to 31 March of the next: the year of the Safeguarding Adults Collection."""
        return cls(date(year, 4, 1), date(year + 1, 3, 31))

    @classmethod
    def financial_year_of(cls, day: date) -> "Period":
        """The financial year in which the day falls."""
        return cls.financial_year(day.year if day.month >= 4 else day.year - 1)

    @property
    def starts_at(self) -> datetime:
        """The first moment of the period."""
        return start_of(self.from_on)

    @property
    def ends_at(self) -> datetime:
        """The first moment after the period."""
        return end_of(self.to_on)

    def within(self, field: str) -> dict[str, datetime]:
        """What to filter by so that a moment's column falls within the period: `filter(**period.within("at"))`."""
        return {f"{field}__gte": self.starts_at, f"{field}__lt": self.ends_at}

    def days(self) -> int:
        """How many days are counted."""
        return (self.to_on - self.from_on).days + 1

    def years(self) -> float:
        """The length in years, so that a part of a year is compared with a whole one only after alignment (PR-34)."""
        return self.days() / DAYS_IN_A_YEAR
