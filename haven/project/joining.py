"""Joins parts that must not know one another: what the accounts need of drafts and of deliveries."""

from haven.casework.access.keeping import KEEPERS
from haven.casework.access.mailing import OUTBOX
from haven.project.accounts.kept import keep
from haven.project.accounts.mail import post

KEEPERS.append(keep)
OUTBOX.append(post)
