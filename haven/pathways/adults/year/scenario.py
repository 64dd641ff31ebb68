"""Reading a scenario: which keys there are, what each may hold, and clear words where a file is wrong."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from haven.lib.period import Period
from haven.pathways.adults import codes
from haven.pathways.adults.year.amounts import Amount, ScenarioError

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
REQUIRED = ("name", "authority", "from", "to")
MOST_CONCERNS = 100_000

AMOUNTS = (
    "concerns",
    "threshold_met",
    "section_42",
    "adults_at_risk",
    "completed",
    "risk_identified",
    "risk_removed_or_reduced",
    "raised_with_police",
)
"""Keys that hold one count or share."""

ACHIEVED = tuple(codes.values(codes.ACHIEVED))
LISTS = {
    "source_of_referral": tuple(entry.code for entry in codes.tops(codes.SOURCES)),
    "location_of_harm": tuple(entry.code for entry in codes.tops(codes.LOCATIONS)),
    "type_of_harm": tuple(entry.code for entry in codes.tops(codes.HARM_TYPES)),
    "outcomes_asked": tuple(codes.values(codes.ASKED)),
    "outcomes_achieved": ACHIEVED,
}
"""Keys that hold an amount for each of their codes; what a list leaves over is not known."""

GROUPS = {
    "adults": {"age_65_plus": "amount", "women": "amount"},
    "allocated_within": {"days": "number", "share": "amount"},
    "s42_allocated_within": {"hours": "number", "share": "amount"},
    "completed_within": {"days": "number", "police": "amount", "other": "amount"},
}
"""Keys that hold named parts: an amount, or a number of days or hours."""

CONTENT = (*AMOUNTS, *LISTS, *GROUPS)


@dataclass(frozen=True)
class Profile:
    """What a scenario, or the national profile, says of a year: amounts and lists by key. Absent keys are absent."""

    amounts: Mapping[str, Amount] = field(default_factory=dict)
    lists: Mapping[str, Mapping[str, Amount]] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """One year (or other period) of one authority's adult safeguarding, as published or imagined.

    `digest` stands for everything the file says: records made from it are keyed by digest and number.
    """

    name: str
    code: str
    authority_name: str
    period: Period
    said: Profile
    digest: str
    pathway: str = "adults"


def read_scenario(path: Path | str) -> Scenario:
    """The scenario in a file; refuses one that cannot be read, naming the key at fault."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise ScenarioError("scenario", f"cannot read {path}: {fault}") from fault
    return parse(load(text))


def load(text: str) -> dict[str, Any]:
    """The keys and values of a file; refuses one that is not a list of keys, or says a key twice."""
    try:
        raw = yaml.load(text, Loader=_NoKeyTwice)  # noqa: S506 - derives from SafeLoader
    except yaml.YAMLError as fault:
        raise ScenarioError("scenario", f"this is not YAML: {fault}") from fault
    if not isinstance(raw, dict):
        raise ScenarioError("scenario", "write keys and values, such as `concerns: 545`.")
    return raw


class _NoKeyTwice(yaml.SafeLoader):
    """A loader that refuses a key written twice, where the usual one keeps the last."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
    seen: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, (list, dict)) or key in seen:
            raise ScenarioError(str(key), "is written twice.")
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_NoKeyTwice.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def parse(raw: Mapping[str, Any]) -> Scenario:
    """A scenario from its keys and values."""
    _know_keys(raw, (*REQUIRED, "pathway", *CONTENT))
    for key in REQUIRED:
        if raw.get(key) in (None, ""):
            raise ScenarioError(key, "is required.")
    if raw.get("pathway", "adults") != "adults":
        raise ScenarioError("pathway", f"{raw['pathway']!r} has no year generator; it may be: adults.")
    authority = _authority(raw["authority"])
    period = _period(_day("from", raw["from"]), _day("to", raw["to"]))
    return Scenario(str(raw["name"]), *authority, period, profile(raw), _digest(raw))


def profile(raw: Mapping[str, Any]) -> Profile:
    """The amounts, lists and groups among keys and values."""
    return Profile(
        {key: _amount(key, raw[key]) for key in AMOUNTS if key in raw},
        {key: _list(key, raw[key], allowed) for key, allowed in LISTS.items() if key in raw},
        {key: _group(key, raw[key], kinds) for key, kinds in GROUPS.items() if key in raw},
    )


def national_profile() -> Profile:
    """What is taken where a scenario says nothing: national figures where there are any, each with its source."""
    return profile(load((SCENARIOS / "national-profile.yaml").read_text(encoding="utf-8")))


def _know_keys(raw: Mapping[str, Any], allowed: tuple[str, ...], within: str = "") -> None:
    for key in raw:
        if key not in allowed:
            named = f"{within}.{key}" if within else str(key)
            raise ScenarioError(named, f"is not a key we know. It may be: {', '.join(allowed)}.")


def _authority(raw: Any) -> tuple[str, str]:
    if not isinstance(raw, dict):
        raise ScenarioError("authority", "write `authority: {code: …, name: …}`.")
    _know_keys(raw, ("code", "name"), "authority")
    for key in ("code", "name"):
        if raw.get(key) in (None, ""):
            raise ScenarioError(f"authority.{key}", "is required.")
    code = str(raw["code"])
    if len(code) > 40 or not code.replace("-", "").replace("_", "").isalnum() or not code.isascii():
        raise ScenarioError("authority.code", "use up to 40 letters, digits and hyphens.")
    return code, str(raw["name"])


def _day(key: str, raw: Any) -> date:
    try:
        return raw if type(raw) is date else date.fromisoformat(str(raw))
    except ValueError as fault:
        raise ScenarioError(key, f"write a day as 2018-04-01; it says {raw!r}.") from fault


def _period(from_on: date, to_on: date) -> Period:
    if to_on < from_on:
        raise ScenarioError("to", f"{to_on} is before {from_on}.")
    return Period(from_on, to_on)


def _amount(key: str, raw: Any) -> Amount:
    amount = Amount.read(key, raw)
    if key == "concerns" and (amount.count is None or not 1 <= amount.count <= MOST_CONCERNS):
        raise ScenarioError(key, f"write how many, from 1 to {MOST_CONCERNS:,}; it says {raw!r}.")
    return amount


def _list(key: str, raw: Any, allowed: tuple[str, ...]) -> dict[str, Amount]:
    if not isinstance(raw, dict):
        raise ScenarioError(key, "write an amount for each code, such as `police: 5%`.")
    _know_keys(raw, allowed, key)
    return {code: Amount.read(f"{key}.{code}", value) for code, value in raw.items()}


def _group(key: str, raw: Any, kinds: Mapping[str, str]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise ScenarioError(key, f"write its parts: {', '.join(kinds)}.")
    _know_keys(raw, tuple(kinds), key)
    return {
        part: _number(f"{key}.{part}", value) if kinds[part] == "number" else Amount.read(f"{key}.{part}", value)
        for part, value in raw.items()
    }


def _number(key: str, raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= 3650:
        raise ScenarioError(key, f"write a whole number of 1 or more; it says {raw!r}.")
    return raw


def _digest(raw: Mapping[str, Any]) -> str:
    """A fingerprint of what the file says, whatever its comments and the order of its keys."""
    return hashlib.sha256(json.dumps(raw, sort_keys=True, default=str).encode()).hexdigest()
