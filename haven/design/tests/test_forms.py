"""Forms drawn with GOV.UK components, and what they do with what is typed."""

import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.test import RequestFactory

from haven.design.fields import time_from_words
from haven.design.forms import GovForm, PublicForm, posted_key, posted_version
from haven.design.tests.pages import COMPLETE, DecideJoansConcern, draw


def cleaned(**changes):
    form = DecideJoansConcern({**COMPLETE, **changes})
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("name", "markup"),
    [
        ("joan_knows", 'class="govuk-radios govuk-radios--inline'),
        ("outcome", 'data-aria-controls="conditional-id_outcome-2"'),
        ("types", 'data-behaviour="exclusive"'),
        ("held_on", 'id="id_held_on-day" name="held_on-day"'),
        ("heard_at", 'name="heard_at-time"'),
        ("worker", "data-hv-autocomplete"),
        ("reasons", 'data-maxlength="400"'),
        ("notes", 'class="govuk-textarea"'),
        ("email", 'type="email" spellcheck="false"'),
        ("nhs_number", 'inputmode="numeric"'),
        ("urgent", 'name="urgent" type="checkbox" value="True"'),
        ("letter", 'type="file"'),
        ("secret", 'data-module="govuk-password-input"'),
        ("source", 'type="hidden"'),
    ],
)
def test_each_kind_of_question_is_drawn_by_its_component(name, markup):
    drawn = draw("{% field question %}", question=DecideJoansConcern()[name])
    assert re.sub(r"\s+", " ", markup) in re.sub(r"\s+", " ", drawn)
    assert "style=" not in drawn


def test_a_whole_form_works_without_a_script_and_carries_its_keys():
    drawn = draw('{% form form submit="Save decision" version=7 %}', form=DecideJoansConcern())
    assert 'method="post" novalidate' in drawn
    assert 'enctype="multipart/form-data"' in drawn
    assert '<input type="hidden" name="_version" value="7">' in drawn
    assert 'name="_key"' in drawn
    assert "Save decision" in drawn
    assert drawn.count("<legend") >= 4
    assert "style=" not in drawn and "<script" not in drawn


def test_every_question_is_drawn_exactly_once():
    drawn = draw("{% form form %}", form=DecideJoansConcern())
    for name in ("destination", "reasons", "email", "worker"):
        assert drawn.count(f'name="{name}"') == 1


def test_what_was_typed_is_shown_again_and_escaped():
    form = cleaned(reasons="<b>She said</b>", **{"heard_at-day": "31", "heard_at-month": "2"})
    drawn = draw("{% form form %}", form=form)
    assert "&lt;b&gt;She said&lt;/b&gt;" in drawn
    assert 'value="31"' in drawn and 'value="2:05pm"' in drawn


def test_the_error_summary_leads_to_the_first_box_at_fault():
    form = cleaned(outcome="", **{"heard_at-month": ""})
    drawn = draw("{% error_summary form %}", form=form)
    assert 'href="#id_heard_at-month"' in drawn
    assert 'href="#id_outcome"' in drawn
    page = draw("{% form form %}", form=form)
    assert 'id="id_heard_at-month"' in page and 'id="id_outcome"' in page


def test_a_form_nobody_has_sent_shows_no_errors():
    assert draw("{% error_summary form %}", form=DecideJoansConcern()).strip() == ""


def test_the_title_says_error_first_only_when_there_is_one():
    assert draw("{% error_prefix %}", form=cleaned(reasons="")) == "Error: "
    assert draw("{% error_prefix %}", form=cleaned()) == ""


def test_a_question_under_a_choice_not_made_is_set_aside():
    form = cleaned(outcome="section_42", destination="typed, then thought better of")
    assert form.is_valid()
    assert form.cleaned_data["destination"] == ""


def test_a_question_under_the_choice_made_must_be_answered():
    form = cleaned(outcome="declined")
    assert form.errors["destination"] == ["Enter an answer: Where does it go instead"]


def test_a_moment_is_cleaned_to_london_time():
    assert cleaned().cleaned_data["heard_at"] == datetime(2026, 3, 3, 14, 5, tzinfo=UTC)
    summer = cleaned(**{"heard_at-month": "7"})
    assert summer.cleaned_data["heard_at"] == datetime(2026, 7, 3, 13, 5, tzinfo=UTC)


def test_the_hour_that_spring_skips_is_refused():
    form = cleaned(**{"heard_at-day": "29", "heard_at-month": "3", "heard_at-time": "01:30"})
    assert "clocks went forward" in form.errors["heard_at"][0]


def test_an_iso_day_is_taken_under_the_plain_name():
    assert cleaned(held_on="1942-05-30").cleaned_data["held_on"] == date(1942, 5, 30)


@pytest.mark.parametrize(
    ("boxes", "message"),
    [
        (("3", "", "2026"), "The date must include a month"),
        (("31", "2", "2026"), "This is not a real date"),
        (("3", "2", "42"), "Enter the year with 4 numbers"),
        (("three", "2", "1942"), "This is not a real date"),
    ],
)
def test_a_date_that_cannot_be_says_what_to_do(boxes, message):
    parts = dict(zip(("held_on-day", "held_on-month", "held_on-year"), boxes, strict=True))
    assert message in cleaned(**parts).errors["held_on"][0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("14:05", "14:05"), ("2:05pm", "14:05"), ("2.05 PM", "14:05"), ("1405", "14:05"), ("12am", "00:00"),
     ("12 pm", "12:00"), ("midday", "12:00"), ("9 a.m.", "09:00")],
)  # fmt: skip
def test_times_are_read_as_people_write_them(typed, meant):
    assert f"{time_from_words(typed):%H:%M}" == meant


@pytest.mark.parametrize("typed", ["2", "25:00", "13pm", "soon", "", "10:75"])
def test_a_time_in_doubt_is_asked_again(typed):
    with pytest.raises(forms.ValidationError):
        time_from_words(typed)


def test_an_nhs_number_with_a_wrong_check_digit_is_refused():
    assert cleaned(nhs_number="943 476 5919").cleaned_data["nhs_number"] == "9434765919"
    assert "10 figures" in cleaned(nhs_number="943 476 5918").errors["nhs_number"][0]


def test_the_key_and_the_version_sent_are_kept_after_an_error():
    key = "01890a5d-ac96-774b-bcce-b302099a8057"
    request = RequestFactory().post("/", {"_version": "3", "_key": key})
    drawn = draw("{% form_keys version=9 %}", request=request)
    assert 'value="3"' in drawn and key in drawn
    assert posted_version(request) == 3 and str(posted_key(request)) == key


def test_a_program_gives_its_key_in_a_header():
    key = "01890a5d-ac96-774b-bcce-b302099a8057"
    request = RequestFactory().post("/", {"_key": "x"}, headers={"Idempotency-Key": key})
    assert str(posted_key(request)) == key


def test_a_stale_form_is_offered_again_on_the_new_version():
    request = RequestFactory().post("/", {"_version": "3"})
    assert 'name="_version" value="9"' in draw("{% form_keys version=9 fresh=True %}", request=request)


def test_keys_that_are_nonsense_count_as_none():
    request = RequestFactory().post("/", {"_version": "three", "_key": "x"})
    assert posted_version(request) is None and posted_key(request) is None


def test_a_form_of_another_author_is_drawn_in_the_same_look():
    class Plain(forms.Form):
        name = forms.CharField(label="Name")

    assert "govuk-input" in str(Plain())
    assert "govuk-label" in Plain()["name"].as_field_group()


def test_a_form_of_another_author_names_the_question_left_empty():
    class Plain(forms.Form):
        name = forms.CharField(label="Name")

    drawn = draw("{% error_summary form %}{% fields form %}", form=Plain({}))
    assert drawn.count("Enter an answer: Name") == 2 and "This field is required" not in drawn


def test_one_question_a_page_makes_the_question_the_heading():
    class Danger(PublicForm):
        page_heading = "danger"
        danger = forms.ChoiceField(label="Is anyone in danger now?", choices=[("yes", "Yes")], widget=forms.RadioSelect)

    drawn = draw("{% field form.danger %}", form=Danger())
    assert '<h1 class="govuk-fieldset__heading">' in drawn
    assert "--small" not in drawn


def test_two_forms_on_a_page_keep_their_names_apart():
    class Note(GovForm):
        words = forms.CharField(label="Words")
        kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
        more = forms.CharField(label="More")
        reveals = {"kind": {"b": ["more"]}}

    drawn = draw("{% fields form %}", form=Note(prefix="second"))
    assert 'id="id_second-words" name="second-words"' in re.sub(r"\s+", " ", drawn)
    sent = Note({"second-words": "x", "second-kind": "a"}, prefix="second")
    assert sent.is_valid()
