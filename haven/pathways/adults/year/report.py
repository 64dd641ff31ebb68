"""The report a concern begins with: who would have told us, how it reached us, and its words, in each form's own
shape.
"""

from random import Random
from typing import Any

from haven.casework.contacts.arriving import receive
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.people.models import Person
from haven.pathways.adults.year import names, narrative

FINER = {
    "health_staff": ("gp", "hospital_acute", "hospital_mental_health", "community_nurse", "ambulance", "health_staff"),
    "social_care_staff": ("social_worker", "home_care_provider", "care_home_provider", "day_service"),
    "family_friend_neighbour_self": ("family", "family", "neighbour", "friend", "self"),
    "housing": ("council_housing", "housing_association"),
    "other": ("fire", "probation", "voluntary", "council_service", "other"),
}
DANGERS = {"yes": "Yes", "no": "No", "not_sure": "I am not sure"}
RELATIONS = {"family": "Daughter", "neighbour": "Neighbour", "friend": "Friend", "self": "The adult"}
CHANNELS = {"professional": ("web", "email", "email", "phone"), "public": ("web", "web", "phone", "letter")}


def receive_report(building: Any, person: Person) -> Contact:
    """Receive the report of one life. Keyed, so that it is received once."""
    life, rng = building.life, building.rng
    source = rng.choice(FINER.get(life.source, (life.source,)))
    if life.location == "care_home" and source == "home_care_provider":
        source = "care_home_provider"
    own = narrative.OWN_STORIES.get(life.type, narrative.ANY_OWN_STORY)
    words = building.tell.one(own if source == "self" else narrative.STORIES[life.type])
    public = source in ("family", "neighbour", "friend", "self", "not_known")
    form = "public" if public else "professional"
    adult = {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "date_of_birth": person.date_of_birth.isoformat() if not public and person.date_of_birth else None,
        "whereabouts": narrative.WHERE.get(life.location, "At home"),
    }
    return receive(
        building.staff.authority,
        pathway="adults",
        channel="phone" if source == "not_known" else rng.choice(CHANNELS[form]),
        form=form,
        answers=answers(form, words, adult, DANGERS[building.danger]),
        adults=[adult],
        referrer=referrer(rng, life.source, source, person),
        idempotency_key=building.key,
        received_at=life.received_at,
        immediate_danger=building.danger,
        about="me" if source == "self" else "someone" if public else "work",
        first_line=words[:200],
        children_present=building.children,
        setting_code=life.location,
        by=Actor.public(building.staff.authority.pk),
        at=life.received_at,
    )


def referrer(rng: Random, group: str, source: str, person: Person) -> dict[str, Any]:
    """Who told us: a professional with an address, somebody close who may or may not be reached, or nobody known."""
    called = names.name(rng, woman=rng.random() < 0.7).full
    if source == "not_known":
        return {
            "source_code": source,
            "source_reason": "They rang off before saying.",
            "identity": "do_not_ask",
            "wants_feedback": False,
        }
    if group in names.AGENCIES:
        agency = rng.choice(names.AGENCIES[group])
        return {
            "name": called,
            "role": rng.choice(names.ROLES[group]),
            "organisation": agency,
            "email": names.email(called, names.email(agency, "x").split("@")[0].replace(".", "-")),
            "telephone": names.telephone(rng),
            "source_code": source,
            "is_professional": True,
            "safe_ways": ["ring", "email"],
        }
    reachable = rng.random() < 0.6
    return {
        "name": person.display_name if source == "self" else called,
        "relationship": RELATIONS.get(source, ""),
        "identity": rng.choice(("use", "use", "inside")),
        "telephone": names.telephone(rng),
        "email": names.email(called, "post") if reachable else "",
        "safe_ways": ["ring", "email"] if reachable else ["ring"],
        "wants_feedback": reachable or rng.random() < 0.4,
        "source_code": source,
    }


def answers(form: str, words: str, adult: dict[str, Any], danger: str) -> dict[str, Any]:
    """The receipt as the form of that kind keeps it: questions with answers in words, and the codes beside them."""
    called = f"{adult['given_name']} {adult['family_name']}".strip()
    if form == "public":
        asked = [
            ("Is anyone in danger now?", danger),
            ("Tell us what is worrying you", words),
            ("Name", called),
            ("Where are they now?", adult["whereabouts"]),
        ]
        return {
            "asked": [{"question": question, "answer": answer} for question, answer in asked],
            "given": {
                "danger": "no",
                "words": words,
                "given_name": adult["given_name"],
                "family_name": adult["family_name"],
            },
        }
    receipt = [
        ["Danger now", [["Is anyone in danger now?", danger]]],
        [
            "Adult 1",
            [
                ["First name", adult["given_name"]],
                ["Last name", adult["family_name"]],
                ["Where are they now?", adult["whereabouts"]],
            ],
        ],
        ["What happened", [["What you saw or know", words]]],
    ]
    return {"receipt": receipt, "fields": {"immediate_danger": "no", "fact": words}, "missing": []}
