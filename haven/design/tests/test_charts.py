"""Charts: described, with their numbers as a table, clean under a strict content security policy."""

import re
from xml.etree import ElementTree

import pytest

from haven.design.charts import bar, column, journey, line, stacked_share
from haven.design.tests.pages import draw

TYPES = [("Neglect", 812, 33.4), ("Financial <or> material", 540, 22.2), ("Not known", None, None)]
MONTHS = [("Apr", 180), ("May", 210)]
LINES = [("Apr", "Police", 180), ("May", "Police", 210), ("Apr", "Housing", 12), ("May", "Housing", 31)]
RISK = [("Section 42", "Removed", 55), ("Section 42", "Remained", 15)]
STAGES = [("Concerns", [("Concerns", 2430)]), ("Threshold", [("Met", 1458), ("Not <met>", 972)])]
FLOWS = [("Concerns", "Met", 1458), ("Concerns", "Not <met>", 972)]
SAID = {"title": "Types & places", "description": "Concerns decided in the year"}
FIGURES = {
    "bar": lambda: bar(TYPES, caution="Several per enquiry", source="The record", **SAID),
    "column": lambda: column(MONTHS, **SAID),
    "line": lambda: line(MONTHS, **SAID),
    "lines": lambda: line(LINES, **SAID),
    "shares": lambda: stacked_share(RISK, **SAID),
    "journey": lambda: journey(STAGES, flows=FLOWS, **SAID),
}


@pytest.mark.parametrize("kind", FIGURES)
def test_every_picture_is_one_named_and_described_image(kind):
    picture = ElementTree.fromstring(FIGURES[kind]().svg)  # noqa: S314 - our own picture
    assert picture.get("role") == "img"
    assert [child.tag.rsplit("}")[-1] for child in picture][:2] == ["title", "desc"]
    assert [child.text for child in picture][:2] == ["Types & places", "Concerns decided in the year"]


@pytest.mark.parametrize("kind", FIGURES)
def test_no_picture_carries_style_or_script(kind):
    svg = FIGURES[kind]().svg
    assert not re.search(r"style=|<style|<script|\son\w+=|href=", svg)


@pytest.mark.parametrize("kind", FIGURES)
def test_every_chart_is_shown_with_its_numbers(kind):
    figure = FIGURES[kind]()
    drawn = draw("{% chart figure %}", figure=figure)
    assert "<table" in drawn and "<figcaption>" in drawn
    assert drawn.count('<th scope="row"') == len(figure.rows)


def test_a_caution_and_a_source_are_printed_beside_the_figure():
    drawn = draw("{% chart figure %}", figure=FIGURES["bar"]())
    assert "Several per enquiry" in drawn and "The record" in drawn


def test_what_is_not_known_is_a_dash_not_a_nought():
    drawn = draw("{% chart figure %}", figure=FIGURES["bar"]())
    assert drawn.count("–") >= 3


def test_no_chart_prints_two_decimals():
    figure = stacked_share([("All", "Met", 1), ("All", "Not met", 2)], **SAID)
    assert not re.search(r"\d\.\d\d", draw("{% small_table columns rows %}", columns=figure.columns, rows=figure.rows))
    assert [row[3] for row in figure.rows] == [33.3, 66.7]


def test_the_journey_names_and_numbers_every_part():
    svg = FIGURES["journey"]().svg
    assert "2,430" in svg and "1,458" in svg and "Not &lt;met&gt;" in svg
    assert svg.count("<path") == len(FLOWS)


def test_nothing_to_draw_leaves_the_words():
    drawn = draw("{% chart figure %}", figure=bar([], **SAID))
    assert "<svg" not in drawn and "Nothing to show." in drawn


def test_a_journey_without_cases_is_still_a_picture():
    assert "<svg" in journey([("Concerns", [("Concerns", 0)])], flows=[], **SAID).svg
