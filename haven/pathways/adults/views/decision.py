"""Working out what a concern is: one page for each operation but the decision's own (deciding.py)."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from haven.casework.access.reading import show_ids
from haven.casework.access.roles import STAFF
from haven.casework.cases.models import Involvement
from haven.casework.desk.loading import actor_of
from haven.casework.people.keeping import HOW_IS_PROTECTED, protected_by_default
from haven.casework.people.models import Relationship
from haven.pathways.adults import operations
from haven.pathways.adults.forms import decision as forms
from haven.pathways.adults.models import Concern, PoliceHold, PossibleCrime
from haven.pathways.adults.models.told import told_in
from haven.pathways.adults.operations.safety import NEVER
from haven.pathways.adults.operations.telling import lines_to_tell
from haven.pathways.adults.panels.known import known_of
from haven.pathways.adults.views.allocating import holders
from haven.pathways.adults.views.stepping import (
    asked,
    at_stage,
    chosen_first,
    concern_of,
    nothing_to_do,
    on_chosen,
    onward,
    opened,
    posted,
)


def record_hearing(request: HttpRequest, reference: str) -> HttpResponse:
    """What the adult says, or why we have not heard them yet."""
    case = opened(request, reference, "record_hearing")
    concern = concern_of(case)
    known = {
        "hearing": forms.HEARD if concern.heard else concern.not_heard_because, "wants": concern.adult_wants,
        "knows": concern.adult_knows, "agrees": concern.adult_agrees, "ground": concern.override_ground,
    }  # fmt: skip
    form = forms.RecordHearing(posted(request), initial=known)
    run = partial(operations.record_hearing, concern)
    return asked(request, case, form, run, version=concern.version, done=_("Recorded what the adult says."))


def record_types(request: HttpRequest, reference: str) -> HttpResponse:
    """Types of harm, place and sources of risk."""
    case = opened(request, reference, "record_types")
    concern, known = concern_of(case), known_of(case, actor_of(request))
    sources = [row["code"] for row in known.sources if not row["involvement_id"]]
    given = {
        "types": [row["code"] for row in known.types], "location": concern.location, "place": concern.place_id,
        "primary": next((row["code"] for row in known.types if row["primary"]), ""), "sources": sources,
        "source_else": next((code for code in sources if code not in forms.OFTEN), ""),
    }  # fmt: skip
    form = forms.RecordTypes(posted(request), authority_id=case.authority_id, initial=given)
    run = partial(operations.record_types, concern)
    return asked(request, case, form, run, version=concern.version, done=_("Types, place and source recorded."))


def name_alleged_source(request: HttpRequest, reference: str) -> HttpResponse:
    """Name an alleged source of harm."""
    case = opened(request, reference, "name_alleged_source")
    links = list(_relationships(case).filter(risk_to=False))
    show_ids(request, "person", [link.other_id for link in links])
    people = [(str(link.other_id), _known_person(link)) for link in links]
    concern = concern_of(case)
    staff = holders(case, STAFF)
    form = forms.NameAllegedSource(posted(request), people=people, staff=staff, initial=_alleged_in_report(concern))
    run = partial(operations.name_alleged_source, concern)
    return asked(request, case, form, run, done=_("Alleged source of harm named."))


def _alleged_in_report(concern: Concern) -> dict[str, Any]:
    """Whom the report names or describes, until somebody is named: nothing is asked twice (PR-16)."""
    told = told_in(concern.contact)
    if not told.alleged or Involvement.objects.filter(case=concern.case, role="alleged_source").exists():
        return {}
    source = {"source_of_risk": told.sources[0]} if told.sources else {}
    lives = {"lives_with": told.lives_with} if told.lives_with else {}
    return {"who": forms.DESCRIBED, "words": told.alleged[:200], **source, **lives}


def end_risk_to(request: HttpRequest, reference: str) -> HttpResponse:
    """A manager ends a risk link, with reasons."""
    case = opened(request, reference, "end_risk_to")
    links = _relationships(case).filter(risk_to=True)
    if not links:
        return nothing_to_do(request, case, _("Nobody is linked as a risk to the adult."))
    show_ids(request, "person", [link.other_id for link in links])
    form = forms.EndRiskTo(posted(request), links=links, initial=chosen_first(request, links))
    return asked(request, case, form, on_chosen(operations.end_risk_to, case), done=_("Risk link ended."))


def _relationships(case):
    """How people of this authority's knowledge stand to the adult, those that still hold."""
    held = Relationship.objects.filter(person_id=case.person_id, authority_id=case.authority_id, ended_at=None)
    return held.exclude(other=None).select_related("other")


def _known_person(link: Relationship) -> str:
    return f"{link.other.display_name}, {link.get_kind_display().lower()}" if link.other else ""


def record_crime(request: HttpRequest, reference: str) -> HttpResponse:
    """Possible crime: the police told, or why not."""
    case = opened(request, reference, "record_crime")
    kept = PossibleCrime.objects.filter(case=case).first()
    crime = kept or PossibleCrime(case=case)
    names = ("answer", "told_at", "told_by", "reference", "why_not", "adult_wanted")
    known = {name: getattr(crime, name) for name in names}
    told = {"told": "yes" if crime.told_at else "no" if crime.why_not else ""}
    form = forms.RecordCrime(posted(request), initial={**known, **told})
    run = partial(operations.record_crime, concern_of(case))
    return asked(request, case, form, run, version=kept.version if kept else None, done=_("Possible crime recorded."))


def set_police_hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Set a police hold."""
    case = opened(request, reference, "set_police_hold")
    run = partial(operations.set_police_hold, concern_of(case))
    return asked(request, case, forms.SetPoliceHold(posted(request)), run, done=_("Police hold set."))


def lift_police_hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Lift the police hold."""
    case = opened(request, reference, "lift_police_hold")
    hold = PoliceHold.objects.filter(case=case, lifted_at=None).first()
    if hold is None:
        return nothing_to_do(request, case, _("There is no police hold on this case."))
    hold.case = case
    run = partial(operations.lift_police_hold, hold)
    return asked(request, case, forms.LiftPoliceHold(posted(request)), run, done=_("Police hold lifted."), to=onward)


def countersign_concern(request: HttpRequest, reference: str) -> HttpResponse:
    """A second person's view on a decision that this is not an enquiry."""
    case = opened(request, reference, "countersign_concern")
    at_stage(case, "concern")
    run = partial(operations.countersign_concern, concern_of(case))
    page: dict[str, Any] = {"template": "adults/countersign_concern.html", "known": known_of(case, actor_of(request))}
    form = forms.CountersignConcern(posted(request))
    return asked(request, case, form, run, done=_("Second view recorded."), to=onward, **page)


def record_destination(request: HttpRequest, reference: str) -> HttpResponse:
    """When the concern was sent to its destination, and who accepted it."""
    case = opened(request, reference, "record_destination")
    concern = concern_of(case)
    known = {"sent_at": concern.destination_sent_at, "accepted_by": concern.destination_accepted_by}
    form = forms.RecordDestination(posted(request), initial=known)
    run = partial(operations.record_destination, concern)
    return asked(request, case, form, run, version=concern.version, done=_("Destination recorded."), to=onward)


def record_safe_contact(request: HttpRequest, reference: str) -> HttpResponse:
    """How the adult can be reached safely."""
    case = opened(request, reference, "record_safe_contact")
    safe = getattr(case.person, "safe_contact", None)
    names = ("how", "when_safe", "who_must_not_know")
    known = {name: getattr(safe, name, "") for name in names}
    never = [name for name in NEVER if getattr(safe, name, False)]
    form = forms.RecordSafeContact(posted(request), initial={**known, "never": never, "keep_protected": is_kept(case)})
    run = partial(operations.record_safe_contact, case)
    return asked(request, case, form, run, version=safe and safe.version, done=_("Safe contact recorded."))


def is_kept(case):
    """Whether how to reach the adult is protected already, or is by default (PR-22)."""
    safe = getattr(case.person, "safe_contact", None)
    return bool(protected_by_default(case.person)) or getattr(safe, "how", "") == HOW_IS_PROTECTED


def tell_also(request: HttpRequest, reference: str) -> HttpResponse:
    """Who else must know now: told, or not needed."""
    case = opened(request, reference, "tell_also")
    concern = concern_of(case)
    lines = lines_to_tell(concern.contact, concern)
    waiting = next((line.code for line in lines if line.answer is None), "")
    form = forms.TellAlso(posted(request), initial={"line": request.GET.get("which") or waiting})
    run = partial(operations.tell_also, concern)
    page: dict[str, Any] = {"template": "adults/tell_also.html", "lines": lines}
    return asked(request, case, form, run, done=_("Recorded."), to=onward, **page)
