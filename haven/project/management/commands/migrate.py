from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections, transaction

from haven.casework.events.tables import make_sealable
from haven.project.grants import apply_grants, apply_policies, make_extensions


class Command(migrate.Command):
    """Django's migrate, as the owner of the tables; then histories that can be sealed, grants and row policies."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.settings_dict["USER"] == settings.DATABASE_APP_ROLE:
            raise CommandError("migrate runs as the owner of the tables: use script/haven, and set DATABASE_OWNER_URL.")
        if options["plan"] or options["check_unapplied"]:
            super().handle(*args, **options)
            return
        make_extensions(connection)
        super().handle(*args, **options)
        with transaction.atomic(using=options["database"]):
            with connection.cursor() as cursor:
                make_sealable(cursor)
            apply_grants(connection, settings.DATABASE_APP_ROLE)
            if not options["app_label"]:
                apply_policies(connection, settings.DATABASE_APP_ROLE)
