import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from haven.casework.events.verifying import Verdict, as_answer, verify


class Command(BaseCommand):
    help = "Compare everything that was recorded with the signed heads; ends with 1 where anything was changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--head", metavar="FILE", help="a head that audit_head printed and that was kept elsewhere")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify(_read(options["head"]) if options["head"] else None)
        self.stdout.write(json.dumps(as_answer(verdict)) if options["json"] else _in_words(verdict))
        if not verdict.ok:
            raise SystemExit(1)


def _read(path: str) -> dict[str, Any]:
    try:
        kept = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as failure:
        raise CommandError(f"The head in {path} cannot be read: {failure}") from failure
    if not isinstance(kept, dict):
        raise CommandError(f"{path} holds no head as audit_head prints it.")
    return kept


def _in_words(verdict: Verdict) -> str:
    lines = [f"{fault['table']} {fault['id']} {fault['kind']}" for fault in verdict.faults]
    if verdict.found > len(lines):
        lines.append(f"and {verdict.found - len(lines):,} more")
    rows = sum(verdict.rows.values())
    said = "no fault" if verdict.ok else f"{verdict.found:,} faults"
    erased = f", {verdict.erased:,} erased" if verdict.erased else ""
    lines.append(f"{rows:,} rows in {verdict.head:,} heads: {said}{erased}, {verdict.seconds} s")
    return "\n".join(lines)
