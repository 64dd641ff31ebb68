"""GOV.UK components called from Django templates: the same markup, nothing unsafe."""

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from haven.design.macros import UnsafeHtml, component, nested
from haven.design.tests.pages import draw


def test_the_tag_draws_what_the_macro_draws():
    drawn = draw('{% gov "button" text="Save" prevent_double_click=True %}')
    assert drawn == component("button", {"text": "Save", "preventDoubleClick": True})
    assert 'data-prevent-double-click="true"' in drawn and 'class="govuk-button"' in drawn


def test_a_component_is_called_by_its_hyphenated_name():
    assert 'class="govuk-back-link"' in draw('{% gov "back-link" text="Back" href="/" %}')


def test_double_underscores_nest_and_attributes_keep_hyphens():
    assert nested({"label__text": "Name", "attributes__data_key": "n", "error_message__text": "No"}) == {
        "label": {"text": "Name"},
        "attributes": {"data-key": "n"},
        "errorMessage": {"text": "No"},
    }


@pytest.mark.parametrize("name", ["tag", "inset-text", "warning-text"])
def test_text_typed_by_anyone_is_escaped(name):
    drawn = draw("{% gov name text=typed %}", name=name, typed="<script>alert(1)</script>")
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_html_that_nobody_declared_safe_is_refused():
    with pytest.raises(UnsafeHtml):
        component("inset-text", {"html": "<b>Joan</b>"})
    with pytest.raises(UnsafeHtml):
        component("summary-list", {"rows": [{"key": {"text": "Name"}, "value": {"html": "<b>Joan</b>"}}]})


def test_attributes_given_as_a_string_are_refused():
    with pytest.raises(UnsafeHtml):
        component("button", {"text": "Save", "attributes": 'onclick="steal()"'})


def test_html_declared_safe_is_printed():
    assert "<b>Joan</b>" in component("inset-text", {"html": mark_safe("<b>Joan</b>")})


def test_a_lazy_translation_is_text_like_any_other():
    assert "Save &amp; close" in component("button", {"text": gettext_lazy("Save & close")})
