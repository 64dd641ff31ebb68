"""What a report tells of its adult, whichever form it came by: harm, the adult's view, how to reach them safely.

Only what was given, as it was given. Words of somebody who must not be named are left out: a worker writes them anew
(PR-23).
"""

from dataclasses import dataclass, field, replace
from typing import Any

from haven.casework.contacts.models import Contact
from haven.pathways.adults import codes

BARRED = {
    "ring": "do_not_ring", "voicemail": "no_voicemail", "message": "no_voicemail", "text": "no_text",
    "email": "no_email", "post": "no_post",
}  # fmt: skip
"""What the forms call a way → what SafeContact calls never using it."""
OWN_WAYS = ("ring", "message", "text", "email", "post")
"""Somebody who tells us about themselves ticks the ways that are safe; we promise to use no other (PR-07)."""
ALREADY = {
    "police": "police", "cqc": "cqc", "gp": "ambulance_or_gp", "ambulance": "ambulance_or_gp",
    "childrens_services": "childrens_mash",
}  # fmt: skip
"""Whom a professional says they told → the line of *who else must know now* it answers (PR-04)."""
LONGEST = 200
"""Characters of each answer of SafeContact."""
MORE = "… (more in the report)"
UNCONFIRMED = "As reported, not confirmed: "
"""Whoever sends a form is not yet known: a way to reach the adult may be somebody's way to reach us. What to avoid is
kept as it is; what to use says where it comes from until a worker has confirmed it."""


@dataclass(frozen=True)
class Told:
    """What one report tells of harm, of the adult's view and of reaching them; empty where it does not."""

    types: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    knows: str = ""
    wants: str = ""
    agrees: str = ""
    safe: dict[str, Any] = field(default_factory=dict)
    alleged: str = ""
    lives_with: str = ""
    is_staff: bool = False

    def of_several(self) -> "Told":
        """The same where the report names several adults: each has a view of their own, which is asked (PR-14)."""
        return replace(self, knows="", wants="", agrees="")


def all_told_in(contact: Contact) -> Told:
    """What the report tells, whichever form it came by, whoever told it."""
    answers = contact.answers if isinstance(contact.answers, dict) else {}
    return _by_public(answers["given"]) if "given" in answers else _by_professional(answers.get("fields", {}))


def told_in(contact: Contact) -> Told:
    """What the report tells and may be carried on."""
    told = all_told_in(contact)
    return told if contact.referrer.identity == "use" else replace(told, wants="", alleged="")


def told_already(contact: Contact) -> dict[str, str]:
    """Whom a professional says they have told: line → when and reference, in their words."""
    fields = contact.answers.get("fields", {}) if isinstance(contact.answers, dict) else {}
    return {ALREADY[who]: fields.get("told_words", "") for who in fields.get("already_told", []) if who in ALREADY}


def _by_professional(fields: dict[str, Any]) -> Told:
    never = [BARRED[way] for way in fields.get("unsafe_ways", []) if way in BARRED]
    return Told(
        types=_listed(codes.HARM_TYPES, fields.get("types", [])),
        sources=_listed(codes.SOURCES_OF_RISK, [fields.get("source_of_risk", "")]),
        knows=_one(codes.YES_NO_NOT_KNOWN, fields.get("adult_knows", "")),
        wants=fields.get("adult_view", "").strip(),
        agrees=_one(codes.AGREES, fields.get("agrees", "")),
        safe=_safe(how=fields.get("safe_contact", ""), never=never),
        alleged=fields.get("alleged", ""),
        is_staff=fields.get("is_staff") == "yes",
    )


def _by_public(given: dict[str, Any]) -> Told:
    """The public never picks a type of abuse (PR-06); a paid carer or a service is the one source they can code."""
    me = given.get("about") == "me"
    never = [BARRED[way] for way in OWN_WAYS if way not in given.get("safe_ways", [])] if me else []
    knows = {"yes": "yes", "no": "no", "not_safe": "no"}.get(given.get("knows", ""), "")
    return Told(
        sources=["service_provider"] if given.get("cause") == "carer" else [],
        knows="yes" if me else knows,
        wants=given.get("wants", "").strip() if me else "",
        safe=_safe(how=given.get("reach_words", ""), who_must_not_know=given.get("must_not_know", ""), never=never),
        alleged=given.get("cause_who") or given.get("cause_service") or "",
        lives_with=given.get("cause_lives", ""),
        is_staff=given.get("cause") == "carer",
    )


def _listed(entries: codes.Codes, given: list[str]) -> list[str]:
    return [code for code in dict.fromkeys(given) if codes.is_known(entries, code)]


def _one(entries: codes.Codes, code: str) -> str:
    return code if codes.is_known(entries, code) else ""


def _safe(*, how: str = "", who_must_not_know: str = "", never: list[str]) -> dict[str, Any]:
    reach = UNCONFIRMED + how.strip() if how.strip() else ""
    words = {"how": _short(reach), "who_must_not_know": _short(who_must_not_know)}
    return {**{name: said for name, said in words.items() if said}, **dict.fromkeys(never, True)}


def _short(words: str) -> str:
    words = words.strip()
    return words if len(words) <= LONGEST else words[: LONGEST - len(MORE)].rstrip() + MORE
