"""Turn a bound form field into a GOV.UK component: which macro, and with which parameters."""

from collections.abc import Callable, Iterator, Sequence

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from haven.design.fields import AutocompleteSelect, DateBoxes, DateTimeBoxes
from haven.design.macros import component
from haven.design.questions import Params, common, grouped, small, width, words

BIRTHDAY = {"day": "bday-day", "month": "bday-month", "year": "bday-year"}


def render_field(bound: BoundField, *, sub: bool = False) -> SafeString:
    """Render one question; `sub` when it stands under a choice that reveals it."""
    widget = bound.field.widget
    if bound.is_hidden:
        return mark_safe(str(bound.as_hidden()))  # noqa: S308 - Django's own widget escapes
    for kind, shape in SHAPES:
        if isinstance(widget, kind):
            name, params = shape(bound, common(bound, sub=sub))
            return component(name, params)
    raise TypeError(f"No component for {type(widget).__name__}")


def render_fields(form: forms.BaseForm, names: Sequence[str] = ()) -> SafeString:
    """Render the named questions, or all that no choice reveals, in order."""
    held = revealed(form)
    chosen = names or [name for name in form.fields if name not in held]
    return mark_safe("\n".join(render_field(form[name]) for name in chosen))  # noqa: S308 - each part is safe


def revealed(form: forms.BaseForm) -> set[str]:
    """The questions that stand under a choice of another question."""
    reveals = getattr(form, "reveals", {})
    return {name for choices in reveals.values() for names in choices.values() for name in names}


def input_(bound: BoundField, params: Params) -> tuple[str, Params]:
    """A line of text, an e-mail address, a number, a telephone number."""
    widget = bound.field.widget
    attrs = widget.attrs
    kind = attrs.get("type") or getattr(widget, "input_type", "text")
    params["value"] = widget.format_value(bound.value())
    params["type"] = "text" if kind == "number" else kind
    params["inputmode"] = attrs.get("inputmode") or ("numeric" if kind == "number" else None)
    params["autocomplete"] = attrs.get("autocomplete")
    params["spellcheck"] = False if attrs.get("spellcheck") == "false" or kind == "email" else None
    params["classes"] = width(attrs.get("width"))
    params.update({side: {"text": attrs[side]} for side in ("prefix", "suffix") if side in attrs})
    return "input", params


def password(bound: BoundField, params: Params) -> tuple[str, Params]:
    """A password, with the button that shows it; never printed back."""
    params["autocomplete"] = bound.field.widget.attrs.get("autocomplete", "current-password")
    params |= {"showPasswordText": _("Show"), "hidePasswordText": _("Hide")}
    params |= {"showPasswordAriaLabelText": _("Show password"), "hidePasswordAriaLabelText": _("Hide password")}
    return "password-input", params


def textarea(bound: BoundField, params: Params) -> tuple[str, Params]:
    """A long answer; one with a limit counts what is left and never cuts it short."""
    attrs = bound.field.widget.attrs
    params["value"] = bound.value() or ""
    params["rows"] = attrs.get("rows", 5)
    params["autocomplete"] = attrs.get("autocomplete")
    limit = getattr(bound.field, "max_length", None)
    if not limit:
        return "textarea", params
    if params["autocomplete"]:  # which GOV.UK's count does not pass on
        params["attributes"] |= {"autocomplete": params["autocomplete"]}
    return "character-count", {**params, **counted(limit)}


def counted(limit: int) -> Params:
    """The count's own texts, so that they can be translated; silent until three quarters are used."""
    left = ngettext("You have %(n)s character left", "You have %(n)s characters left", 2)
    over = ngettext("You have %(n)s character too many", "You have %(n)s characters too many", 2)
    return {
        "maxlength": limit,
        "threshold": 75,
        "textareaDescriptionText": _("You can enter up to %(n)s characters") % {"n": "%{count}"},
        "charactersUnderLimitText": {"other": left % {"n": "%{count}"}, "one": _("You have 1 character left")},
        "charactersAtLimitText": _("You have 0 characters left"),
        "charactersOverLimitText": {"other": over % {"n": "%{count}"}, "one": _("You have 1 character too many")},
    }


def file_upload(bound: BoundField, params: Params) -> tuple[str, Params]:
    """A file; several where the widget allows it."""
    params["multiple"] = getattr(bound.field.widget, "allow_multiple_selected", False)
    return "file-upload", params


def choices(bound: BoundField) -> Iterator[Params]:
    """Every choice offered, the empty one left out, with its hint and what it reveals."""
    context = bound.field.widget.get_context(bound.html_name, bound.value(), {})["widget"]
    for _group, options, _index in context["optgroups"]:
        for option in options:
            if str(option["value"]) != "":
                yield choice(bound, option)


def choice(bound: BoundField, option: Params) -> Params:
    """One choice as an item of radios or checkboxes."""
    value = str(option["value"])
    item: Params = {"value": value, "text": str(option["label"]), "checked": bool(option["selected"])}
    hint = getattr(bound.form, "hints", {}).get(bound.name, {}).get(value)
    if hint:
        item["hint"] = words(hint)
    names = getattr(bound.form, "reveals", {}).get(bound.name, {}).get(value, ())
    if names:
        parts = [render_field(bound.form[name], sub=True) for name in names]
        item["conditional"] = {"html": mark_safe("\n".join(parts))}  # noqa: S308 - each part is safe
    return item


def radios(bound: BoundField, params: Params) -> tuple[str, Params]:
    """One of several; two or three short ones without more to say stand side by side."""
    items = list(choices(bound))
    inline = bound.name in getattr(bound.form, "inline", ()) or _short(items)
    params = grouped(params) | {"idPrefix": params["id"], "items": items}
    return "radios", params | {"classes": ("govuk-radios--inline " if inline else "") + small(bound, "radios")}


def _short(items: list[Params]) -> bool:
    plain = all("conditional" not in item and "hint" not in item for item in items)
    return plain and {item["value"] for item in items} <= {"yes", "no", "not_known", "True", "False"}


def checkboxes(bound: BoundField, params: Params) -> tuple[str, Params]:
    """Any of several; the one that excludes the others stands last, after “or”."""
    alone = getattr(bound.form, "exclusive", {}).get(bound.name)
    items: list[Params] = []
    for item in choices(bound):
        if item["value"] == alone:
            items.append({"divider": _("or")})
            item["behaviour"] = "exclusive"
        items.append(item)
    return "checkboxes", grouped(params) | {
        "idPrefix": params["id"],
        "items": items,
        "classes": small(bound, "checkboxes"),
    }


def checkbox(bound: BoundField, params: Params) -> tuple[str, Params]:
    """A single tick: the question itself is the choice."""
    text = params.pop("label")["text"]
    item = choice(bound, {"value": "True", "label": text, "selected": bool(bound.value())})
    if isinstance(bound.data, str) and bound.data.lower() in {"false", "0", ""}:
        item["checked"] = False
    hint = params.pop("hint", None)
    return "checkboxes", params | {
        "idPrefix": params["id"],
        "items": [item | ({"hint": hint} if hint else {})],
        "classes": small(bound, "checkboxes"),
    }


def select(bound: BoundField, params: Params) -> tuple[str, Params]:
    """A list; its first line says “Choose” where nothing need be chosen yet."""
    widget = bound.field.widget
    items = [{**item, "selected": item.pop("checked")} for item in choices(bound)]
    if not widget.allow_multiple_selected:
        items.insert(0, {"value": "", "text": _("Choose"), "selected": not any(item["selected"] for item in items)})
    else:
        params["attributes"] |= {"multiple": {"value": True, "optional": True}}
    if isinstance(widget, AutocompleteSelect):
        params["attributes"] |= {"data-hv-autocomplete": ""}
    return "select", params | {"items": items}


def date_boxes(bound: BoundField, params: Params) -> tuple[str, Params]:
    """Day, month, year, and a time where the question is of a moment; the box at fault is marked."""
    widget = bound.field.widget
    faults = faulty_parts(bound)
    texts = {"day": _("Day"), "month": _("Month"), "year": _("Year"), "time": _("Time")}
    birthday = widget.attrs.get("autocomplete") == "bday"
    items = [
        {
            "name": part,
            "label": texts[part],
            "value": shown,
            "id": f"{params['id']}-{part}",
            "classes": box_width(part) + (" govuk-input--error" if part in faults else ""),
            "inputmode": "text" if part == "time" else "numeric",
            "autocomplete": BIRTHDAY.get(part) if birthday else "off",
        }
        for part, shown in widget.boxes(bound.value()).items()
    ]
    moment = isinstance(widget, DateTimeBoxes)
    params["attributes"] |= {"data-hv-today": _("Now") if moment else _("Today")} if not birthday else {}
    return "date-input", grouped(params) | {"items": items, "namePrefix": bound.html_name}


def box_width(part: str) -> str:
    """Two figures for a day and a month, more for the rest."""
    return {"year": "govuk-input--width-4", "time": "govuk-input--width-5"}.get(part, "govuk-input--width-2")


def faulty_parts(bound: BoundField) -> set[str]:
    """The boxes that an error names by its code; all of them when it names none."""
    parts = bound.field.widget.parts
    codes = {str(error.code) for error in bound.errors.as_data()} if bound.errors else set()
    return (codes & set(parts)) or (set(parts) if codes else set())


def fault_id(bound: BoundField) -> str:
    """The id that the error summary links to: the first box or choice that needs an answer."""
    base = bound.auto_id or bound.html_name
    widget = bound.field.widget
    if not isinstance(widget, DateBoxes):
        return base
    faults = faulty_parts(bound)
    return f"{base}-{next((part for part in widget.parts if part in faults), widget.parts[0])}"


Shape = Callable[[BoundField, Params], tuple[str, Params]]
SHAPES: tuple[tuple[type[forms.Widget], Shape], ...] = (
    (DateBoxes, date_boxes),
    (forms.CheckboxSelectMultiple, checkboxes),
    (forms.RadioSelect, radios),
    (forms.CheckboxInput, checkbox),
    (forms.Select, select),
    (forms.Textarea, textarea),
    (forms.FileInput, file_upload),
    (forms.PasswordInput, password),
    (Input, input_),
)
