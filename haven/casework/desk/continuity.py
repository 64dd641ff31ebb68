"""The continuity pack: what the duty desk works from when Haven is down, and a keeper for their kept cases (TR-36).

An encrypted PDF, because every machine opens one without Haven, a network or a tool nobody has at three in the morning.
In the desk's pack no kept case stands, nor a sign of one (TR-03): each keeper has a pack of their own. No protected
value stands in either, wherever it was typed; the pack says whom to ring for it (docs/decisions/0020-survive.md).
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from haven.casework.access import wall
from haven.casework.access.models import Authority, Membership, User
from haven.casework.access.restrictions import Restriction
from haven.casework.access.roles import DUTY, ROLES
from haven.casework.cases.models import Case, Involvement
from haven.casework.desk.continuity_case import section_of, warnings_of
from haven.casework.desk.masking import protected_of
from haven.casework.documents.keeping import put
from haven.casework.operations.actor import Actor
from haven.casework.people.keeping import to_look_for
from haven.casework.people.models import Flag, ProtectedValue, Relationship
from haven.casework.people.protecting import masked
from haven.casework.upkeep.models import ContinuityPack
from haven.casework.upkeep.operations import make_pack
from haven.casework.upkeep.words import words_of
from haven.casework.watch.ties import keepers_of
from haven.design.moments import moment_in_words
from haven.lib.calendar import day_of
from haven.lib.paper.locking import locked
from haven.lib.paper.making import Section, text_pdf

BY = "continuity pack"
DANGERS = ("risk_to_staff", "visit_in_pairs", "do_not_ring_home")
"""Flags that whoever goes or rings must know of."""


def make_packs(authority: Authority, at: datetime) -> list[ContinuityPack]:
    """Make the desk's pack of an authority and that of each keeper."""
    with transaction.atomic():
        wall.open_for_work("the pack to work from when all is down", authority.pk)
        desk = _made(authority, None, high_risk(authority, at), at)
        kept = _by_keeper(authority, at)
        return [desk, *(_made(authority, keeper, cases, at) for keeper, cases in kept.items())]


def high_risk(authority: Authority, at: datetime) -> QuerySet[Case]:
    """Open cases, not kept to anybody: urgent, or with danger at home, a warning for staff, something protected."""
    today = day_of(at)
    person = {"person": OuterRef("person")}
    home = Relationship.objects.filter(**person, risk_to=True, ended_at=None, lives_with=True)
    flags = Flag.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today), **person, kind__in=DANGERS)
    kept = ProtectedValue.objects.standing().filter(**person)
    high = Q(urgency__in=("act_now", "today")) | Exists(home) | Exists(flags) | Exists(kept)
    return _open(authority).filter(high, restriction=Restriction.OPEN)


def _by_keeper(authority: Authority, at: datetime) -> dict[User, list[Case]]:
    """Every kept case, under each who keeps it, works on it or answers for it."""
    found: dict[User, list[Case]] = {}
    for case in _open(authority).exclude(restriction=Restriction.OPEN):
        for user in {*keepers_of(case, at), *(each for each in (case.worker, case.manager) if each)}:
            found.setdefault(user, []).append(case)
    return found


def _open(authority: Authority) -> QuerySet[Case]:
    parts = ("person", "worker", "manager", "team", "authority")
    return Case.objects.open().filter(authority=authority).select_related(*parts).order_by("opened_at")


def _made(authority: Authority, keeper: User | None, cases: Iterable[Case], at: datetime) -> ContinuityPack:
    listed = sorted(cases, key=lambda case: (case.urgency != "act_now", case.opened_at))
    owner = keeper.pk if keeper else authority.pk
    title = _("Continuity pack: %(name)s") % {"name": keeper.name if keeper else authority.name}
    content = locked(text_pdf(title, list(_sections(authority, keeper, listed, at))), words_of(owner))
    sha256 = hashlib.sha256(content).hexdigest()
    pack = ContinuityPack(authority=authority, keeper=keeper, sha256=sha256, path=put(content, sha256))
    pack.roles, pack.case_ids = [] if keeper else list(DUTY), [case.pk for case in listed]
    pack.person_ids = sorted(_people(listed))
    return make_pack(pack, by=Actor.job(BY), at=at)


def _people(cases: list[Case]) -> set[UUID]:
    """Everybody who has a part in these cases."""
    parts = Involvement.objects.filter(case__in=cases).exclude(person=None)
    return {*(case.person_id for case in cases), *parts.values_list("person_id", flat=True)}


def _sections(authority: Authority, keeper: User | None, cases: list[Case], at: datetime) -> Iterator[Section]:
    yield Section(_("Read this first"), _lead(cases, keeper, at))
    yield Section(_("Whom to ring"), _numbers(authority, at))
    yield Section(_("Warnings for whoever goes or rings"), "\n".join(warnings_of(cases, DANGERS, at)) or _("None."))
    for case in cases:
        section = section_of(case, at)
        values = list(protected_of([case.person_id], [case.pk], []))
        yield Section(section.heading, masked(section.text, to_look_for(values)))


def _lead(cases: list[Case], keeper: User | None, at: datetime) -> str:
    whose = _("Cases kept to you.") if keeper else _("Open cases at high risk. It is not every open case.")
    return "\n\n".join(
        (
            _("As things stood %(when)s. %(n)s cases. %(whose)s")
            % {"when": moment_in_words(at), "n": len(cases), "whose": whose},
            _("Where it says [protected], ring the worker or manager named. Nothing protected stands in this file."),
            _("Write down what you do, with the time, on paper. Enter it when Haven is back."),
            _("Do not print more than you need. Delete this file when a newer one has come."),
        )
    )


def _numbers(authority: Authority, at: datetime) -> str:
    """The authority's numbers, then those on duty by their roles."""
    own = (
        (_("Daytime"), authority.telephone),
        (_("Out of hours"), authority.out_of_hours_telephone),
        (_("Children’s services"), authority.childrens_telephone),
    )
    lines = [f"{words}: {number}" for words, number in own if number]
    held = Membership.objects.on(day_of(at)).filter(authority=authority, role__in=DUTY, user__is_active=True)
    for each in held.select_related("user").order_by("role", "user__name"):
        lines.append(f"{each.user.name}, {ROLES[each.role]}: {each.user.telephone or _('no number')}")
    return "\n".join(dict.fromkeys(lines))


def pack_name(pack: Any) -> str:
    """The name of the file: of no person."""
    return f"continuity-{day_of(pack.made_at):%Y-%m-%d}.pdf"
