"""What a partner's system may send of a concern, and the same arrival every other channel has (partner API v1).

The shapes are the published ones: their names and what is needed do not change within a version.
"""

import re
from datetime import date, datetime
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    WithJsonSchema,
    model_validator,
)
from pydantic import StrictInt as Whole

from haven.casework.contacts.arriving import receive
from haven.casework.contacts.models import Contact
from haven.casework.operations.actor import Actor
from haven.casework.partners.models import Partner
from haven.casework.partners.submissions import keep_submission
from haven.casework.people.finding import spaced
from haven.design.moments import day_in_words
from haven.lib.calendar import day_of
from haven.pathways.adults import codes
from haven.pathways.adults.operations.arrival import whom_to_alert
from haven.pathways.adults.views.public.hours import desk_now

LONGEST_ACCOUNT = 20_000
A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _text(value: str) -> str:
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError("must be plain Unicode text, without U+0000 and without halves of characters")
    return value.strip()


def _written_day(value: Any) -> Any:
    if value is not None and not isinstance(value, date) and not (isinstance(value, str) and A_DAY.fullmatch(value)):
        raise ValueError("must be a day written YYYY-MM-DD")
    return value


def _in_the_past(value: date) -> date:
    if not date(1890, 1, 1) <= value <= day_of(timezone.now()):
        raise ValueError("must be a day from 1890 to today")
    return value


def _mail_address(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError as wrong:
        raise ValueError("must be an e-mail address") from wrong
    return value


def _one_of(entries: codes.Codes) -> Any:
    """One of a closed list; the list stands in the OpenAPI document."""
    known = codes.values(entries)

    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"must be one of {', '.join(known)}")
        return value

    return Annotated[str, AfterValidator(check), WithJsonSchema({"type": "string", "enum": known})]


def _words(most: int) -> Any:
    return Annotated[str, AfterValidator(_text), Field(max_length=most)]


Day = Annotated[
    date,
    BeforeValidator(_written_day),
    AfterValidator(_in_the_past),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Email = Annotated[str, AfterValidator(_text), AfterValidator(_mail_address), Field(max_length=254)]


HarmType: Any = _one_of(codes.HARM_TYPES)
Location: Any = _one_of(codes.LOCATIONS)


class _Shape(BaseModel):
    """A field that is not known is refused: a mistyped name must not lose what it holds."""

    model_config = ConfigDict(extra="forbid")


def _some_of(*names: str) -> Any:
    """Said in the document too: at least one of these is there and holds something."""
    written = {"type": "string", "minLength": 1, "pattern": "\\S"}
    return {"anyOf": [{"required": [name], "properties": {name: written}} for name in names]}


class AdultSent(_Shape):
    """The adult, as far as is known: a name, a description or a whereabouts is enough."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra=_some_of("given_name", "family_name", "description", "whereabouts")
    )

    given_name: _words(80) | None = None  # type: ignore[valid-type]
    family_name: _words(80) | None = None  # type: ignore[valid-type]
    description: _words(300) | None = None  # type: ignore[valid-type]
    whereabouts: _words(300) | None = None  # type: ignore[valid-type]
    date_of_birth: Day | None = None
    age_estimate: Annotated[Whole, Field(ge=0, le=130)] | None = None
    postcode: _words(10) | None = None  # type: ignore[valid-type]
    no_fixed_address: StrictBool | None = None

    @model_validator(mode="after")
    def can_be_found(self) -> "AdultSent":
        if not (self.given_name or self.family_name or self.description or self.whereabouts):
            raise ValueError("give one way to find the adult: a name, a description or a whereabouts")
        return self

    def facts(self) -> dict[str, Any]:
        """As a contact keeps one."""
        words = ("given_name", "family_name", "description", "whereabouts")
        return {
            **{name: getattr(self, name) or "" for name in words},
            "date_of_birth": self.date_of_birth,
            "age_estimate": self.age_estimate,
            "postcode": spaced(self.postcode) if self.postcode else "",
            "no_fixed_address": bool(self.no_fixed_address),
        }


class ReferrerSent(_Shape):
    """The professional who tells us."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_some_of("name", "organisation"))

    name: _words(120) | None = None  # type: ignore[valid-type]
    role: _words(120) | None = None  # type: ignore[valid-type]
    organisation: _words(160) | None = None  # type: ignore[valid-type]
    email: Email | None = None
    wants_feedback: StrictBool = True

    @model_validator(mode="after")
    def is_somebody(self) -> "ReferrerSent":
        if not (self.name or self.organisation):
            raise ValueError("say who is telling us: a name or an organisation")
        return self


class ConcernSent(_Shape):
    """A concern about one adult."""

    adult: AdultSent
    what_happened: Annotated[str, AfterValidator(_text), Field(min_length=1, max_length=LONGEST_ACCOUNT)]
    types_of_harm: Annotated[list[HarmType], Field(max_length=20)] | None = None
    location_of_harm: Location | None = None
    immediate_danger: StrictBool
    referrer: ReferrerSent


def send_concern(
    partner: Partner,
    concern: ConcernSent,
    *,
    sent: dict[str, Any],
    key: str,
    sequence: int | None,
    by: Actor,
    at: datetime,
) -> Contact:
    """Receive a concern from a partner's system, as any other report is received. `sent` is kept as it came."""
    missing = _missing(concern)
    contact = receive(
        partner.authority,
        pathway="adults",
        channel="api",
        form="api",
        answers={"receipt": _receipt(concern), "fields": _fields(concern), "missing": missing, "sent": sent},
        adults=[concern.adult.facts()],
        referrer=_referrer(concern.referrer, partner),
        idempotency_key=key,
        received_at=at,
        by=by,
        at=at,
        about="work",
        immediate_danger="yes" if concern.immediate_danger else "no",
        first_line=" ".join(concern.what_happened.split())[:200],
    )
    keep_submission(partner, contact, sequence=sequence, missing=missing, at=at)
    return contact


def advice_for(contact: Contact, at: datetime) -> str:
    """What the sender should do now, with the number to ring (PR-01)."""
    desk = desk_now(contact.authority, at)
    number = desk.phone if desk.is_open or desk.is_answered else ""
    if contact.immediate_danger == "yes":
        alerted = _("We have alerted our worker.") if whom_to_alert(contact.authority, at) else ""
        ring = _("Then ring us on %(number)s.") % {"number": number} if number else _("Then ring the police on 101.")
        return " ".join(filter(None, [_("Ring 999 now if you have not."), ring, alerted]))
    ring = _("To speak to somebody now, ring %(number)s.") % {"number": number} if number else ""
    read = _("Our desk is open and will read this.")
    if not desk.is_open:
        read = _("Our desk is closed and will read this %(when)s.") % {"when": desk.reads_on}
    return " ".join(filter(None, [read, ring, _("If anybody is in danger, ring 999.")]))


def _referrer(told: ReferrerSent, partner: Partner) -> dict[str, Any]:
    """A professional of the partner's; who told us is coded by whose system it is, not by what was typed."""
    return {
        "name": told.name or "",
        "role": told.role or "",
        "organisation": told.organisation or partner.name,
        "email": told.email or "",
        "source_code": partner.source_code,
        "wants_feedback": told.wants_feedback,
        "is_professional": True,
    }


def _fields(concern: ConcernSent) -> dict[str, Any]:
    """Under the names that the professional form uses, so that all that reads one reads this."""
    given = {
        "fact": concern.what_happened,
        "types": list(dict.fromkeys(concern.types_of_harm or [])),
        "location": concern.location_of_harm,
        "immediate_danger": "yes" if concern.immediate_danger else "no",
    }
    return {name: value for name, value in given.items() if value}


def _receipt(concern: ConcernSent) -> list[Any]:
    """The report as a worker reads it."""
    adult, types = concern.adult, [codes.label(codes.HARM_TYPES, code) for code in concern.types_of_harm or []]
    age = f"{adult.age_estimate}" if adult.age_estimate is not None else ""
    sections: list[tuple[str, list[tuple[str, Any]]]] = [
        (_("What happened"), [
            (_("Is anyone in danger now?"), _("Yes") if concern.immediate_danger else _("No")),
            (_("What happened"), concern.what_happened),
            (_("Kind of harm"), ", ".join(types)),
            (_("Where it happened"), codes.label(codes.LOCATIONS, concern.location_of_harm or "")),
        ]),
        (_("The adult"), [
            (_("First name"), adult.given_name), (_("Last name"), adult.family_name),
            (_("Date of birth"), day_in_words(adult.date_of_birth)), (_("About how old"), age),
            (_("Where they are"), adult.whereabouts), (_("Postcode"), adult.postcode),
            (_("Fixed address"), _("They have none") if adult.no_fixed_address else ""),
            (_("What helps to know or find them"), adult.description),
        ]),
    ]  # fmt: skip
    return [[str(title), [[str(asked), str(said)] for asked, said in rows if said]] for title, rows in sections]


def _missing(concern: ConcernSent) -> list[str]:
    """What was not said: accepted, and marked (PR-03)."""
    adult = concern.adult
    given = {
        _("the adult's name"): adult.given_name or adult.family_name,
        _("date of birth or age"): adult.date_of_birth or adult.age_estimate is not None,
        _("where the adult is"): adult.whereabouts or adult.postcode or adult.no_fixed_address,
        _("the kind of harm"): concern.types_of_harm,
        _("where it happened"): concern.location_of_harm,
    }
    return [str(what) for what, is_given in given.items() if not is_given]
