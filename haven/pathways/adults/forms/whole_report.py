"""A report as one thing: its form, a form for each adult, the files held for it, and what becomes a contact."""

from datetime import date, datetime
from typing import Any

from django.core import signing
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from haven.design.moments import day_in_words, moment_in_words
from haven.design.templatetags.gov_forms import fault_lines
from haven.lib.ids import uuid7
from haven.pathways.adults.codes import PERSONAL_SOURCES
from haven.pathways.adults.forms.professional import ADULTS, ReportForm
from haven.pathways.adults.forms.reported_adult import MOST_ADULTS, ReportedAdult

SALT = "a report not yet sent"
NOT_ANSWERS = ("evidence", "remember", "authority")
REFERRER = ("name", "role", "organisation", "email", "telephone", "relationship", "source_code", "source_reason")
FIRST = "1"


class WholeReport:
    """The page's forms together. `step` says which button was pressed: open, add, remove, fill, keep or send."""

    def __init__(
        self, form: type[ReportForm], data: QueryDict | None = None, files: Any = None, **options: Any
    ) -> None:
        self.data, self.files = data, files if files is not None else MultiValueDict()
        self.step = self._step()
        held = self._held()
        self.is_held, self.contact_id = held is not None, held or uuid7()
        self.held = signing.dumps(str(self.contact_id), salt=SALT)
        self.keys = self._keys()
        self.form = form(data, files, **options)
        self.adults = [ReportedAdult(key, data) for key in self.keys]
        if self.step != "send":
            self.form.quietly()
            for adult in self.adults:
                adult.quietly()

    def _step(self) -> str:
        if self.data is None:
            return "open"
        pressed = (name for name in ("add_adult", "remove_adult", "fill", "keep") if name in self.data)
        step = next(pressed, "send").removesuffix("_adult")
        return "fill" if step == "send" and self.files.get("eml") else step

    def _held(self) -> Any:
        try:
            return signing.loads(self.data.get("held", "") if self.data else "", salt=SALT)
        except signing.BadSignature:
            return None

    def _keys(self) -> list[str]:
        """Which adults' forms stand on the page; each keeps its own number when another is taken away."""
        sent = self.data.getlist("adult") if self.data is not None else []
        keys = [key for key in dict.fromkeys(sent) if key.isascii() and key.isdecimal() and len(key) < 4] or [FIRST]
        if self.step == "remove":
            gone = self.data.get("remove_adult") if self.data is not None else ""
            keys = [key for key in keys if key != gone] or [FIRST]
        if self.step == "add" and len(keys) < MOST_ADULTS:
            keys.append(str(max(map(int, keys)) + 1))
        return keys[:MOST_ADULTS]

    def is_valid(self) -> bool:
        """Every form can be read, and at least one adult can be found by what is given (PR-03)."""
        if self.step != "send":
            return False
        readable = all([self.form.is_valid(), *(adult.is_valid() for adult in self.adults)])
        if readable and not any(_findable(adult) for adult in self.adults):
            self.adults[0].add_error(
                "whereabouts", _("Give one way to find the adult: a name, what they look like or where they are.")
            )
            return False
        return readable

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The sections in order, for the page: title, questions, hint, and whether the adults stand in it."""
        return [
            {"title": title, "names": names, "hint": hint, "adults": title is ADULTS}
            for title, names, hint in self.form.parts
        ]

    @property
    def forms(self) -> list[Any]:
        """Every form of the page."""
        return [self.form, *self.adults]

    def faults(self) -> list[dict[str, str]]:
        """What must be put right, in the order of the page's forms."""
        return [line for form in self.forms for line in fault_lines(form)]

    def named(self) -> list[ReportedAdult]:
        """The adults about whom something was given; a form left blank names nobody."""
        return [adult for adult in self.adults if not adult.is_blank]

    def people(self) -> list[dict[str, Any]]:
        """The adults as a contact keeps them."""
        return [adult.facts() for adult in self.named()]

    def referrer(self) -> dict[str, Any]:
        """Who told us, as a contact keeps it."""
        given = self.form.cleaned_data
        source = given.get("source_code") or "not_known"
        return {
            **{name: given.get(name) or "" for name in REFERRER},
            "source_code": source,
            "source_reason": given.get("source_reason") or (_("They did not say.") if source == "not_known" else ""),
            "identity": given.get("identity") or "use",
            "safe_ways": given.get("safe_ways") or [],
            "wants_feedback": bool(given.get("wants_feedback")),
            "is_professional": source not in PERSONAL_SOURCES,
            "their_reference": given.get("their_reference") or "",
        }

    def facts(self) -> dict[str, Any]:
        """What the duty desk reads of the report without opening it."""
        given = self.form.cleaned_data
        said = given.get("fact") or given.get("told") or given.get("view") or ""
        return {
            "id": self.contact_id,
            "about": "work",
            "immediate_danger": given.get("immediate_danger") or "not_sure",
            "children_present": {"yes": True, "no": False}.get(given.get("children_present", "")),
            "setting_code": given.get("setting_code") or "",
            "first_line": " ".join(said.split())[:200],
        }

    def answers(self) -> dict[str, Any]:
        """The exact receipt: questions as asked and answers as given, the codes beside them, and what is missing."""
        given = {name: value for name, value in self.form.cleaned_data.items() if name not in NOT_ANSWERS}
        return {
            "receipt": self._receipt(),
            "fields": {name: _plain(value) for name, value in given.items() if value not in (None, "", [])},
            "missing": self._missing(),
        }

    def _receipt(self) -> list[Any]:
        told = []
        for part in self.parts:
            rows = [row for name in part["names"] if (row := _row(self.form, name))]
            told += [[str(part["title"]), rows]] if rows else []
            if part["adults"]:
                told += [[f"{_('Adult')} {place}", _rows(adult)] for place, adult in enumerate(self.named(), 1)]
        return told

    def _missing(self) -> list[str]:
        given, adults = self.form.cleaned_data, [adult.cleaned_data for adult in self.named()]
        wanted = {
            _("the adult's name"): all(each.get("given_name") or each.get("family_name") for each in adults),
            _("date of birth or age"): all(each.get("date_of_birth") or each.get("age_estimate") for each in adults),
            _("where the adult is"): all(each.get("whereabouts") or each.get("postcode") for each in adults),
            _("what happened"): given.get("fact") or given.get("told") or given.get("view"),
            _("whether the adult knows"): given.get("adult_knows") in ("yes", "no"),
            _("what the adult wants"): given.get("adult_view"),
            _("whether children are there"): given.get("children_present") in ("yes", "no"),
        }
        return [what for what, is_given in wanted.items() if not is_given]


def _findable(adult: ReportedAdult) -> bool:
    given = adult.cleaned_data
    return any(given.get(name) for name in ("given_name", "family_name", "description", "whereabouts"))


def _rows(form: Any) -> list[list[str]]:
    return [row for name in form.fields if (row := _row(form, name))]


def _row(form: Any, name: str) -> list[str] | None:
    """A question and its answer in words; None where it was left open."""
    value = form.cleaned_data.get(name)
    if name in NOT_ANSWERS or value in (None, "", [], False):
        return None
    choices = {str(code): str(label) for code, label in getattr(form.fields[name], "choices", ())}
    return [str(form.fields[name].label), _said(value, choices)]


def _said(value: Any, choices: dict[str, str]) -> str:
    if isinstance(value, list):
        return ", ".join(choices.get(str(each), str(each)) for each in value)
    if isinstance(value, datetime):
        return moment_in_words(value)
    if isinstance(value, date):
        return day_in_words(value)
    return _("Yes") if value is True else choices.get(str(value), str(value))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
