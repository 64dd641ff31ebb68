import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from haven.project.backups.bases import take_base
from haven.project.backups.progress import Steps
from haven.project.backups.refusals import BackupRefused
from haven.project.backups.rehearsing import rehearse
from haven.project.backups.settings import is_on_another_disk, make_key, private_key, target
from haven.project.backups.shipping import follow, ship
from haven.project.settings.databases import is_private


class Command(BaseCommand):
    help = "Back up the private server, encrypted: a base, or --follow for every change; --check restores it elsewhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", metavar="FOLDER", default="", help="where to (HAVEN_BACKUPS): on another machine")
        parser.add_argument("--new-key", metavar="FILE", help="make a key, its private part into this file, and end")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--follow", action="store_true", help="ship every change and document until stopped")
        what.add_argument("--ship", action="store_true", help="ship what is new once, without a base")
        what.add_argument("--check", action="store_true", help="rehearse: restore elsewhere, look over, throw away")
        parser.add_argument("--key", metavar="FILE", help="for --check: the private key")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = self.answer(options)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps(answer) if options["json"] else "\n".join(f"{k}: {v}" for k, v in answer.items()))
        if answer.get("ok") is False:
            raise SystemExit(1)

    def answer(self, options: dict[str, Any]) -> dict[str, Any]:
        if options["new_key"]:
            public = make_key(Path(options["new_key"]).expanduser())
            return {"public key": public, "private key in": options["new_key"], "now": "keep it away from this machine"}
        if not is_private():
            raise BackupRefused("DATABASE_URL is set: back that server up with pgBackRest. See docs/operations.md.")
        where, steps = target(options["to"]), Steps()
        if options["check"]:
            if not options["key"]:
                raise BackupRefused("Restoring needs the private key: --key FILE.")
            return rehearse(where, private_key(options["key"]), steps)
        where.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not is_on_another_disk(where):
            self.stderr.write("· the backups are on the disk of the data and would die with it: name another with --to")
        if options["follow"]:
            follow(where)
        if options["ship"]:
            return {"shipped": ship(where)}
        base = take_base(where, steps, timezone.now())
        steps.done(f"{ship(where)} segments and documents shipped")
        return {"base": base.name, "megabytes": round(base.bytes / 1e6, 1), "seconds": steps.seconds}
