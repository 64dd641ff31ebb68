"""/metrics, in the text form of Prometheus: for this machine itself, or for whoever has the token."""

import hmac
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haven.project.metrics.backups import backup_samples
from haven.project.metrics.queues import Sample, samples
from haven.project.metrics.timing import LIMITS, totals

FORM = "text/plain; version=0.0.4; charset=utf-8"
LOOPBACK = ("127.0.0.1", "::1")
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_FORWARDED_PROTO")
"""Where one of these is set, somebody else asks through a proxy, whatever address the proxy has."""


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures; whoever may not have them finds no such page."""
    if not may_ask(request):
        return render(request, "404.html", status=404)
    lines = [*_lines(_requests()), *_lines(_asked())]
    return HttpResponse("\n".join(lines) + "\n", content_type=FORM)


def may_ask(request: HttpRequest) -> bool:
    """With METRICS_TOKEN, whoever bears it; without one, only a program on this machine."""
    token = getattr(settings, "METRICS_TOKEN", "")
    if token:
        return hmac.compare_digest(request.headers.get("Authorization", ""), f"Bearer {token}")
    through = any(name in request.META for name in FORWARDED)
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not through


def _asked() -> Iterator[Sample]:
    """What the database and the backups say; that the database did not answer is a figure too."""
    at = timezone.now()
    try:
        found = list(samples(at))
    except DatabaseError:
        yield "haven_database_up", {}, 0.0
    else:
        yield "haven_database_up", {}, 1.0
        yield from found
    yield from backup_samples(at)


def _requests() -> Iterator[Sample]:
    for name, row in totals():
        for limit in LIMITS:
            yield "haven_request_seconds_bucket", {"route": name, "le": str(limit)}, row[f"le_{limit}"]
        yield "haven_request_seconds_bucket", {"route": name, "le": "+Inf"}, row["count"]
        yield "haven_request_seconds_sum", {"route": name}, row["seconds"]
        yield "haven_request_seconds_count", {"route": name}, row["count"]
        yield "haven_request_errors_total", {"route": name}, row["errors"]


def _lines(found: Iterable[Sample]) -> Iterator[str]:
    for name, labels, value in found:
        inside = ",".join(f'{label}="{said}"' for label, said in labels.items())
        yield f"{name}{{{inside}}} {value:.10g}" if inside else f"{name} {value:.10g}"
