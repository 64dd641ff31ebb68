"""What the answers add up to: what is missing, the exact receipt, and the facts of a contact."""

import re
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from haven.pathways.adults.forms.public.asking import Answers
from haven.pathways.adults.forms.public.steps import PAGES, steps_for
from haven.pathways.adults.forms.public.you import RELATIONS

OLDEST = 120
CHILDREN = {"yes": True, "no": False}
FINDS = ("given_name", "family_name", "description", "whereabouts", "postcode")


def missing(known: Answers) -> list[tuple[str, str]]:
    """What must be there before it can be sent: (page, what to do). A few words and some way to find the person."""
    about_me = known.get("about") == "me"
    lacking = []
    if not known.get("words"):
        lacking.append(("words", _("Tell us what is worrying you. A few words are enough.")))
    if not any(known.get(name) for name in FINDS) and not (about_me and known.get("telephone")):
        for_them = _("Tell us a way to find the person: a name, what they look like, or where they are.")
        lacking.append(("who", _("Tell us a way to find you: your name, or where you are.") if about_me else for_them))
    return lacking


class PageRead(NamedTuple):
    """A page as it is read back: its code, its heading, and the questions that were answered."""

    step: str
    heading: str
    answered: list[tuple[str, str]]


def read_back(known: Answers) -> list[PageRead]:
    """Each page with the questions answered on it, in words."""
    forms = [PAGES[step](known=known) for step in steps_for(known)]
    return [PageRead(form.step, str(form.title), form.answered(known)) for form in forms]


def receipt(known: Answers) -> dict[str, Any]:
    """Exactly what was asked and answered, to be kept: in words as they stood, and in codes."""
    asked = [
        {"question": question, "answer": answer} for page in read_back(known) for question, answer in page.answered
    ]
    return {"asked": asked, "given": known}


def facts(known: Answers) -> dict[str, Any]:
    """The facts of the contact, its adult and who told us, from the answers."""
    return {
        "immediate_danger": known.get("danger") or "not_sure",
        "about": known.get("about") or "someone",
        "first_line": " ".join(known.get("words", "").split())[:200],
        "children_present": known.get("about") == "under_18" or CHILDREN.get(known.get("children", "")),
        "setting_code": known.get("setting", ""),
        "adults": [adult(known)],
        "referrer": the_adult_tells(known) if known.get("about") == "me" else somebody_tells(known),
    }


def adult(known: Answers) -> dict[str, Any]:
    """The adult as the report describes them. A postcode or a telephone number alone is a whereabouts too (PR-03)."""
    return {
        "given_name": known.get("given_name", ""),
        "family_name": known.get("family_name", ""),
        "description": known.get("description", ""),
        "whereabouts": known.get("whereabouts") or _only_whereabouts(known),
        "date_of_birth": known.get("date_of_birth"),
        "age_estimate": age_in(known.get("age", "")),
        "postcode": known.get("postcode", "").upper(),
        "no_fixed_address": bool(known.get("no_fixed_address")),
        "keep_protected": bool(known.get("keep_protected")),
    }


def _only_whereabouts(known: Answers) -> str:
    if any(known.get(name) for name in ("given_name", "family_name", "description")):
        return ""
    if known.get("postcode"):
        return _("Postcode %(postcode)s") % {"postcode": known["postcode"]}
    return _("Telephone %(number)s") % {"number": known["telephone"]} if known.get("telephone") else ""


def age_in(text: str) -> int | None:
    """The age in “about 80” or “70s”; nothing where there is none. The words themselves are in the receipt."""
    found = re.search(r"\d+", text)
    return int(found[0]) if found and 0 < int(found[0][:4]) <= OLDEST else None


def the_adult_tells(known: Answers) -> dict[str, Any]:
    """Somebody who tells us about themselves."""
    name = f"{known.get('given_name', '')} {known.get('family_name', '')}".strip()
    return {**reachable(known), "name": name[:120], "relationship": _("The adult"), "source_code": "self"}


def somebody_tells(known: Answers) -> dict[str, Any]:
    """Somebody who tells us about another."""
    label, source = RELATIONS.get(known.get("relation", ""), ("", "not_known"))
    return {
        **reachable(known),
        "name": known.get("name", ""),
        "relationship": known.get("relation_words") or str(label),
        "source_code": source,
        "source_reason": _("They did not say.") if source == "not_known" else "",
    }


def reachable(known: Answers) -> dict[str, Any]:
    """How they may be reached. A number or an address without a yes is kept in the receipt and not used (PR-07)."""
    safe_ways = known.get("safe_ways", [])
    return {
        "telephone": known.get("telephone", ""),
        "email": known.get("email", ""),
        "identity": known.get("identity") or "use",
        "safe_ways": safe_ways,
        "wants_feedback": bool(safe_ways),
    }
