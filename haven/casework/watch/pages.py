"""What each page is called where somebody is told who opened it: the name of its address, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

PAGES: dict[str, Any] = {
    "home": _("My work, a list"),
    "team": _("The team’s open cases, a list"),
    "duty": _("The duty desk, a list"),
    "board": _("The manager’s board, a list"),
    "search": _("A search"),
    "figure-cases": _("The cases behind a figure, a list"),
    "guardian": _("The guardian’s queue"),
    "guardian-decided": _("The guardian’s decided alerts"),
    "decide-alert": _("An alert of the guardian’s"),
    "case-looks": _("Who has looked at the case"),
    "person-looks": _("Who has looked at the record"),
    "looks-copy": _("A copy of who has looked at the record"),
    "my-looks": _("The reader’s own looks"),
    "case": _("The case page"),
    "case-timeline": _("The timeline of the case"),
    "case-summary": _("The summary of the case, to print"),
    "case-copy": _("The case as text, to copy"),
    "person": _("The person’s page"),
    "report": _("A report"),
    "report-file": _("A file of a report"),
    "report-copy": _("A report as text, to copy"),
}
"""Every other page is a step, and its address says which: “record-hearing” is “Step: record hearing”."""


def page_in_words(route: str) -> str:
    """The page as somebody would call it."""
    return str(PAGES.get(route) or _("Step: %(step)s") % {"step": route.replace("-", " ")})
