import json
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from haven.casework.access.sessions import NoDemonstration, sign_in_as


class Command(BaseCommand):
    help = "Sign in as a persona of the demonstration: a cookie to put into a browser. Refused in production."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as", required=True, dest="persona", metavar="PERSONA", help="a role, such as manager")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            name, value = sign_in_as(options["persona"].replace("-", "_"))
        except NoDemonstration as refused:
            raise CommandError(str(refused)) from refused
        answer = {"cookie": f"{name}={value}", "url": f"http://localhost:{os.environ.get('PORT') or 8000}/"}
        self.stdout.write(json.dumps(answer) if options["json"] else "\n".join(answer.values()))
