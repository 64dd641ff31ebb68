"""Slowing down guessing without locking out the person whose account it is.

Wrong tries are counted for fifteen minutes from the first. A device that has signed in to the account before counts by
itself (five tries); others count by their network (five) and all together (thirty). A try while it is closed is not
counted, so going on trying keeps nobody out longer, and nobody can close a device that is not theirs.

A new device has no count of its own, so somebody who goes on guessing from everywhere keeps it closed. Its holder
chooses a new password by the link in their e-mail, on that device: from then on it is one that is known
(`ChosenByMail`), and lets them in at once. So nobody is kept out for longer than fifteen minutes, or than it takes to
open an e-mail. Asking for links cannot be used up against them: whoever else asks for one, it is sent to them.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connections
from django.http import HttpRequest

from haven.casework.access.devices import device_for, network_of
from haven.casework.access.models import SignInAttempts

APART = "apart"
WINDOW = timedelta(minutes=15)
TRIES, TRIES_TOGETHER = 5, 30

COUNT = """
INSERT INTO access_signinattempts AS a (key, began_at, failures) VALUES (%(key)s, %(at)s, 1)
ON CONFLICT (key) DO UPDATE SET
    began_at = CASE WHEN a.began_at <= %(over)s THEN %(at)s ELSE a.began_at END,
    failures = CASE WHEN a.began_at <= %(over)s THEN 1 ELSE a.failures + 1 END
WHERE a.began_at <= %(over)s OR a.failures < %(most)s
RETURNING failures
"""
"""Counts the try before it is made, in one statement, so that many at once are still counted one by one."""


def places_of(request: HttpRequest, email: str, what: str) -> list[tuple[str, int]]:
    """The counts that a try from here goes to, each with how many it bears. `what` is "password" or "code"."""
    device = device_for(request, email)
    if device:
        return [(_key(what, email, "device", device), TRIES)]
    return [(_key(what, email, "network", network_of(request)), TRIES), (_key(what, email, "all", ""), TRIES_TOGETHER)]


def try_once(places: list[tuple[str, int]], at: datetime) -> bool:
    """Count a try; no, and nothing is counted, where one of the places is closed."""
    counted: list[tuple[str, int]] = []
    for key, most in places:
        if not _count(key, most, at):
            take_back(counted)
            return False
        counted.append((key, most))
    return True


def take_back(places: list[tuple[str, int]]) -> None:
    """The try was right: it is not counted."""
    with connections[APART].cursor() as cursor:
        for key, _most in places:
            cursor.execute(
                "UPDATE access_signinattempts SET failures = failures - 1 WHERE key = %s AND failures > 0", [key]
            )


def forget_old(at: datetime) -> int:
    """Delete the counts of windows that are over; how many."""
    return SignInAttempts.objects.using(APART).filter(began_at__lte=at - WINDOW).delete()[0]


def _count(key: str, most: int, at: datetime) -> bool:
    with connections[APART].cursor() as cursor:
        cursor.execute(COUNT, {"key": key, "at": at, "over": at - WINDOW, "most": most})
        return cursor.fetchone() is not None


def _key(what: str, email: str, kind: str, where: str) -> str:
    words = "\x00".join((what, email.strip().lower(), kind, where))
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()
