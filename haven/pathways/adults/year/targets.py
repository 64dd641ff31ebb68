"""From what a scenario says to whole numbers: how many of everything, exactly, with the national profile for the rest.

A number the scenario gives is met or refused. A number it does not give comes from the profile and makes room: it grows
or shrinks until the given ones fit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from haven.lib.period import Period
from haven.pathways.adults.year.amounts import Amount, ScenarioError, divide, part_of
from haven.pathways.adults.year.scenario import LISTS, Profile, Scenario, national_profile

NOBODY = Amount(count=0)


@dataclass(frozen=True)
class Targets:
    """How many of everything the year must hold. Lists map a code to a count and add up to their base."""

    concerns: int
    threshold_met: int
    section_42: int
    adults_at_risk: int
    aged_65_plus: int
    women: int
    completed: int
    risk_identified: int
    risk_removed_or_reduced: int
    sources: Mapping[str, int]
    locations: Mapping[str, int]
    types: Mapping[str, int]
    asked: Mapping[str, int]
    achieved: Mapping[str, int]
    allocated: int
    allocated_days: int
    s42_allocated: int
    s42_hours: int
    raised_with_police: int
    police_completed: int
    police_within: int
    other_within: int
    within_days: int

    @property
    def completed_within(self) -> int:
        """Completed in time, raised with the police or not."""
        return self.police_within + self.other_within

    @property
    def other(self) -> int:
        """Enquiries not under section 42."""
        return self.threshold_met - self.section_42


def targets_of(scenario: Scenario) -> Targets:
    """Every whole number of the scenario; an impossible mix is refused, naming the key."""
    return _Working(scenario.said, national_profile(), scenario.period).targets()


class _Working:
    """The scenario's own numbers, with the profile's behind them."""

    def __init__(self, said: Profile, national: Profile, period: Period) -> None:
        self.said, self.national, self.period = said, national, period

    def targets(self) -> Targets:
        concerns = self.concerns()
        met = self.within("threshold_met", concerns, "concerns", at_least=self.least_met())
        section_42 = self.within("section_42", met, "enquiries (threshold_met)", at_least=0)
        adults = self.adults(met)
        completed = self.within("completed", met, "enquiries (threshold_met)", at_least=self.least_completed())
        identified = self.within(
            "risk_identified", completed, "completed enquiries", at_least=self.count("risk_removed_or_reduced")
        )
        asked = self.list_of(
            "outcomes_asked", completed, "completed enquiries", grow=("expressed", self.least_expressed())
        )
        days, allocated = self.timed("allocated_within", "days", "share", concerns, "concerns")
        hours, s42_allocated = self.timed("s42_allocated_within", "hours", "share", section_42, "section 42 enquiries")
        police = self.police(met, completed)
        return Targets(
            concerns=concerns,
            threshold_met=met,
            section_42=section_42,
            adults_at_risk=adults,
            aged_65_plus=self.share_of_adults("age_65_plus", adults),
            women=self.share_of_adults("women", adults),
            completed=completed,
            risk_identified=identified,
            risk_removed_or_reduced=self.within("risk_removed_or_reduced", identified, "risks identified", at_least=0),
            sources=self.list_of("source_of_referral", concerns, "concerns"),
            locations=self.list_of("location_of_harm", met, "enquiries (threshold_met)"),
            types=self.list_of("type_of_harm", met, "enquiries (threshold_met)"),
            asked=asked,
            achieved=self.list_of("outcomes_achieved", asked["expressed"], "enquiries with outcomes expressed"),
            allocated=allocated,
            allocated_days=days,
            s42_allocated=s42_allocated,
            s42_hours=hours,
            **police,
        )

    def concerns(self) -> int:
        """As said; otherwise the national number for a period this long, and never fewer than something said needs."""
        given = self.said.amounts.get("concerns")
        if given is not None and given.count is not None:
            return given.count
        usual = Fraction(self.national.amounts["concerns"].count or 0) * self.period.days() / 365
        listed = sum(amount.count or 0 for amount in self.said.lists.get("source_of_referral", {}).values())
        needed = max(
            self.least_met(), self.count("threshold_met"), listed, self.group_count("allocated_within", "share")
        )
        return max(int(usual), needed, 1)

    def count(self, key: str) -> int:
        """What the scenario asks of a key as a bare count; 0 where it says a share or nothing."""
        return self.said.amounts.get(key, NOBODY).count or 0

    def list_count(self, key: str) -> int:
        """What the bare counts of a list come to."""
        return sum(amount.count or 0 for amount in self.said.lists.get(key, {}).values())

    def group_count(self, key: str, part: str) -> int:
        """What a part of a group asks as a bare count."""
        return self.said.groups.get(key, {}).get(part, NOBODY).count or 0

    def least_expressed(self) -> int:
        return self.list_count("outcomes_achieved")

    def least_completed(self) -> int:
        within = self.group_count("completed_within", "police") + self.group_count("completed_within", "other")
        identified = max(self.count("risk_identified"), self.count("risk_removed_or_reduced"))
        return max(identified, self.list_count("outcomes_asked"), self.least_expressed(), within)

    def least_met(self) -> int:
        counts = [self.count(key) for key in ("section_42", "adults_at_risk", "completed", "raised_with_police")]
        lists = [self.list_count(key) for key in ("location_of_harm", "type_of_harm")]
        adults = [self.group_count("adults", part) for part in ("age_65_plus", "women")]
        return max(*counts, *lists, *adults, self.least_completed(), self.group_count("s42_allocated_within", "share"))

    def within(self, key: str, base: int, base_name: str, *, at_least: int) -> int:
        """The amount said, or the profile's, taken up to what given numbers need and never over the base."""
        if key in self.said.amounts:
            return part_of(key, self.said.amounts[key], base, base_name)
        usual = self.national.amounts[key].of(base)
        least = max(at_least, self.group_count("s42_allocated_within", "share") if key == "section_42" else 0)
        return min(max(usual, least), base)

    def adults(self, met: int) -> int:
        """Distinct adults in enquiries: at least one where there is an enquiry."""
        least = max(self.group_count("adults", part) for part in ("age_65_plus", "women"))
        adults = self.within("adults_at_risk", met, "enquiries (threshold_met)", at_least=max(least, min(met, 1)))
        if met and not adults:
            raise ScenarioError("adults_at_risk", f"{met:,} enquiries are about at least one adult.")
        return adults

    def share_of_adults(self, part: str, adults: int) -> int:
        said = self.said.groups.get("adults", {})
        amount = said.get(part) or self.national.groups["adults"][part]
        return part_of(f"adults.{part}", amount, adults, "adults_at_risk")

    def list_of(self, key: str, base: int, base_name: str, grow: tuple[str, int] = ("", 0)) -> dict[str, int]:
        """A list divided over its base. `grow`: a code of the profile's list that given numbers need more of."""
        every = {"not_known": 0} | dict.fromkeys(LISTS[key], 0)
        if key in self.said.lists:
            return every | divide(key, self.said.lists[key], base, base_name, "not_known")
        usual = every | divide(key, self.national.lists[key], base, base_name, "not_known")
        code, least = grow
        while code and usual[code] < min(least, base):
            fullest = max((other for other in usual if other != code), key=lambda other: usual[other])
            usual[code], usual[fullest] = usual[code] + 1, usual[fullest] - 1
        return usual

    def timed(self, key: str, unit: str, part: str, base: int, base_name: str) -> tuple[int, int]:
        """A number of days or hours, and how many of the base were within it."""
        said, usual = self.said.groups.get(key, {}), self.national.groups[key]
        number = said.get(unit, usual[unit])
        too_short = unit == "days" and self.period.days() <= number + 2
        amount = said.get(part) or (Amount(share=Fraction(100)) if too_short else usual[part])
        return number, part_of(f"{key}.{part}", amount, base, base_name)

    def police(self, met: int, completed: int) -> dict[str, int]:
        """How many enquiries were raised with the police, how many of these completed, and how many of both in time."""
        least = self.group_count("completed_within", "police")
        raised = self.within("raised_with_police", met, "enquiries (threshold_met)", at_least=least)
        said, usual = self.said.groups.get("completed_within", {}), self.national.groups["completed_within"]
        fewest, most = max(0, raised - (met - completed)), min(raised, completed)
        police_completed = int(Fraction(raised * completed, met) + Fraction(1, 2)) if met else 0
        police_completed = max(police_completed, self.group_count("completed_within", "police"))
        police_completed = min(police_completed, completed - self.group_count("completed_within", "other"))
        police_completed = max(fewest, min(police_completed, most))
        days = said.get("days", usual["days"])
        amounts = {part: said.get(part) or self._usual_within(part, days) for part in ("police", "other")}
        return {
            "raised_with_police": raised,
            "police_completed": police_completed,
            "police_within": part_of(
                "completed_within.police", amounts["police"], police_completed, "completed and raised with the police"
            ),
            "other_within": part_of(
                "completed_within.other", amounts["other"], completed - police_completed, "completed and not raised"
            ),
            "within_days": days,
        }

    def _usual_within(self, part: str, days: int) -> Amount:
        """The profile's share completed in time, or all of them where the period is too short for a late one."""
        waits = [self.said.groups.get(key, {}) for key in ("allocated_within", "s42_allocated_within")]
        before = waits[0].get("days", 5) + waits[1].get("hours", 24) // 24
        if self.period.days() <= days + before + 7:
            return Amount(share=Fraction(100))
        return self.national.groups["completed_within"][part]
