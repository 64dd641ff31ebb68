"""A copy of who has looked, for the person themselves: a subject access answer (UK GDPR Article 15(1)(c)).

Whether it names members of staff is chosen each time, for it is weighed each time (Data Protection Act 2018 Schedule 2
paragraph 16); what was chosen stands in the read record. Without names each reader is a number.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse
from django.utils.translation import gettext as _

from haven.casework.desk.sheets import as_csv, as_xlsx
from haven.casework.watch.looks import AccessReport
from haven.design.moments import clock_in_words, day_in_words

SOURCE = Path(__file__).parent / "templates" / "desk" / "looks.typ"
KINDS = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
HEADINGS = ("Day", "Times", "Who", "Role", "Page", "Record", "Why")


def copy_of(report: AccessReport, kind: str, *, named: bool, about: str, made: str) -> HttpResponse:
    """The report as a file of this kind, with or without the names of staff."""
    rows = list(rows_of(report, named))
    if kind == "csv":
        body = as_csv(HEADINGS, rows)
    elif kind == "xlsx":
        body = as_xlsx(_("Who has looked"), HEADINGS, rows)
    else:
        body = pdf_of(report, named=named, about=about, made=made)
    answer = HttpResponse(body, content_type=KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="who-has-looked.{kind}"'
    return answer


def rows_of(report: AccessReport, named: bool) -> Iterator[list[str]]:
    """One row for each day, page and reason of each reader."""
    for number, reader in enumerate(report.readers, start=1):
        who = reader.name if named else _("Member of staff %(n)s") % {"n": number}
        for each in reader.stretches:
            times = ", ".join(clock_in_words(moment) for moment in each.times)
            yield [day_in_words(each.day), times, who, reader.roles, each.page, each.record, each.why]


def pdf_of(report: AccessReport, *, named: bool, about: str, made: str) -> bytes:
    """A tagged PDF (PDF/UA-1): a heading for each reader, and a table of their looks."""
    readers: list[dict[str, Any]] = []
    for number, reader in enumerate(report.readers, start=1):
        who = reader.name if named else _("Member of staff %(n)s") % {"n": number}
        readers.append({"who": who, "roles": reader.roles, "rows": [list(row) for row in _table(reader)]})
    words = {
        "title": _("Who has looked at the record"),
        "about": about,
        "made": made,
        "empty": _("Nobody has looked at this record."),
        "headings": [_("Day"), _("Times"), _("Page"), _("Record"), _("Why")],
        "readers": readers,
    }
    pdf: bytes = typst.compile(SOURCE.read_bytes(), sys_inputs={"looks": json.dumps(words)}, pdf_standards=["ua-1"])
    return pdf


def _table(reader: Any) -> Iterator[tuple[str, ...]]:
    for each in reader.stretches:
        times = ", ".join(clock_in_words(moment) for moment in each.times)
        yield day_in_words(each.day), times, each.page, each.record or "–", each.why
