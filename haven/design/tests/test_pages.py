"""The base pages: they say the same to everybody, and keep what was typed."""

import re
from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from haven.design.build import clean_css
from haven.design.tests.pages import COMPLETE, DecideJoansConcern

TUESDAY = datetime(2026, 3, 3, 14, 5, tzinfo=UTC)
STAFF = {
    "authority_name": "Southmarsh Borough Council", "authority_colour": "teal", "search_url": "/search",
    "phone": "020 7946 0123",
    "user_name": "Amara", "sign_out_url": "/out",
    "nav": [{"text": "Waiting", "href": "/w", "count": 3, "current": True}],
}  # fmt: skip
PAGES = [
    "400",
    "403",
    "403_csrf",
    "404",
    "413",
    "429",
    "500",
    "design/not_received",
    "design/stale",
    "design/public",
    "design/staff",
]


def page(name, **context):
    return render_to_string(f"{name}.html", {**STAFF, **context}, RequestFactory().get("/"))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_named_reachable_by_keyboard_and_clean_of_inline_code(name):
    drawn = page(name)
    assert re.search(r'<html lang="en[^"]*" dir="ltr"', drawn)
    assert 'href="#main-content"' in drawn and drawn.count('id="main-content"') == 1
    assert drawn.count("<h1") <= 1
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", drawn)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", drawn))


def test_a_page_that_is_hidden_and_a_page_that_is_not_there_read_the_same():
    assert page("403") == page("404")


def test_error_pages_can_be_drawn_with_nothing_at_all():
    for name in ("400", "403", "404", "500"):
        assert "999" in render_to_string(f"{name}.html", {})


def test_what_could_not_be_received_is_shown_back_for_copying():
    drawn = page("design/not_received", typed=[("Your words", "He takes <everything>")])
    assert "We have not received this" in drawn and "He takes &lt;everything&gt;" in drawn
    assert "020 7946 0123" in drawn and "999" in drawn


def test_a_stale_page_shows_both_texts_and_offers_to_save_on_the_new_version():
    drawn = page(
        "design/stale",
        fields=[("Reasons", "mine <b>", "theirs", "Desmond", TUESDAY)],
        form=DecideJoansConcern(COMPLETE),
        version=9,
    )
    assert "mine &lt;b&gt;" in drawn and "What Desmond saved" in drawn and "Tue 3 Mar 2026, 14:05" in drawn
    assert 'name="_version" value="9"' in drawn


def test_public_pages_say_that_nothing_is_read_until_it_is_sent_and_offer_a_way_out():
    drawn = page("design/public")
    assert "We cannot read this until you send it." in drawn
    assert "govuk-exit-this-page" in drawn and "history may still show" in drawn


def test_a_search_is_posted_so_that_no_name_stands_in_an_address():
    drawn = page("design/staff")
    assert re.search(r'<form class="hv-top__search" method="post"', drawn)


def test_the_built_styles_leave_out_the_typeface_and_the_royal_arms():
    css = clean_css(
        "@font-face{font-family:GDS Transport;src:url(/a.woff2)}"
        ".a{font-family:GDS Transport,arial,sans-serif;color:red}"
        ".b{padding:1px;background-image:url(/assets/images/govuk-crest.svg);color:blue}.c{mask-image:url(x/crown.png)}"
        ".d{background:url(/assets/images/icon-document.svg)}/*# sourceMappingURL=x.map */"
    )
    assert not re.search("GDS Transport|font-face|crest|crown|sourceMappingURL", css)
    assert "color:red" in css and "padding:1px;color:blue" in css and "url(icons/icon-document.svg)" in css
