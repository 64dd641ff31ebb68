import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from haven.casework.waiting.states import EVERY, queue_of, states


class Command(BaseCommand):
    help = "List every state in which something can wait, and the page that shows it (TR-16)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = [{"pathway": one.pathway or EVERY, "state": one.code, "queue": queue_of(one)} for one in states()]
        if options["json"]:
            self.stdout.write(json.dumps(found))
        else:
            self.stdout.write("\n".join(f"{one['state']}  {one['queue']}" for one in found))
