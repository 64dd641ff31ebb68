import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from haven.casework.access import wall
from haven.casework.access.models import Authority
from haven.casework.access.operations.invitations import invite
from haven.casework.operations.actor import Actor
from haven.casework.operations.refusals import Refusal


class Command(BaseCommand):
    help = "Invite an authority's first administrator, or an operator of the service: a link is sent by e-mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="", help="how they are called; the address, where not given")
        parser.add_argument("--authority", required=True, metavar="CODE")
        parser.add_argument("--role", default="authority_administrator")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        authority = Authority.objects.filter(code=options["authority"]).first()
        if authority is None:
            raise CommandError(f"No authority {options['authority']!r}.")
        who = {"email": options["email"], "name": options["name"] or options["email"], "roles": [options["role"]]}
        try:
            with transaction.atomic():
                wall.open_to_all("an operator invites to any authority")
                invitation = invite(authority, **who, by=Actor.job("invite command"), at=timezone.now())
        except Refusal as refused:
            raise CommandError(str(refused)) from refused
        answer = {"invitation": str(invitation.pk), "expires_at": invitation.expires_at.isoformat()}
        self.stdout.write(json.dumps(answer) if options["json"] else "\n".join(answer.values()))
