"""Saving a form through an operation: the one way every page does it.

    def decide_concern(request, reference):
        case = load_case(request, reference, "concern")
        form = DecideConcern(request.POST or None)
        run = partial(operations.decide_concern, case.concern)
        page = {"case": case, "form": form, "version": case.concern.version}
        return save_or_ask(request, form, run, case_url(case), "adults/decide_concern.html", page)

`run` is called with the answers by name, `by` and `at`; with `version` too where the operation takes it. The answers
are `form.answers()` where the form has it, else its cleaned data. What may happen:

- the form has errors: it is asked again (422), with everything as typed;
- the operation refuses: its words stand in the error summary (on the field `refusal.field` where it names one);
- somebody changed the record meanwhile: both texts side by side and the form still filled in (409);
- it is done: on to `success_url`, a string or a function of what the operation gave back. Sent twice, it counts once.

`save()` is the same without the asking: it gives back None where the form is to be shown again.
"""

import inspect
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone

from haven.casework.access.models import User
from haven.casework.desk.loading import actor_of
from haven.casework.desk.pasted import keep_pasted
from haven.casework.events.recording import history_of
from haven.casework.operations.refusals import NotAllowed, Refusal, Stale
from haven.casework.operations.versions import version_of
from haven.design.forms import posted_key, posted_version
from haven.design.moments import day_in_words, moment_in_words

Next = str | Callable[[Any], str]
REMEMBERED = 20
"""How many submissions of a session are remembered, so that sending one again does nothing again."""


def save(
    request: HttpRequest, form: forms.Form, run: Callable[..., Any], success_url: Next, *, done: str = ""
) -> HttpResponse | None:
    """Run the operation with the form's answers; None where the form is to be asked again. `done`: said on success."""
    if request.method != "POST":
        return None
    earlier = _already_saved(request)
    if earlier:
        return redirect(earlier)
    if not form.is_valid():
        return None
    try:
        result = run(**_answers(request, form, run))
        keep_pasted(request, form, result)
    except NotAllowed:
        raise
    except Stale as stale:
        return _stale(request, form, stale)
    except Refusal as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, str(refusal))
        _afterwards(request, refusal)
        return None
    return _saved(request, success_url(result) if callable(success_url) else success_url, done)


def save_or_ask(
    request: HttpRequest,
    form: forms.Form,
    run: Callable[..., Any],
    success_url: Next,
    template: str,
    context: dict[str, Any],
    *,
    done: str = "",
) -> HttpResponse:
    """Save, or show the page with the form: as asked the first time, or with what must be put right (422)."""
    return save(request, form, run, success_url, done=done) or ask(request, form, template, context)


def ask(request: HttpRequest, form: forms.Form, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page with the form; 422 where it holds errors."""
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)


def run_or_say(request: HttpRequest, run: Callable[..., Any], success_url: Next, *, done: str = "") -> HttpResponse:
    """A one-button action, sent: run it with `by` and `at`; a refusal is said at the top of the next page."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    earlier = _already_saved(request)
    if earlier:
        return redirect(earlier)
    try:
        result = run(by=actor_of(request), at=timezone.now())
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
        _afterwards(request, refusal)
        return redirect(success_url if isinstance(success_url, str) else request.get_full_path())
    return _saved(request, success_url(result) if callable(success_url) else success_url, done)


def _afterwards(request: HttpRequest, refusal: Refusal) -> None:
    """What a refusal leaves to be done: it says so by having `afterwards` (two people asked to release something)."""
    afterwards = getattr(refusal, "afterwards", None)
    if afterwards is not None:
        afterwards(by=actor_of(request), at=timezone.now())


def _answers(request: HttpRequest, form: forms.Form, run: Callable[..., Any]) -> dict[str, Any]:
    given = form.answers() if hasattr(form, "answers") else form.cleaned_data
    answers = {**given, "by": actor_of(request), "at": timezone.now()}
    version = posted_version(request)
    if version is not None and "version" in inspect.signature(run).parameters:
        answers["version"] = version
    return answers


def _already_saved(request: HttpRequest) -> str:
    return request.session.get("saved", {}).get(str(posted_key(request)), "")


def _saved(request: HttpRequest, url: str, done: str) -> HttpResponse:
    key = posted_key(request)
    if key is not None:
        kept = list(request.session.get("saved", {}).items())[1 - REMEMBERED :]
        request.session["saved"] = {**dict(kept), str(key): url}
    if done:
        messages.success(request, done)
    return redirect(url)


def _stale(request: HttpRequest, form: forms.Form, stale: Stale) -> HttpResponse:
    """The page that shows both texts; it shows the record, so its read row is kept (`keeps_read`)."""
    record = stale.record
    who, when = _last_change(record)
    fields = [(_label(form, name), _said(form, name, yours), _said(form, name, theirs), who, when)
              for name, yours, theirs in stale.fields]  # fmt: skip
    version = version_of(type(record)._base_manager.get(pk=record.pk)) if record else None
    context = {"fields": fields, "form": form, "version": version, "edit_url": request.get_full_path()}
    context["reference"] = getattr(getattr(record, "case", None), "reference", "")
    response = render(request, "design/stale.html", context, status=409)
    response.keeps_read = True  # type: ignore[attr-defined]
    return response


def _last_change(record: Any) -> tuple[str, datetime | None]:
    """Who changed the record last and when, from what was recorded of it."""
    events = history_of(record._meta.label_lower, record.pk, limit=1) if record is not None else []
    if not events or events[0].actor_id is None:
        return "", None
    name = User.objects.filter(pk=events[0].actor_id).values_list("name", flat=True).first()
    return name or "", events[0].at


def _label(form: forms.Form, name: str) -> str:
    name = name.removesuffix("_id")
    field = form.fields.get(name)
    return str(field.label) if field is not None and field.label else name.replace("_", " ").capitalize()


def _said(form: forms.Form, name: str, value: Any) -> str:
    """A value as the form says it: the label of a choice, a day in words."""
    choices = getattr(form.fields.get(name.removesuffix("_id")), "choices", ())
    labels = {str(code): str(label) for code, label in choices if not isinstance(label, (list, tuple))}
    if isinstance(value, datetime):
        return moment_in_words(value)
    if isinstance(value, date):
        return day_in_words(value)
    if value is None or value == "":
        return ""
    return labels.get(str(value), {"True": "Yes", "False": "No"}.get(str(value), str(value)))
