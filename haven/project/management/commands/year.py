import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.measures.snapshots import save_snapshot
from haven.lib.period import Period
from haven.pathways.adults.year.amounts import ScenarioError
from haven.pathways.adults.year.running import build_year
from haven.pathways.adults.year.scenario import read_scenario
from haven.project.demonstration.personas import also_at

WIDTH = 40


class Command(BaseCommand):
    help = "Build a year of case-level records from a scenario file, by the operations people use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scenario", required=True, metavar="FILE", help="a YAML file")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("year writes synthetic people, so it works only in a demonstration.")
        try:
            scenario = read_scenario(options["scenario"])
            answer = build_year(scenario, bar(options["verbosity"]))
        except ScenarioError as fault:
            raise CommandError(str(fault)) from fault
        count_figures(answer.authority, scenario.period)
        if settings.DEMONSTRATION:
            also_at(answer.authority, timezone.localdate())
        facts = asdict(answer)
        self.stdout.write(json.dumps(facts) if options["json"] else "\n".join(f"{k}: {v}" for k, v in facts.items()))


def count_figures(code: str, period: Period) -> None:
    """The figures of the year, ready for the page; what was counted while it was being built is replaced."""
    with transaction.atomic():
        authority = Authority.objects.get(code=code)
        wall.open_to_all("figures count every case, sealed included")
        save_snapshot(authority, period, timezone.now())


def bar(verbosity: int, part: str = "The year") -> Callable[[int, int], None]:
    """Show how far it has come on stderr: one line redrawn at a terminal, a line every tenth otherwise."""
    shown = {"tenths": -1}

    def show(done: int, total: int) -> None:
        tenths = 10 * done // max(total, 1)
        if not verbosity or (not sys.stderr.isatty() and tenths == shown["tenths"]):
            return
        shown["tenths"] = tenths
        filled = "█" * (WIDTH * done // max(total, 1))
        end = "\r" if sys.stderr.isatty() and done < total else "\n"
        sys.stderr.write(f"{part}: {filled:<{WIDTH}} {done:,} of {total:,}{end}")
        sys.stderr.flush()

    return show
