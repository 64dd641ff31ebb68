"""The pages of the public form, in their order (PR-06), and the answers that count."""

from collections.abc import Mapping

from haven.pathways.adults.forms.public.asking import Answers, Question
from haven.pathways.adults.forms.public.beginning import About, Danger, Worry
from haven.pathways.adults.forms.public.them import Cause, EverydayHelp, Happening, Others, Reach, Who, Wishes
from haven.pathways.adults.forms.public.you import AboutYou, Reply

PAGES: dict[str, type[Question]] = {
    page.step: page
    for page in (
        Danger,
        About,
        Worry,
        Who,
        Happening,
        EverydayHelp,
        Cause,
        Others,
        Wishes,
        Reach,
        AboutYou,
        Reply,
    )  # fmt: skip
}

Given = Mapping[str, Answers]
"""What a draft keeps: page → answers."""


def steps_for(known: Answers) -> list[str]:
    """The pages asked, given whom it is about."""
    return [step for step, page in PAGES.items() if not (page.not_about_me and known.get("about") == "me")]


def next_step(step: str, known: Answers) -> str:
    """The page after this one; empty after the last."""
    steps = steps_for(known)
    place = steps.index(step) + 1 if step in steps else len(steps)
    return steps[place] if place < len(steps) else ""


def step_before(step: str, known: Answers) -> str:
    """The page before this one; empty before the first."""
    steps = steps_for(known)
    return steps[steps.index(step) - 1] if step in steps[1:] else ""


def answers_of(given: Given) -> Answers:
    """The answers that count: those to questions still asked, now that we know whom it is about."""
    known: Answers = {"about": given.get("about", {}).get("about", "")}
    for step in steps_for(known):
        asked = PAGES[step].asks(known)
        known |= {name: value for name, value in given.get(step, {}).items() if name in asked}
    return known
