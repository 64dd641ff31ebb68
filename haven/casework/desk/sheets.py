"""Rows as a spreadsheet or as comma-separated values, in which no cell can be a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(value: str) -> str:
    """The text, behind an apostrophe where a spreadsheet might take it for a formula."""
    return f"'{value}" if value.lstrip(" ").startswith(BEGINS_A_FORMULA) or value[:1] in BEGINS_A_FORMULA else value


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a mark, so that a spreadsheet reads accents right."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(headings)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def as_xlsx(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet with a heading row that stays in sight; every cell is text."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, book.add_format({"bold": True}))
            sheet.set_column(column, column, 28)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, guarded(cell))
    return file.getvalue()
