"""Fields and widgets for the questions every form asks: days, moments, yes or no, telephone, postcode, NHS number.

Each takes answers generously (spaces, capitals, “2:30pm”) and, when it cannot, says what to type instead.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from haven.design.moments import LONDON, london

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMED_TIMES = {"midnight": time(0), "midday": time(12), "noon": time(12)}
TIME = re.compile(r"^(\d{1,2})(?:[:. ]?(\d{2}))?\s*([ap])?\.?m?\.?$")
POSTCODE = re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$")
EARLIEST_YEAR, LATEST_YEAR = 1850, 2150
NOT_KNOWN = _("Not known")


class DateBoxes(forms.Widget):
    """Three boxes: day, month, year. An ISO day under the plain name is taken too (tests, programs)."""

    template_name = "design/forms/date_boxes.html"
    use_fieldset = True
    parts: tuple[str, ...] = ("day", "month", "year")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """What was typed, box by box; the plain name's text; or None."""
        typed = {part: str(data.get(f"{name}-{part}", "")).strip() for part in self.parts}
        return typed if any(typed.values()) else data.get(name) or None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """True when neither the boxes nor the plain name were sent."""
        return name not in data and not any(f"{name}-{part}" in data for part in self.parts)

    def boxes(self, value: Any) -> dict[str, str]:
        """What each box shows for a stored day, for typed boxes or for nothing."""
        if isinstance(value, dict):
            return {part: str(value.get(part, "")) for part in self.parts}
        if isinstance(value, str):
            value = _from_iso(value)
        if not isinstance(value, date):
            return dict.fromkeys(self.parts, "")
        moment = london(value) if isinstance(value, datetime) and value.tzinfo else value
        shown = {"day": str(moment.day), "month": str(moment.month), "year": str(moment.year)}
        return {**shown, "time": f"{moment:%H:%M}"} if "time" in self.parts else shown

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The boxes, for a page that prints the bare widget."""
        context: dict[str, Any] = super().get_context(name, None, attrs)
        context["boxes"] = [(f"{name}-{part}", part, shown) for part, shown in self.boxes(value).items()]
        return context

    def id_for_label(self, id_: str, index: str = "0") -> str:
        """A link to the question lands in its first box."""
        return f"{id_}-{self.parts[0]}" if id_ else id_


class DateTimeBoxes(DateBoxes):
    """Day, month and year, and a time as people write it."""

    parts = ("day", "month", "year", "time")


class AutocompleteSelect(forms.Select):
    """A list that can be typed into where there is JavaScript, and is a plain list where there is not."""


class GovDateField(forms.Field):
    """A day. Cleans to `date`. The year needs four numbers: two leave doubt about which century."""

    widget: Any = DateBoxes
    default_error_messages = {"required": _("Enter the date")}

    def to_python(self, value: Any) -> date | None:
        """Read the boxes or an ISO day."""
        if isinstance(value, str):
            value = _from_iso(value) or _refuse("date", _("Enter the date as day, month and year, like 27 3 2026"))
        if isinstance(value, dict):
            return _day_from_boxes(value)
        return value if isinstance(value, date) else None


class GovDateTimeField(forms.Field):
    """A day and a time, in London. Cleans to an aware `datetime`; refuses the hour that spring skips."""

    widget: Any = DateTimeBoxes
    default_error_messages = {"required": _("Enter the date and the time")}

    def to_python(self, value: Any) -> datetime | None:
        """Read the boxes or an ISO moment."""
        if isinstance(value, str):
            value = _from_iso(value) or _refuse("date", _("Enter the date and the time, like 27 3 2026 and 14:05"))
        if isinstance(value, dict):
            day = _day_from_boxes(value)
            return in_london(datetime.combine(day, time_from_words(value.get("time", ""))).replace(tzinfo=LONDON))
        if isinstance(value, datetime):
            return value if value.tzinfo else in_london(value.replace(tzinfo=LONDON))
        return None


class YesNoField(forms.ChoiceField):
    """Yes, no, and by default not known: nobody is made to guess. Cleans to "yes", "no" or "not_known"."""

    widget = forms.RadioSelect

    def __init__(self, *, not_known: bool = True, not_known_label: Any = NOT_KNOWN, **options: Any) -> None:
        choices: list[tuple[str, Any]] = [("yes", _("Yes")), ("no", _("No"))]
        super().__init__(choices=[*choices, ("not_known", not_known_label)] if not_known else choices, **options)


class PhoneField(forms.CharField):
    """A telephone number as it was given, extension and words included; refuses only an answer without figures."""

    widget = forms.TextInput(attrs={"type": "tel", "width": "20", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        """Keep what was typed: a number with “ask for Jo” is worth more than a tidy one."""
        number = str(super().clean(value))
        if number and not re.search(r"\d{3}", number):
            raise ValidationError(_("Enter a telephone number, like 020 7946 0123"), code="phone")
        return number


class PostcodeField(forms.CharField):
    """A whole United Kingdom postcode. Cleans to capitals with one space."""

    widget = forms.TextInput(attrs={"width": "10", "autocomplete": "off", "spellcheck": "false"})

    def clean(self, value: Any) -> str:
        """Put the space where it belongs."""
        typed = str(super().clean(value))
        found = POSTCODE.match(re.sub(r"[^A-Z0-9]", "", typed.upper()))
        if typed and not found:
            raise ValidationError(_("Enter a full postcode, like SE1 9AA, or leave it empty"), code="postcode")
        return f"{found[1]} {found[2]}" if found else ""


class NhsNumberField(forms.CharField):
    """Ten figures whose last is a modulus 11 check digit (NHS Data Dictionary, NHS NUMBER). Cleans to figures only."""

    widget = forms.TextInput(
        attrs={"width": "10", "inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
    )

    def clean(self, value: Any) -> str:
        """Refuse a number whose check digit is wrong: most are slips of the finger."""
        figures = re.sub(r"[\s-]", "", str(super().clean(value)))
        if figures and not _is_nhs_number(figures):
            raise ValidationError(_("Check the NHS number: it has 10 figures, like 943 476 5919"), code="nhs_number")
        return figures


def _is_nhs_number(figures: str) -> bool:
    if not re.fullmatch(r"\d{10}", figures):
        return False
    check = 11 - sum(int(figure) * (10 - place) for place, figure in enumerate(figures[:9])) % 11
    return check % 11 == int(figures[9])


def _from_iso(text: str) -> date | datetime | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-03-03") else datetime.fromisoformat(text)
    except ValueError:
        return None


def _refuse(part: str, message: Any) -> Any:
    raise ValidationError(message, code=part)


def _day_from_boxes(boxes: Mapping[str, str]) -> date:
    for part, message in MISSING.items():
        if not boxes.get(part):
            _refuse(part, message)
    try:
        return date(_year(boxes["year"]), _month(boxes["month"]), int(boxes["day"]))
    except ValueError:
        raise ValidationError(
            _("This is not a real date: check the day, the month and the year"), code="date"
        ) from None


MISSING = {
    "day": _("The date must include a day"),
    "month": _("The date must include a month"),
    "year": _("The date must include a year"),
}


def _month(text: str) -> int:
    named = text[:3].lower()
    return MONTHS.index(named) + 1 if named in MONTHS else int(text)


def _year(text: str) -> int:
    if not (text.isdecimal() and EARLIEST_YEAR <= int(text) <= LATEST_YEAR):
        _refuse("year", _("Enter the year with 4 numbers, like 1942"))
    return int(text)


def time_from_words(text: str) -> time:
    """Read “14:05”, “2:30pm”, “2 pm”, “1405” or “midday”; refuses a bare “2”, which may be night or day."""
    words = text.strip().lower()
    if words in NAMED_TIMES:
        return NAMED_TIMES[words]
    found = TIME.match(words) or _refuse("time", _("Enter the time, like 14:05 or 2:05pm"))
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if not half and not found[2] and hour <= 12:
        _refuse("time", _("Say if the time is am or pm, or use the 24-hour clock, like 14:00"))
    return _clock(hour, minute, half)


def _clock(hour: int, minute: int, half: str | None) -> time:
    if (half and not 1 <= hour <= 12) or hour > 23 or minute > 59:
        _refuse("time", _("This is not a real time: enter it like 14:05 or 2:05pm"))
    return time(hour % 12 + (12 if half == "p" else 0) if half else hour, minute)


def in_london(moment: datetime) -> datetime:
    """Accept a moment on the London clock; refuse one that the clock skips at the end of March."""
    there_and_back = moment.astimezone(UTC).astimezone(LONDON)
    if (there_and_back.hour, there_and_back.minute) != (moment.hour, moment.minute):
        _refuse("time", _("This time did not happen: the clocks went forward. Add one hour"))
    return moment
