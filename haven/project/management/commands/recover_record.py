import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from psycopg.conninfo import conninfo_to_dict

from haven.casework.access import wall
from haven.casework.access.actors import actor_for
from haven.casework.access.models import User
from haven.casework.operations.refusals import Refusal
from haven.project.backups.records import Recovered, compare, put_back, reach_copy
from haven.project.backups.refusals import BackupRefused
from haven.project.home import CHECKOUT


class Command(BaseCommand):
    help = "Compare one record with a restored copy and, with --as, put it back; the others stay as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("record", help="its kind, such as cases.casenote")
        parser.add_argument("id")
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--home", metavar="FOLDER", help="the HAVEN_HOME that the copy was restored into")
        where.add_argument("--url", metavar="URL", help="the copy's database, where it is another server")
        parser.add_argument("--as", dest="as_", metavar="EMAIL", help="the platform operator who puts it back")

    def handle(self, *args: Any, **options: Any) -> None:
        reach_copy(_address(options["url"] or _url_of(options["home"])))
        try:
            with transaction.atomic():
                wall.open_to_all("an operator compares one record with a restored copy")
                found = compare(options["record"], options["id"])
                self.tell(found)
                if options["as_"] and found.columns:
                    put_back(found, by=actor_for(_operator(options["as_"]), timezone.now()), at=timezone.now())
                    self.stderr.write("· put back, and recorded")
        except (BackupRefused, Refusal) as refusal:
            raise CommandError(str(refusal)) from refusal

    def tell(self, found: Recovered) -> None:
        """Say what differs. The words are on this terminal alone; run it where nobody looks over your shoulder."""
        if not found.columns:
            self.stdout.write("The record stands here as in the copy.")
        for column in found.columns:
            here = "(gone)" if found.here is None else getattr(found.here, column)
            self.stdout.write(f"{column}\n  in the copy: {getattr(found.there, column)}\n  here:        {here}")


def _operator(email: str) -> User:
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise BackupRefused("There is no such account.")
    return found


def _url_of(home: str) -> str:
    """The copy's address as its superuser, who sees every row; it is started if it does not run."""
    environment = {**os.environ, "HAVEN_HOME": str(Path(home).expanduser().resolve())}
    command = [sys.executable, "-m", "haven.project", "database_url", "--superuser"]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(f"The copy in {home} does not answer: {done.stderr.strip()[-300:]}")
    return done.stdout.strip()


def _address(url: str) -> dict[str, Any]:
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {setting: parts.get(name, "") for name, setting in known.items()}
