import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.desk.journeys import JOURNEYS
from haven.casework.measures.snapshots import save_snapshot
from haven.lib.period import Period


class Command(BaseCommand):
    help = "Count the figures of an authority for a period, from its records, and keep them for the figures page."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--authority", required=True, metavar="CODE")
        parser.add_argument("--from", required=True, dest="from_on", metavar="DAY", help="such as 2018-04-01")
        parser.add_argument("--to", required=True, dest="to_on", metavar="DAY", help="the last day, counted")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        period = period_of(options["from_on"], options["to_on"])
        with transaction.atomic():
            authority = Authority.objects.filter(code=options["authority"]).first()
            if authority is None:
                raise CommandError(f"There is no authority {options['authority']!r}.")
            wall.open_to_all("figures count every case, sealed included")
            figures = save_snapshot(authority, period, timezone.now()).measures
        shown = [figure for figure in figures if figure["id"] not in JOURNEYS]
        self.stdout.write(json.dumps(shown, ensure_ascii=False) if options["json"] else in_words(shown))


def period_of(from_on: str, to_on: str) -> Period:
    """The days asked for; refused where they are no days, or the wrong way round."""
    try:
        return Period(date.fromisoformat(from_on), date.fromisoformat(to_on))
    except ValueError as fault:
        raise CommandError(f"--from and --to: {fault}. Write days such as 2018-04-01.") from fault


def in_words(figures: list[dict[str, Any]]) -> str:
    """The figures as lines to read."""
    lines = []
    for figure in figures:
        base = f" of {figure['base_n']:,}" if figure["base_n"] is not None else ""
        counted = f"{figure['count']:,}{base}" if figure["count"] is not None else f"base{base}"
        percent = f", {figure['value']}%" if figure["kind"] == "share" else ""
        lines.append(f"{figure['title']}: {counted}{percent}  [{figure['id']}]")
        lines += [f"    {row['label']}: {row['count']:,} ({row['percent']}%)" for row in figure["rows"]]
    return "\n".join(lines)
