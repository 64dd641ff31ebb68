"""A new key for an authority's protected values, and everything protected again under it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.people.keys import add_key
from haven.casework.people.rotating import rotate_keys


class Command(BaseCommand):
    """script/haven rotate_protected_keys --authority eastmere"""

    help = "Make a new key for an authority's protected values and protect them all again under it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--authority", required=True, help="its code")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            wall.open_to_all("an operator renews the key of any authority")
            authority = Authority.objects.filter(code=options["authority"]).first()
            if authority is None:
                raise CommandError("There is no authority with that code.")
            version = add_key(authority.pk)
            done = rotate_keys(authority.pk)
        self.stdout.write(f"{done} protected again under key {version}. Earlier keys may be taken out of its file.")
