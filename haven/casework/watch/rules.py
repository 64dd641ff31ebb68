"""The rules of the watch, as data: what each sees, how much it weighs, its numbers, its source. Read this file first.

A sign weighs from 1 to 100. Signs about the same reader and the same person add up over a fortnight; at `ALERT_AT` the
guardian is told once, with all of them explained. So one strong sign is enough, and weak ones only when they meet. What
the reader is to the case counts first: a sign that their own work explains is not seen at all (`signs`).

The numbers are local, with dates (LocalPolicy under the number's code): none comes from law. UK GDPR Article 32(1)(d)
asks for regular testing of what keeps records secure, Article 5(1)(f) that nobody reads what they need not.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from haven.casework.access.models.relationships import RELATIONSHIPS

GDPR = "UK GDPR Articles 5(1)(f), 32"
LUTON = "Ali v Luton BC [2022] EWHC 132 (QB)"


@dataclass(frozen=True)
class Number:
    """A number of the watch: its code for LocalPolicy, what it means, and what it is where nobody has set another."""

    code: str
    label: Any
    amount: int


@dataclass(frozen=True)
class Rule:
    """One thing the watch looks for: its words for the guardian, filled with the facts seen, and its source."""

    code: str
    title: Any
    sentence: Any
    source: str
    numbers: tuple[Number, ...] = ()


ALERT_AT = Number("watch.alert_at", _("Weight at which the guardian is told"), 100)
REMEMBERED = Number("watch.remembered_days", _("Days for which weak signs are remembered"), 14)
QUIET = Number("watch.quiet_days", _("Days for which an explained sign stays quiet"), 90)

OWN_DETAILS = Rule(
    "own_details", _("A record with the reader’s own address or telephone number"),
    _("{reader} opened a record that holds their own {what}."), f"{LUTON}; {GDPR}",
)  # fmt: skip

NEIGHBOUR = Rule(
    "neighbour", _("A record of a neighbour"),
    _("{reader} opened the record of somebody in their own {what}."), GDPR,
)  # fmt: skip

SURNAME = Rule(
    "surname", _("The same uncommon family name"),
    _("{reader} and somebody in the record share a family name that {per_10000} in 10,000 people known here have. "
      "A name alone never alerts."), "Local procedure: weighed by how common the name is here",
)  # fmt: skip

COLLEAGUE = Rule(
    "colleague", _("A record about a colleague"),
    _("The record {reader} opened is about somebody with an account in Haven."), GDPR,
)  # fmt: skip

BULK_PEOPLE = Number("watch.bulk.people", _("People opened within the stretch"), 30)
BULK_MINUTES = Number("watch.bulk.minutes", _("Minutes of the stretch"), 30)
BULK_HABIT = Number("watch.bulk.habit", _("Times the reader’s own habit"), 3)
BULK = Rule(
    "bulk", _("Many people opened in a short time"),
    _("{reader} opened the records of {people} people within {minutes} minutes; {usual} is usual for them."),
    f"{LUTON}; {GDPR}", (BULK_PEOPLE, BULK_MINUTES, BULK_HABIT),
)  # fmt: skip

AFTER_CLOSING = Number("watch.after.closing_days", _("Days after closing"), 28)
AFTER_TRANSFER = Number("watch.after.transfer_days", _("Days after the case went to somebody else"), 7)
AFTER = Rule(
    "after_transfer", _("A case opened after it was closed or went to somebody else"),
    _("{reader} opened the case {days} days after it {what}."), GDPR, (AFTER_CLOSING, AFTER_TRANSFER),
)  # fmt: skip

NIGHT_FROM = Number("watch.night.from_hour", _("Hour at which the night begins"), 22)
NIGHT_UNTIL = Number("watch.night.until_hour", _("Hour at which the night ends"), 6)
NIGHT_SHARE = Number("watch.night.usual_percent", _("Percent of their looks at night that make a night worker"), 10)
NIGHT = Rule(
    "night", _("Reading at night, off duty"),
    _("{reader} read at {hour} o’clock at night, not on duty; {percent}% of their looks in four weeks were at night."),
    GDPR, (NIGHT_FROM, NIGHT_UNTIL, NIGHT_SHARE),
)  # fmt: skip

SEARCHES = Number("watch.search.times", _("Searches for the same person"), 3)
SEARCH_ONLY = Rule(
    "search_only", _("Searching for somebody again and again"),
    _("{reader} searched {times} times in two weeks for somebody with whom they have no case or report."),
    f"{LUTON}; {GDPR}", (SEARCHES,),
)  # fmt: skip

NO_TIE = Rule(
    "no_relationship", _("A record with which the reader has nothing to do"),
    _("{reader} opened a record without being its worker, manager, team or duty{what}."), f"{LUTON}; {GDPR}",
)  # fmt: skip

MANY_LOOKS = Number("watch.many.times", _("Looks at one person on different hours, with nothing recorded"), 10)
MANY = Rule(
    "many_looks", _("Many looks at one person, and no work recorded"),
    _("{reader} looked at this person in {times} different hours within two weeks and recorded nothing."),
    GDPR, (MANY_LOOKS,),
)  # fmt: skip

RULES = (OWN_DETAILS, NEIGHBOUR, SURNAME, COLLEAGUE, BULK, AFTER, NIGHT, SEARCH_ONLY, NO_TIE, MANY)
BY_CODE = {rule.code: rule for rule in RULES}

WEIGHTS = {
    "address": 100, "phone": 100, "postcode": 100, "street": 60,
    "surname": 50,
    "colleague": 100,
    "bulk": 100,
    "transfer": 100, "transfer_within_team": 60, "closed": 60,
    "night": 40,
    "search": 25,
    "no_tie": 100, "by_reason": 30,
    "many": 60, "twice_as_many": 100,
}  # fmt: skip
"""How much each sign weighs. A surname at its rarest weighs half of an alert; `search` weighs so much each time."""

LISTS = frozenset(
    (
        "home",
        "team",
        "duty",
        "board",
        "search",
        "figure-cases",
        "guardian",
        "guardian-decided",
        "my-looks",
        "quality-cases",
        "fetch-pack",
    )
)
"""Pages that show many people because they are lists. Being shown in one is a look, but nobody opened the record."""

OF_THE_GUARDIAN = frozenset(("decide-alert", "case-looks", "person-looks", "looks-copy"))
"""Pages on which following who looked is the work itself."""

KEEPERS = frozenset(("keeper", "named", "supervising", "referral_recipient", "advocate", "auditing", "triage"))
"""Relationships of one's own to a case that make reading it one's work."""

BY_REASON = frozenset(RELATIONSHIPS) - KEEPERS
"""The others rest on a reason given by the reader (an emergency, covering for somebody): weighed, not passed over."""

WHAT = {
    "address": _("address"), "phone": _("telephone number"), "postcode": _("postcode"), "street": _("street"),
    "transfer": _("went to somebody else"), "closed": _("was closed"),
    "by_reason": _(", for a reason they gave themselves"),
}  # fmt: skip
"""The facts that are codes, in words."""
