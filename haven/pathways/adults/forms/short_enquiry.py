"""A whole short enquiry on one page, with the same codes; what is known already stands there (PR-16)."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.design.forms import GovDateTimeField
from haven.pathways.adults import codes
from haven.pathways.adults.forms.enquiry import AssessRisk, RecordCapacity, capacity_of, risk_of
from haven.pathways.adults.forms.step import line, long_text, one_from_many, one_of

WISHES = 3
"""Lines for what the adult wants; somebody who wants more has an enquiry that is not short."""

TALK = ("happened_at", "how", "adult_words")


class ConcludeShortEnquiry(RecordCapacity):
    """Conversation, capacity, what they want and how far it came about, risk, conclusion."""

    heading = _("Short enquiry on one page")
    submit = _("Send it to be authorised")
    source = "Care Act 2014 s42(2); PR-16"
    lead = _("The same questions and codes as a long enquiry. Somebody else authorises it.")

    happened_at = GovDateTimeField(label=_("When did you speak with the adult?"))
    how = one_of(_("How?"), codes.HOW_SPOKEN)
    adult_words = long_text(_("What they said, in their own words"), rows=3)
    asked = one_of(_("Were they asked what they want to happen?"), codes.ASKED)
    because = one_from_many(_("Why were they not asked?"), codes.NOT_ASKED_REASONS)
    assessment = AssessRisk.base_fields["assessment"]
    outcome = AssessRisk.base_fields["outcome"]
    remained_because = AssessRisk.base_fields["remained_because"]
    outcome_no_action = AssessRisk.base_fields["outcome_no_action"]
    remained_no_action = AssessRisk.base_fields["remained_no_action"]
    risk_words = long_text(_("What you found, and what was done"), rows=3)
    conclusion = long_text(_("What did the enquiry conclude?"), rows=3)

    mark_optional = False
    inline: ClassVar[Any] = ("how",)
    hints: ClassVar[Any] = {**RecordCapacity.hints, **AssessRisk.hints}

    def __init__(self, *args: Any, spoken: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["words"]
        if spoken:
            for name in TALK:
                del self.fields[name]
        rows = self._add_wishes()
        wanted = {"asked": {"expressed": rows, "not_asked": ["because"]}}
        self.shape(reveals={**self.reveals, **AssessRisk.reveals, **wanted})
        spoke = (_("Speaking with the adult"), [[["happened_at", "how"], ["adult_words"]]], "")
        talk = [] if spoken else [spoke]
        layout = [
            *talk,
            (_("Taking part"), [[["capacity"], ["under_pressure", "difficulty"]]], ""),
            (_("What they want, and how far it came about"), [[["asked"]]], ""),
            (_("Risk and conclusion"), [[["assessment"], ["risk_words", "conclusion"]]], ""),
        ]
        self.shape(layout=layout)

    def _add_wishes(self) -> list[str]:
        rows = []
        for n in range(1, WISHES + 1):
            first = n == 1
            self.fields[f"wish_{n}"] = line(_("What they want, %s") % n, length=1000, required=first)
            self.fields[f"adult_{n}"] = _rating(_("How far, as they see it"))
            self.fields[f"worker_{n}"] = _rating(_("How far, as you see it"))
            rows += [f"wish_{n}", f"adult_{n}", f"worker_{n}"]
        return rows

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for n in range(1, WISHES + 1):
            if given.get(f"wish_{n}") and not given.get(f"worker_{n}"):
                self.need(f"adult_{n}", _("Say how far this was achieved. “Not known” is an answer."))
        return given

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        wanted = [n for n in range(1, WISHES + 1) if given[f"wish_{n}"]]
        return {
            "conversation": {name: given[name] for name in TALK} if "adult_words" in given else None,
            "capacity": capacity_of(given),
            "asked": given["asked"],
            "outcomes": [given[f"wish_{n}"] for n in wanted],
            "ratings": [(given[f"adult_{n}"], given[f"worker_{n}"]) for n in wanted],
            "because": given["because"],
            "risk": risk_of({**given, "words": given["risk_words"]}),
            "words": given["conclusion"],
        }


def _rating(label: Any) -> forms.ChoiceField:
    offered = [("", ""), *codes.choices(codes.ACHIEVED)]
    return forms.ChoiceField(label=label, choices=offered, required=False)
