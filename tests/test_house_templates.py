"""Pages keep to the strict content security policy, and carry nothing a stranger typed as markup."""

import re

import pytest
from house import HAVEN, files, name

TEMPLATES = files(".html", under=HAVEN)
REFUSED = {
    "inline style": re.compile(r"<[^>{]*\sstyle\s*=|<style\b"),
    "inline script": re.compile(r"<script\b(?![^>]*\ssrc=)"),
    "a script on an attribute": re.compile(r"<[^>{]*\s(on[a-z]+|hx-on[:a-z-]*)\s*="),
    "something from another place": re.compile(r"<(script|link|img|iframe)\b[^>]*(src|href)=[\"']?(https?:)?//"),
    "markup taken on trust": re.compile(r"\|\s*safe\b|{%\s*autoescape off"),
    "a search in an address": re.compile(r"<form\b[^>]*method=[\"']?get[^>]*\brole=[\"']?search", re.IGNORECASE),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_holds_nothing_the_browser_will_refuse(path):
    text = path.read_text(encoding="utf-8")

    assert [what for what, pattern in REFUSED.items() if pattern.search(text)] == []
