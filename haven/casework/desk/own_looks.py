"""What Haven has recorded of one's own looks, shown to oneself: nobody is watched in secret (UK GDPR Article 13).

A case or report is named only where they may still see it; what they may not see any more is a record without a name.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from haven.casework.access import wall
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.events.looking import Look, looks_by
from haven.casework.operations.actor import Actor
from haven.casework.watch.pages import page_in_words
from haven.casework.watch.rules import LISTS, RULES, Rule
from haven.casework.watch.why import reason_in_words
from haven.lib.calendar import day_of

DAYS = 30
MOST = 2000


@dataclass(frozen=True)
class OwnLook:
    """One look: when, which page, which record, why."""

    at: datetime
    page: str
    record: str
    why: str


@dataclass
class OwnLooks:
    """The last thirty days, newest first, day by day; and the rules by which the watch judges looks."""

    days: dict[date, list[OwnLook]] = field(default_factory=dict)
    shown: dict[str, list[UUID]] = field(default_factory=dict)
    count: int = 0
    cut: bool = False
    rules: tuple[Rule, ...] = RULES


def own_looks(actor: Actor, at: datetime) -> OwnLooks:
    """Everything this reader looked at in thirty days; four statements."""
    with wall.lifted("one's own looks at what one may no longer see are listed, without its name"):
        looks = looks_by(actor.user_id, at - timedelta(days=DAYS), at, MOST)
    names, shown = _names(actor, looks)
    own = OwnLooks(shown=shown, count=len(looks), cut=len(looks) == MOST)
    for look in looks:
        said = OwnLook(look.at, page_in_words(look.route), _record(look, names), reason_in_words(look.reason))
        own.days.setdefault(day_of(look.at), []).append(said)
    return own


def _names(actor: Actor, looks: Iterable[Look]) -> tuple[dict[UUID, str], dict[str, list[UUID]]]:
    abouts = {look.about for look in looks if look.about}
    by_kind = {kind: [pk for found, pk in abouts if found == kind] for kind in ("case", "contact")}
    cases = Case.objects.visible_to(actor).filter(pk__in=by_kind["case"]).values_list("pk", "reference")
    reports = Contact.objects.readable_by(actor).filter(pk__in=by_kind["contact"]).values_list("pk", "reference")
    names = {"case": dict(cases), "contact": dict(reports)}
    return {**names["case"], **names["contact"]}, {kind: list(known) for kind, known in names.items()}


def _record(look: Look, names: dict[UUID, str]) -> str:
    """What it was about, as far as they may still see it."""
    if look.route in LISTS:
        return _("%(n)s people") % {"n": len(look.shown("person"))} if look.shown("person") else "–"
    kind, pk = look.about or ("", None)
    if kind in ("case", "contact"):
        return names.get(pk, _("one you no longer see")) if pk else "–"
    return _("a person") if kind == "person" else "–"
