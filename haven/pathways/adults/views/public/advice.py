"""The pages that ask nothing: the first page, danger, a child, work, and help to tell us."""

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from haven.casework.access.models import Authority
from haven.pathways.adults.views.public.kept import kept_in
from haven.pathways.adults.views.public.pages import council_of, shown
from haven.pathways.adults.views.public.steps import step_url


def public_start(request: HttpRequest, authority: str) -> HttpResponse:
    """The first page: what this is, who reads it and when, whom to ring (PR-01, PR-06)."""
    return shown(request, council_of(request, authority), "start", not_sent=False)


def public_danger(request: HttpRequest, authority: str) -> HttpResponse:
    """Someone is in danger now: 999, and 55 for somebody who cannot speak; then carry on."""
    return advice(request, authority, "danger", "danger")


def public_children(request: HttpRequest, authority: str) -> HttpResponse:
    """Someone under 18: the children's number."""
    return advice(request, authority, "children", "about")


def public_work(request: HttpRequest, authority: str) -> HttpResponse:
    """Somebody who tells us as part of their work: the professional form."""
    return advice(request, authority, "work", "about")


def public_speak_up(request: HttpRequest, authority: str) -> HttpResponse:
    """Somebody who works there and fears for it: how to tell us without a name, and who else hears them."""
    return advice(request, authority, "speak_up", "about")


def public_help(request: HttpRequest, authority: str) -> HttpResponse:
    """An interpreter, BSL, Easy Read, someone to write."""
    return advice(request, authority, "help", "about")


def advice(request: HttpRequest, authority: str, page: str, step: str) -> HttpResponse:
    """A page of advice, which leads back to the questions where it came from."""
    council = council_of(request, authority)
    kept = kept_in(request, council, timezone.now())
    began = kept is not None and step in kept.given
    onward = ("words" if step == "about" else "about") if began else "danger"
    return shown(
        request,
        council,
        page,
        onward=step_url(council, onward),
        back_url=step_url(council, step if began else ""),
        wanted=kept.known.get("help", []) if kept else [],
        professional_url=professional_url(council),
    )


def professional_url(council: Authority) -> str:
    """The professional form, where this deployment has one."""
    try:
        return reverse("professional-form", args=[council.code])
    except NoReverseMatch:
        return ""
