import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from haven.casework.events.tables import sealed_names


class Command(BaseCommand):
    help = "Print the sealed tables: events, reads, verifications and row histories."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        names = sealed_names()
        self.stdout.write(json.dumps(names) if options["json"] else "\n".join(names))
