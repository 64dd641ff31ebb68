import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.waiting.reconciling import reconcile


class Command(BaseCommand):
    help = "Count what came against where it is, per channel and day (TR-15). Exit 1 where a day does not come out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--authority", default="", help="the code of one authority; all of them, if not given")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            wall.open_to_all("numbers of what came, by channel and day, over every authority")
            days = reconcile(authority_ids=_asked(options["authority"]))
        off = [day for day in days if not day.balanced]
        if options["json"]:
            self.stdout.write(json.dumps([day.as_json() for day in days]))
        else:
            lines = [f"{day.day}  {day.channel}: {day.received} in, {day.open} open, {day.decided} decided, "
                     f"{day.merged} joined, {day.refused} declined{'' if day.balanced else '  DOES NOT COME OUT'}"
                     for day in days]  # fmt: skip
            self.stdout.write("\n".join([*lines, f"{len(days)} lines, {len(off)} that do not come out"]))
        if off:
            raise SystemExit(1)


def _asked(code: str) -> list[Any] | None:
    if not code:
        return None
    found = Authority.objects.filter(code=code).values_list("pk", flat=True)
    if not found:
        raise CommandError(f"There is no authority {code!r}.")
    return list(found)
