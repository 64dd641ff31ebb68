"""README.md tells the process as the code has it."""

from pathlib import Path

import pytest

from haven.pathways.adults import stages, timescales

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", [stages.table, timescales.table])
def test_the_tables_of_the_readme_are_those_of_the_code(table) -> None:
    assert table() in README, f"README.md is out of date. Its table should be:\n\n{table()}"


def test_every_stage_leads_to_stages_that_exist() -> None:
    known = {stage.code for stage in stages.STAGES}

    assert {code for stage in stages.STAGES for code in stage.leads_to} <= known


def test_only_the_enquiry_may_be_paused() -> None:
    assert [scale for scale in timescales.TIMESCALES if scale.pausable] == [timescales.ENQUIRY]
