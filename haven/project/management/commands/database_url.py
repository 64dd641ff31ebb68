from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from haven.project import private_database
from haven.project.settings.databases import is_private


class Command(BaseCommand):
    help = "Print the address of the private database, as the application's role."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--superuser", action="store_true", help="as the server's superuser instead")

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_private():
            raise CommandError("DATABASE_URL is set, so the private database is not in use.")
        role = private_database.SUPERUSER if options["superuser"] else private_database.APP
        self.stdout.write(private_database.url(role))
