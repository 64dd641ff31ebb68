"""The decision on one page: what is missing first, then the three parts, then the decision (PR-11, PR-16)."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.design.forms import GovDateField, GovDateTimeField
from haven.pathways.adults import codes
from haven.pathways.adults.forms.decision import HEARD, RecordHearing, hearing_of
from haven.pathways.adults.forms.step import Layout, StepForm, line, long_text, one_from_many, one_of

LIMBS = tuple(codes.values(codes.LIMBS))
TEST = _("The test is reasonable cause to suspect. It covers adults in the area, wherever they ordinarily live.")
NEITHER = "not_an_enquiry"
LATER = ("outcome", "destination", "not_known_reasons", "ground", "reasons")
"""Asked only of somebody who may decide."""


def limb_fields() -> dict[str, forms.Field]:
    """Four questions for each part: the answer, the reasons, what would settle it and by when."""
    asked: dict[str, forms.Field] = {}
    for entry in codes.LIMBS:
        said = f"{entry.hint} {entry.source}." if entry.hint else f"{entry.source}."
        asked[entry.code] = one_of(entry.label, codes.LIMB_ANSWERS, help_text=said)
        asked[f"{entry.code}_settle_how"] = line(_("What would settle it?"), length=300)
        asked[f"{entry.code}_settle_by"] = GovDateField(label=_("By when?"))
        asked[f"{entry.code}_reasons"] = long_text(_("Reasons"), rows=2)
    return asked


class AnswerLimbs(StepForm):
    """The three parts of section 42(1), each with its reasons."""

    heading = _("The three parts of section 42")
    source = "Care Act 2014 s42(1); Care and support statutory guidance, chapter 14"
    submit = _("Save as a proposal")

    hearing = RecordHearing.base_fields["hearing"]
    wants = RecordHearing.base_fields["wants"]
    how = RecordHearing.base_fields["how"]
    agrees = RecordHearing.base_fields["agrees"]
    children = forms.ChoiceField(
        label=_("Children: were children’s services (MASH) told?"), widget=forms.RadioSelect,
        help_text=_("Any child or pregnancy. Agreement is not required. This must be answered before the decision."),
        choices=[("not_needed", _("They need not be told")), ("told", _("Told"))],
    )  # fmt: skip
    children_because = line(_("Because"), length=300, help_text=_("For example: no child lives there or visits."))
    children_told_at = GovDateTimeField(label=_("When were they told?"))
    children_reference = line(_("Their reference"), length=80, required=False, width="20")

    inline: ClassVar[Any] = ("how", "agrees", *LIMBS)

    def __init__(self, *args: Any, hear: bool = False, ask_children: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in limb_fields().items():
            self.fields[name] = field
            field.error_messages["required"] = _missing(name)
        for missing, wanted in ((hear, HEARING_PART), (ask_children, CHILDREN)):
            for name in () if missing else wanted:
                del self.fields[name]
        gaps = {
            "hearing": {HEARD: ["wants", "how", "agrees"]},
            "children": {"not_needed": ["children_because"], "told": ["children_told_at", "children_reference"]},
        }
        reveals = {
            **{name: opened for name, opened in gaps.items() if name in self.fields},
            **{limb: {"not_yet": [f"{limb}_settle_how", f"{limb}_settle_by"]} for limb in LIMBS},
        }
        self.shape(reveals=reveals, sections=self.parts())
        self.order_fields([*HEARING_PART, *CHILDREN, *limb_fields(), *LATER])

    def parts(self) -> list[tuple[Any, list[str], Any]]:
        """The sections that have something to ask, in the order of PR-11."""
        return [
            (title, [name for row in rows for cell in row for name in cell], hint)
            for title, rows, hint in self.laid_out()
        ]

    def laid_out(self) -> Layout:
        gaps = [[name] for name in ("hearing", "children") if name in self.fields]
        first = [(_("Still to be said before deciding"), [gaps], "")] if gaps else []
        return [*first, (_("Does the duty apply?"), [[[limb], [f"{limb}_reasons"]] for limb in LIMBS], TEST)]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("hearing") == HEARD:
            self.need("wants", _("Write what the adult said, in their own words."))
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "hearing": hearing_of(given) if given.get("hearing") else None,
            "children": _children(given) if given.get("children") else None,
            "limbs": self.limbs(),
            "settle": {
                limb: (given[f"{limb}_settle_how"], given[f"{limb}_settle_by"])
                for limb in LIMBS if given[limb] == "not_yet"
            },
        }  # fmt: skip

    def limbs(self) -> dict[str, tuple[str, str]]:
        """Each part's answer and reasons, as far as given."""
        return {limb: (self[limb].value() or "", self[f"{limb}_reasons"].value() or "") for limb in LIMBS}


HEARING_PART = ("hearing", "wants", "how", "agrees")
CHILDREN = ("children", "children_because", "children_told_at", "children_reference")


def _missing(name: str) -> Any:
    limb, _sep, part = name.partition("_")
    entry = codes.find(codes.LIMBS, limb)
    title = entry.label if entry else limb
    asked = {
        "": _("Answer “%s”"),
        "reasons": _("Give your reasons for “%s”"),
        "settle_how": _("Say what would settle “%s”"),
        "settle_by": _("Say by when “%s” is settled"),
    }
    return str(asked[part]) % title


def _children(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "line": codes.CHILDREN_LINE,
        "told_at": given["children_told_at"],
        "reference": given["children_reference"],
        "not_needed_because": given["children_because"],
    }


class DecideConcern(AnswerLimbs):
    """The same, and the decision of a named person, with reasons drafted from the parts."""

    heading = _("Decide this concern")
    submit = _("Save this decision")

    outcome = one_of(_("What do you decide?"), codes.OUTCOMES)
    destination = one_from_many(_("Where does it go instead?"), codes.DESTINATIONS)
    not_known_reasons = long_text(
        _("A part is not yet known: why do you decline the concern without knowing it?"), rows=2, required=False
    )
    ground = one_from_many(
        _("The adult does not agree to sharing. On what ground do you go further?"), codes.GROUNDS_TO_OVERRIDE
    )
    reasons = long_text(
        _("Your reasons"), rows=5, help_text=_("“Draft the outcome and reasons” fills these from the three parts.")
    )

    def __init__(self, *args: Any, offered: tuple[str, ...] = (), ground: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        hearing = "hearing" in self.fields
        if not ground and not hearing:
            del self.fields["ground"]
        declined = {NEITHER: ["destination", "not_known_reasons"]}
        apart = {"agrees": {"no": ["ground"]}} if hearing else {}
        self.shape(reveals={**self.reveals, "outcome": declined, **apart})
        if offered:
            shown = {*offered, self.data.get("outcome", "")}
            self.fields["outcome"].choices = codes.choices(codes.OUTCOMES, only=shown)  # type: ignore[attr-defined]

    def laid_out(self) -> Layout:
        apart = ["ground"] if "ground" in self.fields and "hearing" not in self.fields else []
        return [*super().laid_out(), (_("The decision"), [[["outcome", *apart], ["reasons"]]], "")]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("outcome") == NEITHER:
            self.errors.pop("ground", None)
        if given.get("outcome") == NEITHER and "not_yet" in {given.get(limb) for limb in LIMBS}:
            self.need("not_known_reasons", _("Say why you decline the concern although a part is not yet known."))
        return given

    def answers(self) -> dict[str, Any]:
        decision = {name: self.cleaned_data.get(name, "") for name in LATER if name in self.fields}
        return {**super().answers(), "decision": decision}
