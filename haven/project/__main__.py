"""`python -m haven.project <command>`, which script/haven calls: the right settings, the right role, a database."""

import os
import sys

from django.core.management import execute_from_command_line

from haven.project import private_database
from haven.project.settings.databases import is_private

# These write tables, or rows in bulk, and so run as the owner of the tables.
AS_OWNER = {"migrate", "makemigrations", "showmigrations", "sqlmigrate", "seed"}
WITHOUT_DATABASE = {"", "help", "--help", "-h", "version", "--version", "stop", "match", "restore"}


def main(arguments: list[str]) -> None:
    """Run one command. Its name may be written with - or _."""
    command = _known_name(arguments[0]) if arguments else ""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haven.project.settings.demonstration")
    if command in AS_OWNER:
        os.environ["HAVEN_DATABASE_ROLE"] = "owner"
    if command not in WITHOUT_DATABASE and is_private():
        private_database.ensure_running()
    execute_from_command_line(["script/haven", *([command] if command else []), *arguments[1:]])


def _known_name(typed: str) -> str:
    """A command's own name is its module's, which has no hyphen."""
    return typed if typed.startswith("-") else typed.replace("-", "_")


if __name__ == "__main__":
    main(sys.argv[1:])
