"""Ids, references and names."""

import pytest

from haven.lib.ids import uuid7
from haven.lib.references import ALPHABET, new_reference, typed_reference
from haven.lib.text import cited, normalise


def test_ids_sort_by_when_they_were_made_and_say_their_version() -> None:
    made = [uuid7() for _ in range(1000)]

    assert [one.int >> 80 for one in made] == sorted(one.int >> 80 for one in made)
    assert len(set(made)) == 1000
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}


def test_a_reference_has_its_prefix_and_no_letter_that_is_misread() -> None:
    prefix, *groups = new_reference("AS").split("-")

    assert prefix == "AS"
    assert [len(group) for group in groups] == [4, 4]
    assert set("".join(groups)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("AEIOU01L58SBV")


def test_references_do_not_follow_one_another() -> None:
    assert len({new_reference("AS") for _ in range(1000)}) == 1000


def test_a_reference_typed_in_small_letters_with_a_long_dash_is_understood() -> None:
    assert typed_reference(" as–7k4m-2qtx ") == "AS-7K4M-2QTX"


def test_names_compare_without_case_accents_or_extra_spaces() -> None:
    assert normalise("  Zoë  O’NÉILL ") == "zoe o'neill"
    assert normalise("Łukasz") != ""


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Care Act 2014 s1(3), s42; PR-19, PR-31", "Care Act 2014 s1(3), s42"),
        ("Care Act 2014 s42(2); London: within 24 hours of the decision (T-03)",
         "Care Act 2014 s42(2); London: within 24 hours of the decision"),
        ("PR-21; R-087 … R-089; London (2019): within 5 working days", "London (2019): within 5 working days"),
        ("PR-17: the first clocks stay", "The first clocks stay"),
        ("Catalogue R-048; practice PR-12", "Local procedure"),
        ("Safeguarding Adults Collection SG2c, SG2e; R-079", "Safeguarding Adults Collection SG2c, SG2e"),
    ],
)  # fmt: skip
def test_a_source_is_shown_without_the_marks_of_the_builders_lists(source: str, said: str) -> None:
    assert cited(source) == said
