"""Whether alerts and blocks fall evenly on staff of different name origin (PR-26; Equality Act 2010 s149).

Nobody's group is stored, shown or exported. A family name is read into a broad group while the page is made, by the
short lists below, and only where the list makes it likely; everybody else is “other, or cannot be said”. It errs, and
says so on the page: it is good for seeing that something is badly uneven, and for nothing about one person. Groups
with fewer than ten staff, or fewer than one case, are put together with the others.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, log, sqrt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from haven.casework.access.models import Conflict, Membership, User
from haven.casework.watch.models import Alert
from haven.lib.calendar import day_of
from haven.lib.text import normalise

SMALLEST = 10
WITHIN = timedelta(days=365)
OTHER = "other"

LISTS: dict[str, tuple[object, frozenset[str]]] = {
    "south_asian": (_("South Asian names"), frozenset(
        "ahmed akhtar ali begum bhatt bibi choudhury desai hussain iqbal islam kaur khan kumar mahmood malik miah "
        "nair patel rahman shah sharma singh uddin".split()
    )),
    "african": (_("African names"), frozenset(
        "abebe adebayo adeyemi afolabi amoah asante boateng chukwu diallo eze mensah mohamud moyo ndlovu nwosu okafor "
        "okeke okonkwo olatunji osei owusu tesfaye".split()
    )),
    "eastern_european": (_("Eastern European names"), frozenset(
        "horvat ivanov kaminski kowalczyk kowalski lewandowski nowak petrov popescu wisniewski wojcik zielinski".split()
    )),
    "east_asian": (_("East Asian names"), frozenset(
        "chan chen cheung ho huang lam leung li lin liu nguyen pham tran wang wong wu yang zhang".split()
    )),
}  # fmt: skip
"""Family names common enough in one broad group, and rare enough in the others, to say something of many people at
once. Names shared widely between groups (Lee, Thomas, George, Martin) are on no list."""


@dataclass(frozen=True)
class Group:
    """One group: how many staff, alerts and blocks, each per 1,000 staff, and how that compares with everybody else.

    `ratio` is the rate of alerts and blocks together over that of all other staff, with the interval in which it lies
    with 95 % confidence; None where there are too few to say.
    """

    label: object
    staff: int
    alerts: int
    blocks: int
    alerts_per_1000: float
    blocks_per_1000: float
    ratio: float | None = None
    low: float | None = None
    high: float | None = None


def group_of(name: str) -> str:
    """The group a name's family name is listed under; `other` where it is on no list."""
    family = normalise(name).split(" ")[-1] if name else ""
    return next((code for code, (_label, listed) in LISTS.items() if family in listed), OTHER)


def fairness(authority_ids: list[UUID], at: datetime) -> list[Group]:
    """The groups of the authorities' staff in the last year; three statements."""
    held = Membership.objects.on(day_of(at)).filter(authority_id__in=authority_ids)
    names = dict(User.objects.filter(is_active=True, pk__in=held.values("user_id")).values_list("pk", "name"))
    groups = {pk: group_of(name) for pk, name in names.items()}
    small = {code for code, n in Counter(groups.values()).items() if n < SMALLEST}
    of = {pk: OTHER if code in small else code for pk, code in groups.items()}
    alerts = _counted(Alert.objects.filter(authority_id__in=authority_ids, raised_at__gte=at - WITHIN)
                      .exclude(reader=None).values_list("reader_id", flat=True), of)  # fmt: skip
    blocks = _counted(Conflict.objects.filter(authority_id__in=authority_ids, detected=True, from_at__gte=at - WITHIN)
                      .values_list("user_id", flat=True), of)  # fmt: skip
    staff = Counter(of.values())
    codes = [*(code for code in LISTS if staff[code]), OTHER]
    return [_group(code, staff, alerts, blocks) for code in codes if staff[code]]


def _counted(ids: object, of: dict[UUID, str]) -> Counter[str]:
    return Counter(of[pk] for pk in ids if pk in of)  # type: ignore[attr-defined]


def _group(code: str, staff: Counter[str], alerts: Counter[str], blocks: Counter[str]) -> Group:
    label = LISTS[code][0] if code in LISTS else _("Other names, or cannot be said")
    mine, all_staff = alerts[code] + blocks[code], sum(staff.values())
    others, rest = sum(alerts.values()) + sum(blocks.values()) - mine, all_staff - staff[code]
    compared = ratio_of(mine, staff[code], others, rest)
    rates = (1000 * alerts[code] / staff[code], 1000 * blocks[code] / staff[code])
    return Group(label, staff[code], alerts[code], blocks[code], *rates, *compared)


def ratio_of(mine: int, staff: int, others: int, rest: int) -> tuple[float | None, float | None, float | None]:
    """The ratio of two rates and its 95 % interval (logarithmic, Poisson counts); None where either count is 0."""
    if not (mine and others and staff and rest):
        return None, None, None
    ratio = (mine / staff) / (others / rest)
    spread = 1.96 * sqrt(1 / mine + 1 / others)
    return ratio, exp(log(ratio) - spread), exp(log(ratio) + spread)
