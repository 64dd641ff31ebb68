"""Conflict of interest: saying one knows somebody, recording a colleague, challenging, deciding, own details."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from haven.casework.access.may import may
from haven.casework.access.models import User
from haven.casework.access.reading import show_ids
from haven.casework.access.roles import CASE_READERS
from haven.casework.contacts.kept import ContactConflict
from haven.casework.contacts.models import Contact
from haven.casework.desk.concerned import conflicts_for, fairness_for, openable_people, own_conflicts
from haven.casework.desk.keeping_forms import ChallengeConflict, EndConflict, OwnDetails, RecordConflict
from haven.casework.desk.loading import actor_of, load_case
from haven.casework.desk.saving import run_or_say, save_or_ask
from haven.casework.operations.refusals import NotAllowed
from haven.casework.watch import conflicts, kept_jobs, own_details, report_conflicts, ties

FORM = "desk/keeping_form.html"


def know_person(request: HttpRequest, reference: str) -> HttpResponse:
    """“I know this person”: three taps to choose from, and the case is somebody else's."""
    case = load_case(request, reference)
    if request.method != "POST":
        page = {"reference": case.reference, "back": reverse("case", args=[case.reference]), "said": conflicts.SAID}
        return render(request, "desk/know_person.html", page)
    run = partial(conflicts.know_person, case, ground=request.POST.get("ground", ""))
    return run_or_say(
        request, run, reverse("home"), done=_("Thank you. It is not yours any more; somebody else is told.")
    )


def know_reported(request: HttpRequest, reference: str) -> HttpResponse:
    """The same of a report."""
    contact = _report(request, reference)
    if request.method != "POST":
        back = reverse("report", args=[contact.reference])
        page = {"reference": contact.reference, "back": back, "said": conflicts.SAID}
        return render(request, "desk/know_person.html", page)
    run = partial(conflicts.know_reported, contact, ground=request.POST.get("ground", ""))
    return run_or_say(request, run, reverse("front"), done=_("Thank you. The report is with your colleagues."))


def record_conflict(request: HttpRequest, reference: str) -> HttpResponse:
    """A manager records that a colleague is alleged in a case, or related to it."""
    case = load_case(request, reference)
    if not may(actor_of(request), "watch.record_conflict", case):
        raise NotAllowed("We could not find that page.")
    form = RecordConflict(ties.candidates_for(case, CASE_READERS, timezone.now()), request.POST or None)
    page = {"case": case, "title": _("A colleague is concerned in this case"), "submit": _("Keep them from it")}
    onward, done = reverse("case-readers", args=[case.reference]), _("Recorded. They cannot reach it by any route.")
    return save_or_ask(request, form, partial(conflicts.record_conflict, case), onward, FORM, page, done=done)


def record_report_conflict(request: HttpRequest, reference: str) -> HttpResponse:
    """The same of a report."""
    contact = _report(request, reference)
    if not may(actor_of(request), "watch.record_report_conflict", contact):
        raise NotAllowed("We could not find that page.")
    staff = User.objects.filter(is_active=True, memberships__authority=contact.authority_id).distinct().order_by("name")
    page = {"contact": contact, "title": _("A colleague is concerned in this report"), "submit": _("Keep them from it")}
    run, onward = partial(conflicts.record_report_conflict, contact), reverse("report", args=[contact.reference])
    return save_or_ask(
        request, RecordConflict(staff, request.POST or None), run, onward, FORM, page, done=_("Recorded.")
    )


@require_GET
def conflict_list(request: HttpRequest) -> HttpResponse:
    """Conflicts of interest that stand, the challenged first; and whether blocks fall evenly."""
    actor, now = actor_of(request), timezone.now()
    rows = list(conflicts_for(actor))
    seen = openable_people(rows, actor)
    show_ids(request, "person", seen)
    reports = list(report_conflicts.report_conflicts_for(actor)[:200])
    show_ids(request, "contact", [row.contact_id for row in reports])
    page = {"rows": [(row, seen.get(row.person_id)) for row in rows], "reports": reports}
    page |= {"groups": fairness_for(actor, now), "now": now}
    return render(request, "desk/conflicts.html", page)


def end_conflict(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decide a challenge, or end what does not hold any more."""
    actor = actor_of(request)
    conflict = conflicts_for(actor).filter(pk=pk).first()
    of_report = None if conflict else report_conflicts.report_conflicts_for(actor).filter(pk=pk).first()
    if conflict is None and of_report is None:
        raise NotAllowed("We could not find that page.")
    page = {"title": _("End a conflict of interest"), "submit": _("End it"), "conflict": conflict or of_report}
    end: Any = conflicts.end_conflict if conflict else report_conflicts.end_report_conflict
    run = partial(end, conflict or of_report)
    return save_or_ask(
        request, EndConflict(request.POST or None), run, reverse("conflicts"), FORM, page, done=_("Ended.")
    )


def my_details(request: HttpRequest) -> HttpResponse:
    """My own details, so that Haven can keep me from my own family's cases; and what it keeps me from."""
    me = User.objects.get(pk=actor_of(request).user_id)
    page = {"kept": own_details.kept_in_words(me.pk), "conflicts": own_conflicts(me.pk)}

    def onward(_count: int) -> str:
        kept_jobs.compare_user_now.defer(user_id=str(me.pk))
        return reverse("my-details")

    run, done = partial(own_details.give_own_details, me), _("Kept as codes only. What you typed is not kept.")
    return save_or_ask(request, OwnDetails(request.POST or None), run, onward, "desk/my_details.html", page, done=done)


def challenge_conflict(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say why what keeps me away is wrong."""
    found = [each for each in own_conflicts(actor_of(request).user_id) if each.pk == pk]
    if not found:
        raise NotAllowed("We could not find that page.")
    conflict, of_report = found[0], isinstance(found[0], ContactConflict)
    page = {"title": _("Say why this is wrong"), "submit": _("Send it"), "challenged": conflict}
    challenge: Any = report_conflicts.challenge_report_conflict if of_report else conflicts.challenge_conflict
    run, done = partial(challenge, conflict), _("Sent. Somebody who is not concerned decides.")
    return save_or_ask(
        request, ChallengeConflict(request.POST or None), run, reverse("my-details"), FORM, page, done=done
    )


def _report(request: HttpRequest, reference: str) -> Contact:
    """A waiting report that the reader may see."""
    seen = Contact.objects.visible_to(actor_of(request)).waiting().filter(reference=reference.upper())
    contact = seen.select_related("authority").first()
    if contact is None:
        raise NotAllowed("We could not find that page.")
    show_ids(request, "contact", [contact.pk])
    return contact
