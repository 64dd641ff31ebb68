"""The questions, a page at a time, each kept as soon as it is answered."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from haven.casework.access.models import Authority
from haven.casework.operations.refusals import NotAllowed
from haven.design.forms import shown_as_typed
from haven.design.moments import clock_in_words
from haven.pathways.adults.forms.public.asking import Answers, Question
from haven.pathways.adults.forms.public.steps import PAGES, next_step, step_before, steps_for
from haven.pathways.adults.views.public.kept import Kept, code_in, hold, keep, keep_typing, kept_in, save, typing_of
from haven.pathways.adults.views.public.pages import NOT_TAKEN, council_of, go, sent, shown


def public_step(request: HttpRequest, authority: str, step: str) -> HttpResponse:
    """Ask the questions of one page and keep the answers."""
    if step not in PAGES:
        raise NotAllowed("We could not find that page.")
    at = timezone.now()
    council = council_of(request, authority)
    if request.POST.get("keep"):
        return while_typing(request, council, step, at)
    kept = kept_in(request, council, at) or Kept()
    if request.method != "POST":
        return as_left(request, council, step, kept, at)
    form = PAGES[step](sent(request), initial=kept.given.get(step), known=kept.known)
    say_if_lost(request, form)
    if not form.is_valid():
        return asked(request, council, form, NOT_TAKEN)
    keep(kept, council, step, form.given(), at)
    return hold(onward(council, step, kept, pause="secondary" in request.POST), council, kept)


def as_left(request: HttpRequest, council: Authority, step: str, kept: Kept, at: datetime) -> HttpResponse:
    """The page as it was left: with the answers given before, or as typed so far where it was left in the middle."""
    place, typed = typing_of(kept, at) if code_in(request) else ("", None)
    if place != step:
        return asked(request, council, PAGES[step](initial=kept.given.get(step), known=kept.known))
    with shown_as_typed():
        return asked(request, council, PAGES[step](typed, known=kept.known))


def while_typing(request: HttpRequest, council: Authority, step: str, at: datetime) -> HttpResponse:
    """Keep a page while it is typed, under the code that the browser then holds, and say so in a line.

    A browser whose code opens nothing any more has sent or deleted it a moment ago: that does not come back.
    """
    begun_before = bool(code_in(request))
    kept = kept_in(request, council, at)
    if kept is None and begun_before:
        return JsonResponse({"said": ""})
    if kept is None:
        kept = Kept()
        save(kept, council, at)
    keep_typing(kept, step, request.POST, at)
    said = _("Kept at %(clock)s. We cannot read it until you send it.") % {"clock": clock_in_words(at)}
    return hold(JsonResponse({"said": said}), council, kept)


def asked(request: HttpRequest, council: Authority, form: Question, status: int = 200) -> HttpResponse:
    """The page with its questions."""
    steps = steps_for(form.known)
    place = {"number": steps.index(form.step) + 1 if form.step in steps else 0, "of": len(steps)}
    back = step_url(council, step_before(form.step, form.known))
    return shown(request, council, "step", status=status, form=form, place=place, back_url=back)


def step_url(council: Authority, step: str) -> str:
    """The address of a page of questions; of the first page, where there is no such step."""
    return reverse("public-step", args=[council.code, step]) if step else reverse("public-start", args=[council.code])


def say_if_lost(request: HttpRequest, form: Question) -> None:
    """Make ready what the page shows if the server fails now: each question with what was typed (TR-21)."""
    typed = [(str(form[name].label), form[name].data) for name in form.fields]
    request.failure_page["typed"] = [  # type: ignore[attr-defined]
        (label, text) for label, text in typed if isinstance(text, str) and text
    ]
    request.failure_page["retry_url"] = request.path  # type: ignore[attr-defined]


def onward(council: Authority, step: str, kept: Kept, *, pause: bool) -> HttpResponse:
    """Where an answer leads: the code, advice that it calls for, the next questions, or the check."""
    if pause:
        return go("public-saved", council)
    advice = advice_after(step, kept.known)
    return go(advice, council) if advice else carry_on(council, step, kept.known)


def carry_on(council: Authority, step: str, known: Answers) -> HttpResponse:
    """The next questions, or the check after the last."""
    following = next_step(step, known)
    return go("public-step", council, following) if following else go("public-check", council)


def place_to_carry_on(council: Authority, kept: Kept, at: datetime) -> str:
    """The page that was left in the middle; else the one after the last that was answered."""
    place = typing_of(kept, at)[0]
    following = place if place in steps_for(kept.known) else next_step(kept.last_step, kept.known)
    return step_url(council, following) if following else reverse("public-check", args=[council.code])


def advice_after(step: str, known: Answers) -> str:
    """The page of advice that an answer calls for (PR-06, 1 and 2)."""
    if step == "danger" and known.get("danger") in ("yes", "not_sure"):
        return "public-danger"
    if step != "about":
        return ""
    by_about = {"under_18": "public-children", "work": "public-work"}
    return by_about.get(known.get("about", ""), "public-help" if known.get("help") else "")
