"""The parts of a page: tags, tables, facts, panels, timelines, moments."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import TemplateSyntaxError
from django.utils.safestring import mark_safe

from haven.design.moments import due_in_words, moment_in_words
from haven.design.tests.pages import draw

TUESDAY = datetime(2026, 3, 3, 14, 5, tzinfo=UTC)
SUMMER_NIGHT = datetime(2026, 7, 3, 23, 30, tzinfo=UTC)


def test_a_moment_is_shown_on_a_london_clock():
    assert moment_in_words(TUESDAY) == "Tue 3 Mar 2026, 14:05"
    assert moment_in_words(SUMMER_NIGHT) == "Sat 4 Jul 2026, 00:30"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        moment_in_words(TUESDAY.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (TUESDAY + timedelta(hours=3, minutes=10), ("due in 3 h", "soon")),
        (TUESDAY + timedelta(days=5), ("due in 5 days", "later")),
        (TUESDAY - timedelta(minutes=20), ("overdue by 20 min", "overdue")),
        (TUESDAY - timedelta(days=2), ("overdue by 2 days", "overdue")),
        (date(2026, 3, 3), ("due today", "soon")),
        (date(2026, 3, 4), ("due tomorrow", "later")),
        (date(2026, 3, 2), ("overdue by 1 day", "overdue")),
    ],
)
def test_what_is_due_is_said_in_words(due, words):
    assert due_in_words(due, TUESDAY) == words


def test_the_due_tag_takes_now_from_the_page():
    drawn = draw("{% due at %}", at=TUESDAY - timedelta(days=2), now=TUESDAY)
    assert "overdue by 2 days" in drawn and "hv-due--overdue" in drawn


def test_urgency_is_a_word_and_an_arrival_nobody_opened_says_so():
    assert "Act now" in draw('{% tag_urgency "act_now" %}')
    assert "Not yet looked at" in draw("{% tag_urgency None %}")


def test_an_empty_fact_says_it_is_not_recorded_yet():
    drawn = draw("{% summary_list rows %}", rows=[("Capacity", None, "/c"), ("Wants", "It to <stop>")])
    assert "Not recorded yet" in drawn
    assert "It to &lt;stop&gt;" in drawn
    assert '<span class="govuk-visually-hidden"> Capacity</span>' in drawn


def test_a_table_escapes_its_cells_and_heads_each_row():
    rows = [["Joan <b>", mark_safe("<i>kept</i>"), {"text": "Act now", "tag": "red"}]]
    drawn = draw('{% small_table columns rows caption="Waiting" %}', columns=["Who", "What", "How"], rows=rows)
    assert "Joan &lt;b&gt;" in drawn and "<i>kept</i>" in drawn
    assert '<th scope="row"' in drawn and "govuk-tag--red" in drawn


def test_an_empty_table_says_so_instead_of_standing_empty():
    drawn = draw('{% small_table columns rows empty="Nothing is waiting." %}', columns=["Who"], rows=[])
    assert "Nothing is waiting." in drawn and "<table" not in drawn


def test_a_banner_carries_its_name_and_refuses_an_unknown_kind():
    drawn = draw('{% moj_banner "warning" label="Police hold" %}Do not ring {{ who }}{% endmoj_banner %}', who="<Tom>")
    assert "<strong>Police hold:</strong>" in drawn and "&lt;Tom&gt;" in drawn
    with pytest.raises(TemplateSyntaxError):
        draw('{% moj_banner "pink" %}x{% endmoj_banner %}')


def test_a_timeline_escapes_what_was_written():
    drawn = draw(
        "{% timeline entries %}", entries=[{"title": "Note", "when": TUESDAY, "text": "<b>x</b>", "by": "Priya"}]
    )
    assert "&lt;b&gt;x&lt;/b&gt;" in drawn and "by Priya" in drawn and "Tue 3 Mar 2026, 14:05" in drawn


def test_a_panel_is_named_by_its_heading():
    drawn = draw('{% panel "Safe contact" kind="warning" action="Change" href="/c" %}Mornings{% endpanel %}')
    assert 'aria-labelledby="safe-contact-title"' in drawn and "Mornings" in drawn


def test_the_place_one_is_at_is_marked_in_the_navigation():
    nav = [{"heading": "Adults", "items": [{"text": "Waiting", "href": "/w", "count": 0, "current": True}]}]
    drawn = draw("{% side_nav nav %}", nav=nav)
    assert 'aria-current="page"' in drawn and ">0<" in drawn


def test_a_button_that_changes_something_is_a_form_with_its_keys():
    drawn = draw('{% post_button "I’m on it" "/claim" version=3 contact=7 %}')
    assert 'method="post" action="/claim"' in drawn
    assert 'name="contact" value="7"' in drawn and 'name="_version" value="3"' in drawn
