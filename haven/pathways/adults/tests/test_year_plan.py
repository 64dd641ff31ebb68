"""The plan of a year: every number asked for comes out, at any size, and every life is in order."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from haven.pathways.adults.tests.scenarios import figures, planned, random_year, scenario
from haven.pathways.adults.year.amounts import Amount, ScenarioError
from haven.pathways.adults.year.moments import place_lives
from haven.pathways.adults.year.plan import plan_year
from haven.pathways.adults.year.scenario import SCENARIOS, load, parse, read_scenario

BASES = {
    "threshold_met": "concerns",
    "section_42": "begun",
    "raised_with_police": "begun",
    "adults_at_risk": "begun",
    "completed": "begun",
    "risk_identified": "completed",
    "risk_removed_or_reduced": "risk_identified",
    "age_65_plus": "adults_at_risk",
    "women": "adults_at_risk",
}
LIST_BASES = {
    "source_of_referral": "concerns",
    "location_of_harm": "begun",
    "type_of_harm": "begun",
    "outcomes_asked": "completed",
}


def close(counted: int, raw: Any, base: int) -> bool:
    """A count is met exactly, a share to the nearest whole case."""
    amount = Amount.read("key", raw)
    if amount.count is not None:
        return counted == amount.count
    return abs(counted - amount.quota(base)) <= 0.5


def within_one(counted: int, raw: Any, base: int) -> bool:
    """In a divided list each share is less than one case away from its exact number."""
    return abs(counted - Amount.read("key", raw).quota(base)) < 1


def assert_as_asked(keys: dict[str, Any], counted: dict[str, Any]) -> None:
    assert counted["concerns"] == keys["concerns"]
    assert counted["begun"] == counted["threshold_met"]
    for key, base in BASES.items():
        asked = {**keys, **keys.get("adults", {})}.get(key)
        assert asked is None or close(counted[key], asked, counted[base]), key
    for key, base in LIST_BASES.items():
        for code, asked in keys.get(key, {}).items():
            if code != "not_known":
                assert within_one(counted[key][code], asked, counted[base]), (key, code)
        assert sum(counted[key].values()) == counted[base]
    for code, asked in keys.get("outcomes_achieved", {}).items():
        base = counted["outcomes_asked"]["expressed"]
        assert code == "not_known" or within_one(counted["outcomes_achieved"][code], asked, base), code
    assert_in_time(keys, counted)


def assert_in_time(keys: dict[str, Any], counted: dict[str, Any]) -> None:
    for key, number, base in (
        ("allocated_within", "allocated", "concerns"),
        ("s42_allocated_within", "s42_allocated", "section_42"),
    ):
        if key in keys:
            assert close(counted[number], keys[key]["share"], counted[base]), key
    if "completed_within" in keys:
        for police, part in ((True, "police"), (False, "other")):
            within = counted["within"][police]
            assert close(sum(within), keys["completed_within"][part], len(within)), part


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(keys=random_year())
def test_every_number_asked_for_comes_out_of_the_plan(keys: dict[str, Any]) -> None:
    try:
        plan = planned(**keys)
    except ScenarioError as refused:
        assert "period" in str(refused), refused
        assert refused.key in keys, "only what the scenario itself says can be impossible in its period"
        return

    assert_as_asked(keys, figures(plan))
    for life in plan.lives:
        moments = [life.received_at, life.looked_at, life.accepted_at, life.allocated_at, life.decided_at]
        moments += [life.officer_at, life.authorised_at] if life.is_enquiry else []
        assert moments == sorted(moments)
        assert life.closed_at > moments[-1]


@pytest.mark.parametrize("name", ["saeb-2018-19", "westminster-2022-23"])
def test_a_shipped_year_comes_out_as_it_was_published(name: str) -> None:
    raw = load((SCENARIOS / f"{name}.yaml").read_text())

    assert_as_asked(raw, figures(plan_year(parse(raw), place_lives)))


def test_the_published_board_year_is_exact() -> None:
    counted = figures(plan_year(read_scenario(SCENARIOS / "saeb-2018-19.yaml"), place_lives))

    names = ("concerns", "threshold_met", "section_42", "adults_at_risk", "completed", "risk_identified")
    assert [counted[name] for name in names] == [1031, 897, 518, 789, 695, 382]
    assert [counted["age_65_plus"], counted["women"], counted["risk_removed_or_reduced"]] == [544, 489, 313]
    assert counted["outcomes_asked"] == {"expressed": 452, "none_expressed": 97, "not_asked": 132, "not_known": 14}


def test_the_same_file_gives_the_same_year_and_another_gives_another() -> None:
    assert planned(concerns=60).lives == planned(concerns=60).lives
    assert planned(concerns=60).lives != planned(concerns=61).lives[:60]


def test_a_large_year_is_planned_in_seconds() -> None:
    counted = figures(planned(concerns=20_000, threshold_met="87%"))

    assert (counted["concerns"], counted["threshold_met"]) == (20_000, 17_400)


def test_a_short_period_holds_what_its_scenario_does_not_forbid() -> None:
    plan = planned(**{"from": "2023-05-01", "to": "2023-05-31", "concerns": 40, "threshold_met": 30, "completed": 30})

    assert figures(plan)["completed"] == 30


def test_counts_alone_are_enough_and_what_is_not_said_makes_room() -> None:
    counted = figures(planned(section_42=400, risk_identified=350))

    assert (counted["section_42"], counted["risk_identified"]) == (400, 350)


def test_a_list_under_a_hundred_leaves_the_rest_not_known() -> None:
    counted = figures(
        planned(concerns=100, threshold_met=50, type_of_harm={"neglect": "60%"}, source_of_referral={"police": 5})
    )

    assert counted["type_of_harm"] == {"neglect": 30, "not_known": 20}
    assert counted["source_of_referral"] == {"police": 5, "not_known": 95}


IMPOSSIBLE = {
    "threshold_met": {"concerns": 10, "threshold_met": 11},
    "section_42": {"concerns": 10, "threshold_met": 8, "section_42": 9},
    "adults_at_risk": {"concerns": 10, "threshold_met": 8, "adults_at_risk": 9},
    "completed": {"concerns": 10, "threshold_met": 8, "completed": 9},
    "risk_identified": {"concerns": 10, "threshold_met": 8, "completed": 5, "risk_identified": 6},
    "risk_removed_or_reduced": {"concerns": 10, "completed": 3, "risk_identified": 2, "risk_removed_or_reduced": 3},
    "source_of_referral": {"concerns": 10, "source_of_referral": {"police": "60%", "housing": "50%"}},
    "location_of_harm": {"concerns": 10, "threshold_met": 5, "location_of_harm": {"own_home": 4, "hospital": 2}},
    "outcomes_achieved": {"concerns": 10, "outcomes_achieved": {"fully": "90%", "partly": "20%"}},
    "adults.women": {"concerns": 10, "threshold_met": 5, "adults_at_risk": 5, "adults": {"women": 6}},
    "concerns": {"concerns": "10%"},
    "completed_within": {"to": "2021-05-01", "concerns": 20, "completed_within": {"police": "0%", "other": "0%"}},
    "allocated_within.share": {"concerns": 10, "allocated_within": {"share": "fifty"}},
    "raised_with_police": {"concerns": 10, "threshold_met": 5, "raised_with_police": 6},
}  # fmt: skip


@pytest.mark.parametrize("key", IMPOSSIBLE)
def test_an_impossible_mix_is_refused_by_its_key(key: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        planned(**IMPOSSIBLE[key])
    assert str(refused.value).startswith(f"{key}:")


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        ({"referals": 3}, "referals"),
        ({"source_of_referral": {"polise": "5%"}}, "source_of_referral.polise"),
        ({"adults": {"men": "5%"}}, "adults.men"),
        ({"completed_within": {"weeks": 3}}, "completed_within.weeks"),
        ({"authority": {"code": "x"}}, "authority.name"),
        ({"name": ""}, "name"),
        ({"from": "1 April"}, "from"),
        ({"to": "2021-03-31"}, "to"),
        ({"pathway": "districts"}, "pathway"),
        ({"completed": -1}, "completed"),
        ({"completed": True}, "completed"),
        ({"women": "62%"}, "women"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_key(keys: dict[str, Any], named: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        scenario(**keys)
    assert str(refused.value).startswith(f"{named}:")


def test_a_key_written_twice_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="^concerns: is written twice"):
        load("concerns: 5\nconcerns: 6\n")
    with pytest.raises(ScenarioError, match="^scenario: cannot read"):
        read_scenario(tmp_path / "no-such.yaml")
