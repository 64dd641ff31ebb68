import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from haven.casework.events.keys import NoAuditKey, key_from, public_part
from haven.casework.events.sealer import CannotSeal, seal


class Command(BaseCommand):
    help = "Seal what is new and print the signed head, to keep where this machine's administrators cannot reach it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--next", metavar="FILE", help="a new key (openssl rand -base64 32) that this head hands over to"
        )
        parser.add_argument("--json", action="store_true", help="as it always is")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            next_key = public_part(key_from(Path(options["next"]).read_text().strip())) if options["next"] else None
            head = seal(even_if_quiet=True, next_key=next_key)
        except (CannotSeal, NoAuditKey, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        if head is None:
            raise CommandError("Nothing was sealed.")
        if next_key:
            self.stderr.write("· this head hands over: set HAVEN_AUDIT_KEY (or HAVEN_HOME/keys/audit) to the new key")
        self.stdout.write(json.dumps(head.printed(), indent=2, sort_keys=True))
