"""docs/asvs.md is whole and true: every requirement of levels 1 and 2 once, every file and test named there real."""

import re

import pytest
from house import CHECKOUT

NAMED = re.compile(r"`([\w.-]+(?:/[\w.-]+)+|[\w-]+\.(?:md|py|toml))`")
HOW_MANY = {"V1": 27, "V2": 11, "V3": 19, "V4": 10, "V5": 9, "V6": 35, "V7": 18, "V8": 7, "V9": 7, "V10": 29, "V11": 14,
            "V12": 9, "V13": 13, "V14": 9, "V15": 13, "V16": 16, "V17": 7}  # fmt: skip
"""Requirements of levels 1 and 2 in each chapter, counted in the project's own file of version 5.0.0: 70 and 183."""


def text(page: str) -> str:
    return (CHECKOUT / page).read_text(encoding="utf-8")


def requirements() -> list[str]:
    """The requirements in the first column of each table."""
    rows = re.findall(r"^\| ((?:\d+\.\d+\.\d+(?:, )?)+) \|", text("docs/asvs.md"), re.MULTILINE)
    return [one for row in rows for one in row.split(", ")]


def test_every_requirement_of_the_two_levels_stands_there_once():
    found = requirements()
    by_chapter = {chapter: len([one for one in found if f"V{one.split('.')[0]}" == chapter]) for chapter in HOW_MANY}

    assert by_chapter == HOW_MANY
    assert len(found) == len(set(found)) == 253


@pytest.mark.parametrize("page", ["docs/asvs.md", "docs/threat-model.md", "SECURITY.md"])
def test_every_file_and_test_that_is_named_is_there(page):
    named = [word for word in NAMED.findall(text(page)) if not word.startswith("script/haven ")]

    assert named
    assert [word for word in named if not (CHECKOUT / word).exists()] == []


def test_what_is_said_to_be_met_names_what_shows_it():
    rows = re.findall(r"^\| [\d., ]+ \| [\d–]+ \| met \| (.+) \|$", text("docs/asvs.md"), re.MULTILINE)

    assert len(rows) > 60
    assert [row for row in rows if not NAMED.search(row)] == []


@pytest.mark.parametrize("page", ["docs/operations.md", "docs/threat-model.md", "docs/asvs.md", "SECURITY.md"])
def test_every_link_leads_somewhere(page):
    folder = (CHECKOUT / page).parent
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text(page))

    assert [link for link in links if not (folder / link).exists()] == []


def test_a_production_cookie_is_this_hosts_alone_over_https_and_out_of_scripts_reach():
    said = text("haven/project/settings/production.py") + text("haven/project/settings/base.py")

    for line in ('SESSION_COOKIE_NAME = "__Host-', 'CSRF_COOKIE_NAME = "__Host-', "SESSION_COOKIE_SECURE = True",
                 "CSRF_COOKIE_SECURE = True", "SESSION_COOKIE_HTTPONLY = True", "CSRF_COOKIE_HTTPONLY = True",
                 'SESSION_COOKIE_SAMESITE = "Lax"', 'CSRF_COOKIE_SAMESITE = "Lax"'):  # fmt: skip
        assert line in said


def test_every_command_of_the_operations_page_is_one():
    commands = {word.replace("-", "_") for word in re.findall(r"script/haven ([a-z_-]+)", text("docs/operations.md"))}
    there = {path.stem for path in (CHECKOUT / "haven/project/management/commands").glob("*.py")}

    assert {"backup", "restore", "recover_record", "continuity_pack", "audit_head"} <= commands <= there
