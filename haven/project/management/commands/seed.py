import json
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from haven.project.bench.seed.size import Size
from haven.project.bench.seed.writing import AlreadySeeded, as_answer, seed


class Command(BaseCommand):
    help = "Write synthetic people, cases and personas in bulk, over ten years and four authorities, to measure with."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same records")
        parser.add_argument(
            "--until", metavar="MOMENT", help="the moment the records end, with its offset; now if not given"
        )
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("seed writes synthetic people, so it works only in a demonstration.")
        if options["cases"] < 1 or options["seed"] < 0:
            raise CommandError("--cases is a number from 1, --seed a number from 0.")
        size = Size(options["cases"], options["seed"], _moment(options["until"]))
        try:
            answer = as_answer(seed(size, quiet=not options["verbosity"]))
        except AlreadySeeded as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(json.dumps(answer) if options["json"] else "\n".join(f"{k}: {v}" for k, v in answer.items()))


def _moment(given: str | None) -> datetime:
    if not given:
        return timezone.now()
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as fault:
        raise CommandError("--until is a moment such as 2026-03-10T10:00+00:00.") from fault
    if moment.tzinfo is None:
        raise CommandError("--until needs its offset from UTC, such as 2026-03-10T10:00+00:00.")
    return moment
