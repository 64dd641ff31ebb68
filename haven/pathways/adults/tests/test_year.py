"""A year built by operations: its figures, what it leaves behind, and building it again."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from haven.casework.access.models import Authority
from haven.casework.cases.models import Case
from haven.casework.clocks.models import Clock
from haven.casework.contacts.models import Contact
from haven.casework.deliveries.models import Delivery
from haven.casework.tasks.models import Task
from haven.pathways.adults.models import Concern, Enquiry, LimbAnswer
from haven.pathways.adults.tests.scenarios import YEAR

SMALL: dict[str, Any] = {
    **YEAR,
    "concerns": 30,
    "threshold_met": 24,
    "section_42": 14,
    "adults_at_risk": 20,
    "adults": {"age_65_plus": 13, "women": "60%"},
    "completed": 18,
    "risk_identified": 10,
    "risk_removed_or_reduced": 8,
    "source_of_referral": {"police": 3, "cqc": "10%", "family_friend_neighbour_self": "40%"},
    "location_of_harm": {"own_home": "50%", "hospital": 2, "other": "10%"},
    "type_of_harm": {"neglect": "50%", "financial": 6, "sexual_exploitation": 1, "modern_slavery": 1},
    "outcomes_asked": {"expressed": 11, "not_asked": 3},
    "outcomes_achieved": {"fully": 6, "partly": 3, "not": 1},
    "allocated_within": {"days": 3, "share": "70%"},
    "s42_allocated_within": {"hours": 24, "share": "50%"},
    "completed_within": {"days": 90, "police": "50%", "other": "75%"},
    "raised_with_police": 8,
}


@pytest.fixture
def built(db: None, tmp_path: Path) -> Path:
    """The small year of Riverton, built; its file."""
    file = tmp_path / "small.yaml"
    file.write_text(yaml.safe_dump(SMALL))
    build(file)
    return file


def build(file: Path) -> dict[str, Any]:
    out = StringIO()
    call_command("year", scenario=str(file), json=True, stdout=out, verbosity=0)
    return json.loads(out.getvalue())


def measures(code: str = "riverton") -> dict[str, dict[str, Any]]:
    out = StringIO()
    call_command("measures", authority=code, from_on="2021-04-01", to_on="2022-03-31", json=True, stdout=out)
    return {figure["id"]: figure for figure in json.loads(out.getvalue())}


def rows(figure: dict[str, Any]) -> dict[str, int]:
    return {row["code"]: row["count"] for row in figure["rows"] if row["count"]}


def test_the_figures_counted_from_the_records_are_those_asked_for(built: Path) -> None:
    counted = measures()

    values = {id: figure["value"] for id, figure in counted.items() if figure["kind"] == "count"}
    assert values["concerns_raised"] == 30
    assert values["threshold_met"] == 24
    assert values["adults_at_risk"] == 20
    assert values["enquiries_completed"] == 18
    assert values["risk_identified"] == 10
    assert rows(counted["enquiries_by_type"]) == {"section_42": 14, "other": 10}
    assert rows(counted["source_of_referral"]) == {
        "police": 3,
        "cqc": 3,
        "family_friend_neighbour_self": 12,
        "not_known": 12,
    }
    assert rows(counted["location_of_harm"]) == {"own_home": 12, "hospital": 2, "other": 2, "not_known": 8}
    harm = {"neglect": 12, "financial": 6, "sexual_exploitation": 1, "modern_slavery": 1, "not_known": 4}
    assert rows(counted["type_of_harm"]) == harm
    assert rows(counted["outcomes_asked"]) == {"expressed": 11, "not_asked": 3, "not_known": 4}
    assert rows(counted["outcomes_achieved"]) == {"fully": 6, "partly": 3, "not": 1, "not_known": 1}
    assert sum(rows(counted["risk_outcome"]).values()) == 10
    shares = {id: (figure["count"], figure["base_n"]) for id, figure in counted.items() if figure["kind"] == "share"}
    assert shares["adults_aged_65_plus"] == (13, 20)
    assert shares["adults_women"] == (12, 20)
    assert shares["risk_removed_or_reduced"] == (8, 10)
    assert shares["allocated_within_target"] == (21, 30)
    assert shares["s42_allocated_within_24h"] == (7, 14)
    assert shares["raised_with_police"] == (8, 24)
    assert shares["completed_within_90_days_police"] == (3, 6)
    assert shares["completed_within_90_days_other"] == (9, 12)
    assert shares["completed_within_90_days"] == (12, 18)


def test_every_figure_says_what_it_counts_and_how_it_is_misread(built: Path) -> None:
    for figure in measures().values():
        keys = {"id", "kind", "title", "definition", "source", "caution", "base_n", "value", "count", "rows"}
        assert set(figure) == keys
        assert figure["definition"] and figure["source"] and figure["caution"]
        assert (figure["base_n"] is None) is (figure["kind"] == "count")


def test_history_heads_no_queue(built: Path) -> None:
    assert not Case.objects.filter(closed_at=None).exists()
    assert not Contact.objects.waiting().exists()
    assert not Clock.objects.running().exists()
    assert not Task.objects.filter(done_at=None).exists()
    assert not Enquiry.objects.running().exists()
    assert set(Delivery.objects.values_list("state", "settled_reason")) == {("not_sent", "generated")}


def test_every_other_enquiry_has_a_part_that_is_not_yes(built: Path) -> None:
    others = Concern.objects.filter(outcome="other")

    assert others.count() == 10
    assert (
        LimbAnswer.objects.filter(concern__in=others).exclude(answer="yes").values("concern").distinct().count() == 10
    )
    in_section_42 = LimbAnswer.objects.filter(concern__outcome="section_42")
    assert set(in_section_42.values_list("answer", flat=True)) == {"yes"}


def test_building_the_same_file_again_adds_nothing_and_answers_the_same(built: Path) -> None:
    first, again = build(built), build(built)

    assert first == again
    assert first["authority"], first["pathway"] == ("riverton", "adults")
    assert (first["concerns"], first["enquiries"]) == (30, 24)
    assert Concern.objects.count() == 30


def test_what_a_stopped_run_left_out_is_built_by_the_next(built: Path) -> None:
    people = set(Case.objects.values_list("person_id", flat=True))
    lost = Concern.objects.order_by("-received_at").first()
    assert lost is not None
    Concern.objects.filter(pk=lost.pk).update(generated_key=None, received_at="2015-01-01T12:00Z")
    Contact.objects.filter(pk=lost.contact_id).update(idempotency_key="elsewhere")

    assert build(built)["concerns"] == 30
    assert Concern.objects.exclude(generated_key=None).values("generated_key").distinct().count() == 30
    assert len(set(Case.objects.values_list("person_id", flat=True)) - people) <= 1


def test_another_scenario_for_the_same_days_is_refused(built: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(yaml.safe_dump({**SMALL, "concerns": 31}))

    with pytest.raises(CommandError, match="riverton already has a year of another scenario"):
        build(other)
    assert Concern.objects.count() == 30


def test_an_impossible_scenario_builds_nothing(db: None, tmp_path: Path) -> None:
    file = tmp_path / "impossible.yaml"
    file.write_text(yaml.safe_dump({**SMALL, "completed": 25}))

    with pytest.raises(CommandError, match="^completed: 25 is more than the 24 enquiries"):
        build(file)
    assert not Authority.objects.filter(code="riverton").exists()


def test_figures_of_an_unknown_authority_or_of_no_days_are_refused(db: None) -> None:
    with pytest.raises(CommandError, match="There is no authority 'nowhere'"):
        measures("nowhere")
    with pytest.raises(CommandError, match="Write days such as"):
        call_command("measures", authority="x", from_on="2021-04-01", to_on="2020-04-01")
