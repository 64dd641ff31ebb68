import json
import subprocess
import sys
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError

from haven.project.backups.checking import look_over
from haven.project.backups.progress import Steps
from haven.project.backups.refusals import BackupRefused
from haven.project.backups.restoring import Wanted, restore
from haven.project.backups.settings import private_key, target
from haven.project.home import CHECKOUT
from haven.project.server.lock import holder
from haven.project.settings.databases import is_private

LONDON = ZoneInfo("Europe/London")


class Command(BaseCommand):
    help = "Bring the private server, its documents and keys back into this HAVEN_HOME, to the end or to a moment."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="from_", metavar="FOLDER", default="", help="the backups (HAVEN_BACKUPS)")
        parser.add_argument("--key", metavar="FILE", required=True, help="the private key")
        parser.add_argument("--keys-key", metavar="FILE", help="the private key of the keys, where it is another")
        parser.add_argument("--to", metavar="MOMENT", type=_moment, help='"2026-11-25 14:29:59", London unless it says')
        parser.add_argument("--over", action="store_true", help="move what stands there aside, and go on")
        parser.add_argument("--line", default="latest", help="the line of history: 1 is the server's first")
        parser.add_argument("--head", metavar="FILE", help="a signed head that was kept elsewhere, to verify against")
        parser.add_argument(
            "--look-only", action="store_true", help="look over what was restored before; restore nothing"
        )
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_private():
            raise CommandError("DATABASE_URL is set: restore that server by its own means. See docs/operations.md.")
        if holder() is not None:
            raise CommandError("The server runs from this HAVEN_HOME. Stop it first: script/haven stop")
        steps = Steps()
        if options["look_only"]:
            base = target(options["from_"]).base_for(options["to"])
            return self.stdout.write(json.dumps(look_over(base, _head(options["head"])).as_answer()))
        try:
            key = private_key(options["key"])
            keys_key = private_key(options["keys_key"]) if options["keys_key"] else ""
            wanted = Wanted(target(options["from_"]), key, options["to"], options["over"], keys_key, options["line"])
            base = restore(wanted, steps)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        found = _looked_over(options)
        steps.done(f"looked over: {found['rows']:,} rows, {found['heads']:,} heads, {found['documents']:,} documents")
        answer = {**found, "base": base.name, "seconds": steps.seconds, "steps": steps.taken}
        self.stdout.write(json.dumps(answer) if options["json"] else _in_words(answer))
        if not found["ok"]:
            raise SystemExit(1)


def _moment(words: str) -> datetime:
    moment = datetime.fromisoformat(words)
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def _looked_over(options: dict[str, Any]) -> dict[str, Any]:
    """Look over in a new process: this one began before the keys came back, and knows others."""
    given = [("--from", options["from_"]), ("--head", options["head"]), ("--to", options["to"] and str(options["to"]))]
    words = [word for name, value in given if value for word in (name, value)]
    command = [sys.executable, "-m", "haven.project", "restore", "--key", options["key"], "--look-only", *words]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(f"What was restored could not be looked over: {done.stderr.strip()[-500:]}")
    return json.loads(done.stdout)


def _head(path: str | None) -> dict[str, Any] | None:
    return json.loads(Path(path).read_text()) if path else None


def _in_words(answer: dict[str, Any]) -> str:
    said = "Everything is as it was." if answer["ok"] else "NOT EVERYTHING IS AS IT WAS:"
    lines = [f"Restored from base {answer['base']} in {answer['seconds']} s. {said}", *answer["faults"]]
    return "\n".join([*lines, "Now take a new base: script/haven backup"])
