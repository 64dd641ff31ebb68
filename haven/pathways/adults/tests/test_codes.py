"""The code lists: closed, sourced, and rolled up to what is published."""

import re

import pytest
from django.utils.functional import Promise

from haven.pathways.adults import codes
from haven.pathways.adults.forms import closing, decide, decision, enquiry, plan
from haven.pathways.adults.forms.step import StepForm
from haven.pathways.adults.pathway import LETTERS

LISTS = {
    name: value
    for name in codes.__all__
    if isinstance(value := getattr(codes, name), tuple) and value and isinstance(value[0], codes.Code)
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_no_code_twice_and_each_has_its_words_and_its_source(name: str) -> None:
    entries = LISTS[name]

    assert len({entry.code for entry in entries}) == len(entries)
    assert all(str(entry.label) and entry.source for entry in entries)
    assert all(isinstance(entry.label, Promise) for entry in entries), "labels are translatable"


@pytest.mark.parametrize("name", LISTS)
def test_a_finer_code_rolls_up_to_a_published_one(name: str) -> None:
    entries = LISTS[name]
    published = {entry.code for entry in codes.tops(entries)}

    assert {codes.top(entries, entry.code) for entry in entries} <= published


@pytest.mark.parametrize(
    ("entries", "published"),
    [
        (codes.SOURCES, "health_staff social_care_staff family_friend_neighbour_self police housing education_work cqc "
                        "other not_known"),
        (codes.LOCATIONS, "own_home care_home extra_care hospital in_the_community community_service other not_known"),
        (codes.HARM_TYPES, "neglect financial physical psychological domestic sexual sexual_exploitation institutional "
                           "self_neglect discriminatory modern_slavery"),
        (codes.ENQUIRY_KINDS, "section_42 other"),
        (codes.ASKED, "expressed none_expressed not_asked not_known"),
        (codes.ACHIEVED, "fully partly not not_known"),
        (codes.RISK_OUTCOMES, "removed reduced remained"),
    ],
)  # fmt: skip
def test_the_published_codes_are_those_scenarios_and_figures_use(entries: codes.Codes, published: str) -> None:
    assert [entry.code for entry in codes.tops(entries)] == published.split()


def test_the_return_has_a_label_for_every_type_of_harm_and_every_source_of_risk() -> None:
    assert all(codes.sac_label(codes.HARM_TYPES, entry.code) for entry in codes.HARM_TYPES)
    labels = {codes.sac_label(codes.SOURCES_OF_RISK, entry.code) for entry in codes.SOURCES_OF_RISK}
    assert labels == {"Service Provider", "Other - Known to individual", "Other - Unknown to individual"}


def test_no_reason_to_doubt_capacity_counts_as_did_not_lack() -> None:
    assert codes.top(codes.CAPACITY, "no_doubt") == "did_not_lack"


def test_organisational_abuse_is_how_the_code_institutional_is_shown() -> None:
    assert codes.label(codes.HARM_TYPES, "institutional") == "Organisational abuse"


def test_a_receipt_has_no_place_for_a_fact_about_anyone() -> None:
    receipts = [letter for letter in LETTERS if letter.level == "receipt"]

    assert len(receipts) == 2
    assert all(letter.placeholders == {"reference", "authority", "telephone"} for letter in receipts)


def test_what_a_form_is_asked_under_is_said_in_words() -> None:
    modules = (closing, decide, decision, enquiry, plan)
    named = [each for module in modules for each in vars(module).values() if isinstance(each, type)]
    forms = [each for each in named if issubclass(each, StepForm) and each.source]

    assert len(forms) > 20
    assert [form.__name__ for form in forms if re.search(r"\b[A-Z]{1,2}-\d", form.asked_under())] == []
