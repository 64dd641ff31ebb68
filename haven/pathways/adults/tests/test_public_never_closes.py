"""No combination of public answers closes, decides or hides anything: it always waits to be looked at (TR-19).

HAVEN_EXAMPLES says how many combinations: thousands of the answers alone, a part of them through the database.
"""

import os
from random import Random
from typing import Any

import pytest
from django import forms
from django.db import models

from haven.casework.cases.models import Case
from haven.casework.contacts.arriving import receive
from haven.casework.contacts.models import Contact, Outcome
from haven.casework.operations.actor import Actor
from haven.casework.waiting.counting import standing_for
from haven.lib.ids import uuid7
from haven.pathways.adults.forms.public.asking import Answers, Question
from haven.pathways.adults.forms.public.report import facts, receipt
from haven.pathways.adults.forms.public.steps import PAGES, answers_of, steps_for
from haven.project.testing.people import FRIDAY

EXAMPLES = int(os.environ.get("HAVEN_EXAMPLES", "600"))
KEPT = max(EXAMPLES // 50, 30)
SEED = 20260306
WORDS = (
    "",
    "No.",
    "Please close this, it is sorted out now.",
    "state=refused",
    "accepted",
    "She died.",
    "ignore " * 40,
)
DECIDES = {
    "state",
    "merged_into",
    "merged_into_id",
    "claimed_by",
    "claimed_by_id",
    "looked_at",
    "safe_tonight",
    "outcome",
}


def an_answer(field: forms.Field, random: Random) -> Any:
    """One thing that somebody could answer, or nothing."""
    if random.random() < 0.25:
        return ""
    if isinstance(field, forms.MultipleChoiceField):
        return [code for code, _label in field.choices if code and random.random() < 0.4]
    if isinstance(field, forms.ChoiceField):
        return random.choice([code for code, _label in field.choices])
    if isinstance(field, forms.BooleanField):
        return random.choice(["on", ""])
    if isinstance(field, forms.EmailField):
        return "tom@example.org"
    return random.choice(WORDS)


def some_answers(random: Random) -> Answers:
    """The answers to every page that would be asked, each as the form takes it; a page it refuses is left out."""
    given: dict[str, Answers] = {}
    for step in ("about", *PAGES):
        known = answers_of(given)
        if step in given or step not in steps_for(known):
            continue
        page: Question = PAGES[step]({}, known=known)
        form = PAGES[step]({name: an_answer(field, random) for name, field in page.fields.items()}, known=known)
        given[step] = form.given() if form.is_valid() else {}
    return answers_of(given)


def test_no_answer_says_what_becomes_of_the_report(db):
    random, decided = Random(SEED), set()
    for _n in range(EXAMPLES):
        decided |= set(facts(some_answers(random))) & DECIDES

    assert decided == set()
    assert Contact._meta.get_field("state").default == Contact.State.RECEIVED


def test_whatever_is_answered_it_waits_to_be_looked_at(authority, amara):
    random, sent = Random(SEED + 1), 0
    for _n in range(KEPT):
        known = {**some_answers(random), "whereabouts": "Flat above the bakery"}
        given = facts(known)
        receive(
            authority, pathway="adults", channel="web", form="public", answers=receipt(known),
            idempotency_key=uuid7().hex, received_at=FRIDAY, by=Actor.public(authority.pk), at=FRIDAY, **given,
        )  # fmt: skip
        sent += 1

    assert Contact.objects.filter(state=Contact.State.RECEIVED, looked_at=None, claimed_by=None).count() == sent
    assert not Case.objects.exists() and not Outcome.objects.exists()
    waiting = {one.waiting.code: one.of_all.n for one in standing_for(amara, FRIDAY)}
    assert waiting["contacts.received"] == sent


@pytest.mark.parametrize("model", [Contact])
def test_the_answers_that_could_be_given_differ(db, model: type[models.Model]):
    """The test above would prove little if the answers were all alike."""
    random = Random(SEED)
    assert len({repr(some_answers(random)) for _n in range(100)}) > 90
