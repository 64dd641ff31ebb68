"""A member of the public's report, typed in to the last page and not yet sent."""

from datetime import datetime

from django.http import HttpResponse, QueryDict

from haven.casework.access.models import Authority
from haven.pathways.adults.forms.public.steps import PAGES
from haven.pathways.adults.views.public.kept import COOKIE, Kept, hold, keep

ANSWERS: dict[str, dict[str, str]] = {
    "danger": {"danger": "no"},
    "about": {"about": "someone"},
    "words": {"words": "Her son takes her pension and shouts. She has lost weight since the spring."},
    "who": {"given_name": "Joan", "age": "about 80", "whereabouts": "5 Sample Lane", "setting": "own_home"},
    "happening": {"happening": "now"},
    "everyday": {"everyday": "yes", "everyday_words": "Washing and shopping"},
    "cause": {"cause": "person", "cause_who": "Her son", "cause_lives": "yes"},
    "others": {"children": "no"},
    "wishes": {"knows": "not_safe", "wants": "Her money back"},
    "reach": {"must_not_know": "Her son"},
    "you": {"identity": "inside", "relation": "neighbour"},
    "reply": {"name": "Tom", "telephone": "01632 960123", "safe_ways": "ring"},
}


class NotTaken(Exception):
    """The form asks something that this report does not answer: bring ANSWERS up to date."""


def typed_report(council: Authority, at: datetime) -> tuple[str, str]:
    """The cookie that opens a draft with every page answered: its name and value."""
    kept = Kept()
    for step, page in PAGES.items():
        form = page(QueryDict(_encoded(ANSWERS.get(step, {}))), known=kept.known)
        if not form.is_valid():
            raise NotTaken(f"{step}: {form.errors.as_json()}")
        kept.given[step] = form.given()
    last = next(reversed(kept.given))
    keep(kept, council, last, kept.given[last], at)
    return COOKIE, hold(HttpResponse(), council, kept).cookies[COOKIE].value


def _encoded(answers: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(answers)
    return query.urlencode()
