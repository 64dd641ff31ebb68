from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import Refusal
from haven.casework.partners.models import Partner
from haven.casework.partners.operations.partners import add_partner, issue_token
from haven.pathways.adults.codes import PERSONAL_SOURCES, SOURCES, values

AGENCIES = [code for code in values(SOURCES) if code not in PERSONAL_SOURCES]


class Command(BaseCommand):
    help = (
        "Issue a token to a partner's system, letting the partner in where it is new. The token alone is printed, once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--partner", required=True, metavar="NAME", help="what people here call it")
        parser.add_argument("--authority", required=True, metavar="CODE")
        parser.add_argument(
            "--source", metavar="CODE", help="who tells us by it; “other” where it is new and not given"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        authority = Authority.objects.filter(code=options["authority"]).first()
        if authority is None:
            raise CommandError(f"No authority {options['authority']!r}.")
        if options["source"] not in (None, *AGENCIES):
            raise CommandError(f"No agency {options['source']!r}. One of: {', '.join(AGENCIES)}.")
        try:
            with transaction.atomic():
                wall.open_to_all("an operator lets a partner in at any authority")
                token = issued(authority, options["partner"], options["source"])
        except Refusal as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(token)


def issued(authority: Authority, name: str, source: str | None) -> str:
    """A token of this partner's, who is let in where there is none of the name."""
    by, at = Actor.job("issue-token command"), timezone.now()
    partner = Partner.objects.filter(authority=authority, name=" ".join(name.split())).first()
    if partner is None:
        partner = add_partner(authority, name=name, source_code=source or "other", by=by, at=at)
    if source not in (None, partner.source_code):
        raise CommandError(f"{partner.name} is known here as {partner.source_code}, not as {source}. Use another name.")
    return issue_token(partner, by=by, at=at)
