from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from haven.project import private_database
from haven.project.demonstration.loading import load_demonstration, make_authority
from haven.project.management.commands.year import bar
from haven.project.settings.databases import is_private


class Command(BaseCommand):
    help = "Make the demonstration authority and load its year and its last weeks; goes on where it stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--authority-only", action="store_true", help="its teams, staff and personas, and no cases")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration is not loaded in production.")
        if options["authority_only"]:
            staff = make_authority(timezone.now())
            self.stderr.write(f"The demonstration authority is {staff.authority.name}.")
            return
        load_demonstration(timezone.now(), shower(options["verbosity"]))
        if is_private():
            private_database.write_out()


def shower(verbosity: int) -> Callable[[str, int, int], None]:
    """Show on stderr how far each part has come."""
    bars: dict[str, Callable[[int, int], None]] = {}

    def show(part: str, done: int, total: int) -> None:
        bars.setdefault(part, bar(verbosity, part))(done, total)

    return show
