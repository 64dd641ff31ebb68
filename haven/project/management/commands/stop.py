from typing import Any

from django.core.management.base import BaseCommand

from haven.project import private_database
from haven.project.server.left_over import stop_left_over
from haven.project.server.lock import stop_holder
from haven.project.settings.databases import is_private


class Command(BaseCommand):
    help = "Stop this home's server, anything a killed one left running, and the private database."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        stop_holder(seconds=5)
        stop_left_over(grace=2)
        if is_private():
            private_database.stop()
