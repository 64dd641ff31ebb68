"""A worker enters a call as it is spoken, an e-mail, a letter, a walk-in or a hand-over (PR-02)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from haven.casework.access.keeping import keep_typed
from haven.casework.access.models import Authority
from haven.casework.access.roles import ENTERS
from haven.casework.desk.loading import actor_of
from haven.casework.operations.refusals import Refusal
from haven.pathways.adults.forms.professional import EnterReportForm
from haven.pathways.adults.forms.whole_report import WholeReport
from haven.pathways.adults.views.sending import context_of, fill_from_email, keep_files, sent


@require_http_methods(["GET", "POST"])
def enter_report(request: HttpRequest) -> HttpResponse:
    """Enter a report that reached us by another way than the web."""
    places = places_of(request)
    place = chosen_place(places, request.POST)
    report = written(request, place)
    if report.step == "keep":
        return keep_for_later(request)
    kept = keep_files(request, report, place)
    contact = sent(request, report, place)
    if contact is None:
        page = {**context_of(report, kept), "places": places, "place": place}
        return render(request, "adults/report_enter.html", page, status=422 if report.faults() else 200)
    messages.success(request, _("Saved as %(reference)s. It is in the duty queue.") % {"reference": contact.reference})
    return redirect("report", contact.reference)


def keep_for_later(request: HttpRequest) -> HttpResponse:
    """Keep what was typed, where somebody stops for now, with or without a script."""
    if keep_typed(request, timezone.now()):
        messages.success(request, _("Kept for you to finish. It is not in the duty queue: nobody else sees it."))
    return redirect("home")


def chosen_place(places: list[Authority], data: QueryDict) -> Authority:
    """The authority it is for; the first of this worker's, where none was chosen."""
    return next((each for each in places if each.code == data.get("authority")), places[0])


def places_of(request: HttpRequest) -> list[Authority]:
    """The authorities for which this worker may enter a report, by name."""
    mine = [pk for pk, role in actor_of(request).roles_at if role in ENTERS]
    return list(Authority.objects.filter(pk__in=mine).order_by("name"))


def written(request: HttpRequest, place: Authority) -> WholeReport:
    """The report as typed so far, with what a dropped e-mail adds."""
    if request.method != "POST":
        return WholeReport(EnterReportForm, initial={"received_at": timezone.now()})
    report = WholeReport(EnterReportForm, request.POST, request.FILES)
    if report.step != "fill":
        return report
    try:
        found = fill_from_email(request, report, place)
    except Refusal as refusal:
        report.form.add_error(None, str(refusal))
        return report
    return refilled(request, report, found)


def refilled(request: HttpRequest, report: WholeReport, found: dict[str, Any]) -> WholeReport:
    """The same report with the e-mail's words beneath those typed, and its sender where none was typed."""
    data = request.POST.copy()
    for name in [name for name in data if name.startswith("received_at-") and found.get("received_at")]:
        del data[name]
    typed = data.get("told", "").strip()
    for name, value in found.items():
        if value and (name in ("channel", "received_at") or not data.get(name)):
            data[name] = value
    if typed and found.get("told") and found["told"] not in typed:
        data["told"] = f"{typed}\n\n{found['told']}"
    data["held"] = report.held
    return WholeReport(EnterReportForm, data, request.FILES)
