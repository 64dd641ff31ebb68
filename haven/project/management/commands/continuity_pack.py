from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.desk.continuity import make_packs
from haven.casework.desk.jobs import place_outside
from haven.casework.documents.keeping import files_folder
from haven.casework.upkeep.words import renew_words, words_of


class Command(BaseCommand):
    help = "Make an authority's continuity packs now; or show, or renew, the words that open its desk's pack."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--authority", required=True, help="its code")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--words", action="store_true", help="show the words, to write on paper, and make nothing")
        what.add_argument("--new-words", action="store_true", help="renew the words and make the packs with them")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            wall.open_to_all("an operator makes the packs of any authority")
            authority = Authority.objects.filter(code=options["authority"]).first()
        if authority is None:
            raise CommandError("There is no authority with that code.")
        if options["words"]:
            return self.stdout.write(words_of(authority.pk))
        if options["new_words"]:
            self.stdout.write(renew_words(authority.pk))
        self.make(authority)

    def make(self, authority: Authority) -> None:
        desk, *kept = make_packs(authority, timezone.now())
        place_outside(authority.code, desk)
        self.stderr.write(f"· {len(desk.case_ids)} cases for the desk; {len(kept)} packs of keepers")
        outside = getattr(settings, "HAVEN_CONTINUITY", None)
        where = Path(outside) / f"continuity-{authority.code}.pdf" if outside else files_folder() / desk.path
        self.stdout.write(str(where))
