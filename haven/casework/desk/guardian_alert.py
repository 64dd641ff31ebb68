"""One alert explained: which rules saw what, the looks behind it, and how its reader has been reading lately."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from haven.casework.access.models import User
from haven.casework.desk.following import following, references_of
from haven.casework.desk.guardian import in_words
from haven.casework.events.looking import Look, looks_by, these_looks
from haven.casework.operations.actor import Actor
from haven.casework.watch.models import Alert, Sign
from haven.casework.watch.pages import page_in_words
from haven.casework.watch.rules import BY_CODE, LISTS
from haven.casework.watch.why import reason_in_words
from haven.design.moments import clock_in_words, day_in_words, moment_in_words
from haven.lib.calendar import day_of
from haven.lib.text import cited

LATELY = timedelta(days=14)
MOST_LOOKS = 3000


@dataclass(frozen=True)
class SignTold:
    """What one rule saw, in words, and how much of an alert it is."""

    title: str
    sentence: str
    weight: int
    source: str
    people: int


@dataclass
class Explained:
    """Everything the guardian needs in order to judge one alert."""

    signs: list[SignTold] = field(default_factory=list)
    behind: list[list[str]] = field(default_factory=list)
    lately: list[list[Any]] = field(default_factory=list)
    shown: dict[str, set[UUID]] = field(default_factory=dict)
    behind_columns: tuple[Any, ...] = (_("When"), _("Page"), _("Record"), _("Reason recorded"))
    lately_columns: tuple[Any, ...] = (
        _("Day"), _("Hours"), {"text": _("Looks"), "numeric": True}, {"text": _("People opened"), "numeric": True},
    )  # fmt: skip


def explain(alert: Alert, actor: Actor) -> Explained:
    """Why it was raised; seven statements."""
    with following(actor):
        signs = list(alert.signs.order_by("-weight", "rule", "first_at"))
        reads = {pk for sign in signs for pk in sign.reads} | ({alert.read_id} if alert.read_id else set())
        looks = these_looks(reads)
        names, lately = _references(looks, actor), _lately(alert)
    told = [_told(rule, list(group), alert.reader) for rule, group in _by_rule(signs).items()]
    shown = {kind: set(known) for kind, known in names.items()}
    return Explained(told, [_row(look, names) for look in looks], lately, shown)


def _by_rule(signs: list[Sign]) -> dict[str, list[Sign]]:
    """The signs of each rule together, the heaviest rule first."""
    grouped: dict[str, list[Sign]] = {}
    for sign in signs:
        grouped.setdefault(sign.rule, []).append(sign)
    return grouped


def _told(code: str, signs: list[Sign], reader: User | None) -> SignTold:
    rule, sign = BY_CODE[code], signs[0]
    sentence = in_words(rule.sentence, sign.facts, reader=reader.name if reader else str(_("Somebody")))
    return SignTold(str(rule.title), sentence, sign.weight, cited(rule.source), len({each.about_id for each in signs}))


def _references(looks: list[Look], actor: Actor) -> dict[str, dict[UUID, str]]:
    """The references of the cases and reports that these looks are about."""
    about = [look.about for look in looks if look.about and look.route not in LISTS]
    ids = {kind: [pk for found, pk in about if found == kind] for kind in ("case", "contact")}
    return references_of(actor, ids["case"], ids["contact"])


def _row(look: Look, names: dict[str, dict[UUID, str]]) -> list[str]:
    kind, pk = look.about or ("", None)
    record = names.get(kind, {}).get(pk, "–") if pk else "–"
    return [moment_in_words(look.at), page_in_words(look.route), record, reason_in_words(look.reason) or "–"]


def _lately(alert: Alert) -> list[list[Any]]:
    """The fortnight up to the alert, day by day: looks, people whose records were opened, from when until when."""
    if alert.reader_id is None:
        return []
    until = alert.raised_at + timedelta(minutes=1)
    days: dict[date, list[Look]] = {}
    for look in looks_by(alert.reader_id, until - LATELY, until, MOST_LOOKS):
        days.setdefault(day_of(look.at), []).append(look)
    return [_day(day, looks) for day, looks in days.items()]


def _day(day: date, looks: list[Look]) -> list[Any]:
    people = {pk for look in looks if look.route not in LISTS for pk in look.shown("person")}
    hours = f"{clock_in_words(looks[-1].at)}–{clock_in_words(looks[0].at)}"
    return [day_in_words(day), hours, len(looks), len(people)]
