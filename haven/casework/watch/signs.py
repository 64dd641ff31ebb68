"""The rules at work: each function looks at one look and says what it sees, or nothing.

What the reader is to the record counts first. The worker and the manager of a case are expected to read it often, late
and long after; only what they share with the person (an address, a telephone number) is still a sign.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from haven.casework.events.looking import Look, people_opened, usual_hours
from haven.casework.watch import rules
from haven.casework.watch.registries import on_duty
from haven.casework.watch.rules import WEIGHTS, Rule
from haven.casework.watch.scene import Cause, Scene
from haven.casework.watch.surnames import family_name_of, rarity
from haven.casework.watch.why import ALLOCATED
from haven.design.moments import london

HABIT = timedelta(days=28)
"""How far back somebody's own habit is taken from."""


@dataclass(frozen=True)
class Seen:
    """What one rule saw in one look: who, about what, how much it weighs, with which facts, and the looks behind it."""

    rule: Rule
    weight: int
    look: Look
    cause: Cause
    facts: dict[str, Any] = field(default_factory=dict)
    behind: tuple[UUID, ...] = ()

    @property
    def reads(self) -> list[UUID]:
        """The looks behind it, the one that was looked at now among them."""
        return list(dict.fromkeys((self.look.id, *self.behind)))


Finder = Callable[[Scene, Look, Cause], Iterator[Seen]]


def signs_in(scene: Scene) -> list[Seen]:
    """Everything the rules see in these looks."""
    found = [seen for look in scene.looks for seen in _signs_of(scene, look)]
    return [*found, *_at_night(scene), *_in_bulk(scene)]


def _signs_of(scene: Scene, look: Look) -> Iterator[Seen]:
    if look.route == "search":
        yield from _searched(scene, look)
        return
    cause = scene.cause(look)
    if look.route in rules.LISTS or look.route in rules.OF_THE_GUARDIAN or cause.about_id is None:
        return
    for find in FINDERS:
        yield from find(scene, look, cause)


def own_details(scene: Scene, look: Look, cause: Cause) -> Iterator[Seen]:
    """The reader's own address or telephone number stands in the record."""
    for person_id in look.shown("person"):
        for what in scene.shared[look.reader_id, person_id] & {"address", "phone"}:  # type: ignore[index]
            yield Seen(rules.OWN_DETAILS, WEIGHTS[what], look, cause, {"what": what})


def neighbour(scene: Scene, look: Look, cause: Cause) -> Iterator[Seen]:
    """The same postcode or street as the reader's; half as much where the case is theirs to work on."""
    for person_id in look.shown("person"):
        shared = scene.shared[look.reader_id, person_id]  # type: ignore[index]
        if shared & {"address", "phone"} or not shared & {"postcode", "street"}:
            continue
        what = "postcode" if "postcode" in shared else "street"
        weight = WEIGHTS[what] // (2 if scene.tie(look) in ALLOCATED else 1)
        yield Seen(rules.NEIGHBOUR, weight, look, cause, {"what": what})


def surname(scene: Scene, look: Look, cause: Cause) -> Iterator[Seen]:
    """The reader's family name, weighed by how common it is here; never enough by itself (PR-26)."""
    own = family_name_of(scene.readers[look.reader_id].name)  # type: ignore[index]
    shared = own in {scene.family_names.get(person_id) for person_id in look.shown("person")}
    weight = round(WEIGHTS["surname"] * rarity(scene.common[own])) if shared and own in scene.common else 0
    weight //= 2 if weight and scene.tie(look) in ALLOCATED else 1
    if weight:
        yield Seen(rules.SURNAME, weight, look, cause, {"per_10000": round(scene.common[own], 1)})


def colleague(scene: Scene, look: Look, cause: Cause) -> Iterator[Seen]:
    """The record is about somebody with an account, said so or by the address they sign in with."""
    them = scene.colleagues.get(cause.person_id, set()) if cause.person_id else set()
    if them - {look.reader_id} and scene.tie(look) not in ALLOCATED:
        yield Seen(rules.COLLEAGUE, WEIGHTS["colleague"], look, cause)


def after_transfer(scene: Scene, look: Look, cause: Cause) -> Iterator[Seen]:
    """A case that went to somebody else, or was closed, some time ago."""
    case, tie = scene.cases.get(cause.case_id) if cause.case_id else None, scene.tie(look)
    if case is None or look.reader_id is None or tie in ALLOCATED or tie in rules.KEEPERS:
        return
    gone = scene.ties.last_held(look.reader_id, case)
    days = (look.at - gone).days if gone else -1
    if days >= scene.number(rules.AFTER_TRANSFER, cause.authority_id):
        weight = WEIGHTS["transfer_within_team" if tie else "transfer"]
        yield Seen(rules.AFTER, weight, look, cause, {"days": days, "what": "transfer"})
    elif case.closed_at and (look.at - case.closed_at).days >= scene.number(rules.AFTER_CLOSING, cause.authority_id):
        days = (look.at - case.closed_at).days
        yield Seen(rules.AFTER, WEIGHTS["closed"], look, cause, {"days": days, "what": "closed"})


def no_tie(scene: Scene, look: Look, cause: Cause) -> Iterator[Seen]:
    """Neither worker, manager, team nor duty. A reason given (an emergency, covering) is weighed, not passed over."""
    tie = scene.tie(look)
    if not tie:
        yield Seen(rules.NO_TIE, WEIGHTS["no_tie"], look, cause, {"what": ""})
    elif tie in rules.BY_REASON:
        yield Seen(rules.NO_TIE, WEIGHTS["by_reason"], look, cause, {"what": "by_reason"})


def many_looks(scene: Scene, look: Look, cause: Cause) -> Iterator[Seen]:
    """Many looks at one person in a fortnight, and nothing recorded in any of their cases."""
    if cause.person_id is None or look.reader_id is None or scene.tie(look) in ALLOCATED:
        return
    if any((look.reader_id, case.pk) in scene.worked for case in scene.cases_of[cause.person_id]):
        return
    earlier = scene.earlier[look.reader_id, cause.person_id]
    opened = [each for each in earlier if each.route not in rules.LISTS and each.at <= look.at]
    times = len({each.at.replace(minute=0, second=0, microsecond=0) for each in opened})
    most = scene.number(rules.MANY_LOOKS, cause.authority_id)
    if times >= most:
        weight = WEIGHTS["twice_as_many" if times >= 2 * most else "many"]
        yield Seen(rules.MANY, weight, look, cause, {"times": times}, tuple(each.id for each in opened))


FINDERS: tuple[Finder, ...] = (own_details, neighbour, surname, colleague, after_transfer, no_tie, many_looks)


def _searched(scene: Scene, look: Look) -> Iterator[Seen]:
    """A search that showed somebody with whom the reader has no case or report, again."""
    for person_id in look.shown("person"):
        if look.reader_id is None or _knows(scene, look, person_id):
            continue
        earlier = [each for each in scene.earlier[look.reader_id, person_id] if each.at <= look.at]
        apart = {each.at.replace(minute=each.at.minute // 10 * 10, second=0, microsecond=0) for each in earlier}
        authority_id = scene.authority_of(person_id, look.reader_id)
        if len(apart) >= scene.number(rules.SEARCHES, authority_id):
            weight = min(100, WEIGHTS["search"] * len(apart))
            behind = tuple(each.id for each in earlier)
            cause = Cause(person_id, None, None, authority_id)
            yield Seen(rules.SEARCH_ONLY, weight, look, cause, {"times": len(apart)}, behind)


def _knows(scene: Scene, look: Look, person_id: UUID) -> bool:
    """They work with the person, or have opened something about them in the fortnight."""
    assert look.reader_id is not None
    tied = any(scene.ties.of(look.reader_id, case, look.at) for case in scene.cases_of[person_id])
    return tied or any(each.route not in rules.LISTS for each in scene.earlier[look.reader_id, person_id])


def _at_night(scene: Scene) -> Iterator[Seen]:
    """Opened between the hours that are night here, by somebody neither on duty nor used to it."""
    late = [look for look in scene.looks if _opened(scene, look) and _is_night(scene, look)]
    if not late:
        return
    first = min(look.at for look in late)
    usual = usual_hours({look.reader_id for look in late if look.reader_id}, first - HABIT, first)
    for look in late:
        cause, tie = scene.cause(look), scene.tie(look)
        share = _share_at_night(scene, usual.get(look.reader_id, {}), cause)  # type: ignore[arg-type]
        if tie in ALLOCATED or _on_duty(scene, look) or share >= scene.number(rules.NIGHT_SHARE, cause.authority_id):
            continue
        facts = {"hour": london(look.at).hour, "percent": round(share)}
        yield Seen(rules.NIGHT, WEIGHTS["night"], look, cause, facts)


def _opened(scene: Scene, look: Look) -> bool:
    """A record was opened, in the way of everyday work."""
    plain = look.route not in rules.LISTS and look.route not in rules.OF_THE_GUARDIAN
    return plain and scene.cause(look).about_id is not None


def _is_night(scene: Scene, look: Look) -> bool:
    return _night_hour(scene, london(look.at).hour, scene.cause(look))


def _night_hour(scene: Scene, hour: int, cause: Cause) -> bool:
    begins = scene.number(rules.NIGHT_FROM, cause.authority_id)
    return hour >= begins or hour < scene.number(rules.NIGHT_UNTIL, cause.authority_id)


def _share_at_night(scene: Scene, hours: dict[int, int], cause: Cause) -> float:
    """Percent of somebody's looks that were at night; none yet is none at night."""
    everything = sum(hours.values())
    late = sum(times for hour, times in hours.items() if _night_hour(scene, hour, cause))
    return 100 * late / everything if everything else 0.0


def _on_duty(scene: Scene, look: Look) -> bool:
    assert look.reader_id is not None
    roles = {each.role for each in scene.ties.held(look.reader_id, look.at)}
    return "out_of_hours_worker" in roles or look.reader_id in on_duty([look.reader_id], look.at)


def _in_bulk(scene: Scene) -> Iterator[Seen]:
    """More people opened within some minutes than the number allows, and than is this reader's own habit."""
    newest = {look.reader_id: look for look in scene.looks if _opened(scene, look)}
    for reader_id, look in newest.items():
        assert reader_id is not None
        authority_id = next((each.authority_id for each in scene.ties.held(reader_id, look.at)), None)
        span = timedelta(minutes=scene.number(rules.BULK_MINUTES, authority_id))
        until = look.at + timedelta(microseconds=1)
        now = people_opened([reader_id], until - span, until, span=span, lists=rules.LISTS).get(reader_id, [0])
        if max(now) < scene.number(rules.BULK_PEOPLE, authority_id):
            continue
        before = people_opened([reader_id], until - HABIT, until - span, span=span, lists=rules.LISTS)
        usual = sum(before.get(reader_id, [])) / max(1, len(before.get(reader_id, [])))
        if max(now) >= scene.number(rules.BULK_HABIT, authority_id) * usual:
            facts = {"people": max(now), "minutes": span.seconds // 60, "usual": round(usual, 1)}
            yield Seen(rules.BULK, WEIGHTS["bulk"], look, Cause(authority_id=authority_id), facts)
