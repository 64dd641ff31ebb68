import json
import os
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from haven.casework.access.models import User
from haven.casework.access.sessions import NoDemonstration, sign_in_as
from haven.project.demonstration.secrets_of import typed_by


class Command(BaseCommand):
    help = "Sign in as a persona of the demonstration: a cookie to put into a browser. Refused in production."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as", required=True, dest="persona", metavar="PERSONA", help="a role, such as manager")
        parser.add_argument("--json", action="store_true", help="answer as JSON")
        parser.add_argument(
            "--show-secret", action="store_true", help="what to type instead: address, password, app secret, code now"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        persona = options["persona"].replace("-", "_")
        try:
            answer = shown(persona) if options["show_secret"] else opened(persona)
        except NoDemonstration as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(json.dumps(answer) if options["json"] else "\n".join(answer.values()))


def opened(persona: str) -> dict[str, str]:
    """A session with its second step done."""
    name, value = sign_in_as(persona)
    return {"cookie": f"{name}={value}", "url": f"http://localhost:{os.environ.get('PORT') or 8000}/"}


def shown(persona: str) -> dict[str, str]:
    """What somebody types on the sign-in page."""
    user = User.objects.filter(persona=persona).first()
    if user is None:
        raise NoDemonstration(f"No persona {persona!r}. Run script/setup to make the demonstration authority.")
    return asdict(typed_by(user))
