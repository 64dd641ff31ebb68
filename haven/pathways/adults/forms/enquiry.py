"""Making an enquiry: one form for each operation of the stage (PR-16, PR-18, PR-19)."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.casework.access.models import User
from haven.casework.people.models import Person
from haven.design.forms import AutocompleteSelect, GovDateField, GovDateTimeField, YesNoField
from haven.pathways.adults import codes
from haven.pathways.adults.forms.step import Chosen, StepForm, hints_of, line, long_text, one_from_many, one_of, truth

SUITABLE = [
    ("willing", _("They are willing")),
    ("wanted", _("The adult wants them, or it is in their best interests")),
    ("unpaid", _("They are not paid to care for the adult")),
]
"""Care Act 2014 s67(5)-(6), s68(3)-(4): all three, or an advocate."""


class WorkerChoice(forms.ModelChoiceField):
    """One of the workers; the page shows beside it what each already has."""

    def __init__(self, **options: Any) -> None:
        super().__init__(User.objects.none(), widget=AutocompleteSelect, **options)

    def label_from_instance(self, user: Any) -> str:
        return str(user.name)


class AllocateEnquiry(StepForm):
    """A named officer, and the manager who leads."""

    heading = _("Allocate the enquiry")
    submit = _("Allocate")
    source = "Care Act 2014 s42(2); London: within 24 hours of the decision (T-03)"
    lead = _("A team’s tray is not an allocation: the clock stops when a named officer has it.")

    officer = WorkerChoice(label=_("Who makes the enquiry?"))
    lead_by = WorkerChoice(
        label=_("Which manager leads it?"), required=False, help_text=_("Leave open to lead it yourself.")
    )

    def __init__(self, *args: Any, officers: Any, leads: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, workers in (("officer", officers), ("lead_by", leads)):
            field: Any = self.fields[name]
            field.queryset = workers

    def answers(self) -> dict[str, Any]:
        return {"officer": self.cleaned_data["officer"], "lead": self.cleaned_data["lead_by"]}


class RecordConversation(StepForm):
    """A conversation with the adult, or with whoever speaks for them; the first says how to work with them (PR-19)."""

    heading = _("Record a conversation")
    lead = _("It stops the clock for speaking with the adult. An interpreter is never family or the person alleged.")
    source = "Care Act 2014 s1(3), s42; PR-19, PR-31"

    happened_at = GovDateTimeField(label=_("When did you speak?"))
    how = one_of(_("How?"), codes.HOW_SPOKEN)
    with_whom = one_of(_("With whom?"), codes.ASKED_WHOM, required=False)
    adult_words = long_text(_("What they said, in their own words"), required=False)
    words = long_text(_("What else was said or seen"), rows=3, required=False)
    how_to_work_with_me = long_text(
        _("How I want you to work with me"), rows=2, required=False,
        help_text=_("Worker’s gender, place, time, who may be there, what not to ask again."),
    )  # fmt: skip

    inline: ClassVar[Any] = ("how", "with_whom")
    layout: ClassVar[Any] = [
        ("", [[["happened_at", "how", "with_whom", "how_to_work_with_me"], ["adult_words", "words"]]], ""),
    ]

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("words"):
            self.need("adult_words", _("Write what was said."))
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        return {**self.cleaned_data, "with_whom": self.cleaned_data["with_whom"] or "adult"}


class RecordAttempt(StepForm):
    """Tried, no answer."""

    heading = _("Tried, no answer")
    lead = _("It is counted. It does not stop the clock for speaking with the adult.")
    source = "PR-17, PR-31"

    happened_at = GovDateTimeField(label=_("When did you try?"))
    how = one_of(_("How?"), codes.HOW_SPOKEN)

    inline: ClassVar[Any] = ("how",)


class RecordOutcomesAsked(StepForm):
    """Whether the adult was asked what they want to happen, and each thing they want (R-073, R-076)."""

    heading = _("What the adult wants to happen")
    source = "Making Safeguarding Personal; Safeguarding Adults Collection SG4a; R-073, R-076"

    asked = one_of(_("Were they asked what they want to happen?"), codes.ASKED)
    outcomes = long_text(_("What they want, in their own words"), rows=5, help_text=_("One line for each."))
    because = one_from_many(
        _("Why were they not asked?"), codes.NOT_ASKED_REASONS,
        help_text=_("The manager who authorises the conclusion writes a note about it."),
    )  # fmt: skip
    whom = one_of(_("Who was asked?"), codes.ASKED_WHOM, required=False)

    reveals: ClassVar[Any] = {"asked": {"expressed": ["outcomes"], "not_asked": ["because"]}}
    inline: ClassVar[Any] = ("whom",)

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {**given, "outcomes": given["outcomes"].splitlines(), "whom": given["whom"] or "adult"}


class RecordCapacity(StepForm):
    """Capacity for this decision; pressure; then whether they can take part: a yes ends it (PR-18)."""

    heading = _("Capacity and support to take part")
    source = "Mental Capacity Act 2005 s1-s3; Care Act 2014 s68; PR-18"

    capacity = one_of(_("Does the adult have capacity for this decision?"), codes.CAPACITY, only=codes.CAPACITY_CHOICES,
                      help_text=_("Capacity is presumed: Mental Capacity Act 2005 s1(2)."))  # fmt: skip
    under_pressure = YesNoField(label=_("May they be under pressure or control?"))
    difficulty = one_of(
        _("Can they take part without substantial difficulty?"), codes.DIFFICULTY,
        help_text=_("Care Act 2014 s68(3): understanding, retaining, weighing, or saying what they want."),
    )  # fmt: skip
    advocate = one_of(_("Who supports them to take part?"), codes.ADVOCATE)
    appropriate_person = Chosen(Person.objects.none(), said=str, label=_("Which person?"), required=False)
    suitable = forms.MultipleChoiceField(
        label=_("An appropriate person must be all of these"), choices=SUITABLE, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Never an alleged source of harm, or anybody linked as a risk to the adult."),
    )  # fmt: skip
    referred_at = GovDateTimeField(label=_("Referred when?"), required=False,
                                   help_text=_("Waiting never delays protection."))  # fmt: skip
    advocate_name = line(_("Their name"), required=False)
    words = long_text(_("What shows this"), rows=3, required=False)

    layout: ClassVar[Any] = [("", [[["capacity", "under_pressure"], ["difficulty", "words"]]], "")]
    hints: ClassVar[Any] = {"capacity": {"no_doubt": _("The presumption. Counted as: did not lack capacity.")}}

    def __init__(self, *args: Any, people: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        some = people is not None and bool(people)
        if some:
            self.fields["appropriate_person"] = Chosen(
                people, said=lambda person: person.display_name, label=_("Which person?"), required=False
            )
        else:
            del self.fields["appropriate_person"]
        support = [name for name in ("appropriate_person", "suitable") if name in self.fields]
        difficult = {"yes": ["advocate", "advocate_name"]}
        supported = {"appropriate_person": support, "waiting": ["referred_at"]}
        self.shape(reveals={"difficulty": difficult, "advocate": supported})

    def answers(self) -> dict[str, Any]:
        return capacity_of(self.cleaned_data)


def capacity_of(given: dict[str, Any]) -> dict[str, Any]:
    """The answers of record_capacity."""
    return {
        "capacity": given["capacity"],
        "under_pressure": truth(given["under_pressure"]),
        "difficulty": given["difficulty"],
        "advocate": given.get("advocate", ""),
        "advocate_name": given.get("advocate_name", ""),
        "appropriate_person": given.get("appropriate_person"),
        "suitable": len(given.get("suitable") or ()) == len(SUITABLE),
        "referred_at": given.get("referred_at"),
        "words": given.get("words", ""),
    }


class AddAction(StepForm):
    """What has to be done, by whom, by when."""

    heading = _("Add an action")
    submit = _("Add the action")
    source = "Care Act 2014 s42(2); R-081"

    words = line(_("What has to be done?"), length=300)
    code = one_from_many(_("What kind of action?"), codes.ACTIONS_TAKEN, required=False)
    owner = WorkerChoice(label=_("Which of us does it?"), required=False, help_text=_("It becomes a task of theirs."))
    owner_words = line(
        _("Or who else?"), required=False, help_text=_("For example: the bank, the GP, the care home’s manager.")
    )
    due_on = GovDateField(label=_("By when?"), required=False)

    def __init__(self, *args: Any, workers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["owner"]
        field.queryset = workers

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("owner"):
            self.need("owner_words", _("Say who will do it."))
        return self.cleaned_data


class FinishAction(StepForm):
    """An action is done, and what came of it."""

    heading = _("Finish an action")
    submit = _("It is done")
    source = "R-081"

    subject = Chosen(User.objects.none(), said=str, label=_("Which action?"))
    words = line(_("What was done, and what came of it?"), length=300)
    code = one_from_many(_("What kind of action was it?"), codes.ACTIONS_TAKEN, required=False)

    def __init__(self, *args: Any, records: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["subject"] = Chosen(records, said=lambda action: action.words, label=_("Which action?"))


class PauseEnquiry(StepForm):
    """Why the clock stands still."""

    heading = _("Pause the enquiry’s clock")
    submit = _("Pause the clock")
    lead = _("Protection goes on. Figures are printed with and without pauses.")
    source = "PR-31; R-077, R-078"

    reason = one_of(_("Why?"), codes.PAUSE_REASONS)


class ResumeEnquiry(StepForm):
    """The clock runs again; nothing is asked."""

    heading = _("Let the enquiry’s clock run again")
    submit = _("Let it run")
    source = "PR-31"


class AssessRisk(StepForm):
    """What the risk assessment found, what was done, and what became of the risk where one was found (R-079).

    The two questions under each of the two answers that identified a risk are the same two.
    """

    heading = _("Assess the risk")
    source = "Safeguarding Adults Collection SG2c, SG2e; R-079"

    assessment = one_of(_("What did the risk assessment find?"), codes.RISK_ASSESSMENT)
    outcome = one_of(_("What became of the risk?"), codes.RISK_OUTCOMES)
    remained_because = one_from_many(_("Why does it remain?"), codes.REMAINED_REASONS)
    outcome_no_action = one_of(_("What became of the risk?"), codes.RISK_OUTCOMES)
    remained_no_action = one_from_many(_("Why does it remain?"), codes.REMAINED_REASONS)
    words = long_text(_("What you found, and what was done"))

    layout: ClassVar[Any] = [("", [[["assessment"], ["words"]]], "")]
    hints: ClassVar[Any] = dict.fromkeys(("outcome", "outcome_no_action"), hints_of(codes.RISK_OUTCOMES))
    reveals: ClassVar[Any] = {
        "assessment": {"identified_action": ["outcome"], "identified_no_action": ["outcome_no_action"]},
        "outcome": {"remained": ["remained_because"]},
        "outcome_no_action": {"remained": ["remained_no_action"]},
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("outcome_no_action", self.initial.get("outcome"))
        self.initial.setdefault("remained_no_action", self.initial.get("remained_because"))

    def answers(self) -> dict[str, Any]:
        return risk_of(self.cleaned_data)


def risk_of(given: dict[str, Any]) -> dict[str, Any]:
    """The answers of assess_risk. A risk has an outcome only where one was identified."""
    return {
        "assessment": given["assessment"],
        "outcome": given["outcome"] or given["outcome_no_action"],
        "words": given["words"],
        "remained_because": given["remained_because"] or given["remained_no_action"],
    }


class RateOutcomes(StepForm):
    """How far each outcome was achieved: as the adult sees it, and as the worker does, one by one (R-074)."""

    heading = _("How far the outcomes were achieved")
    source = "Making Safeguarding Personal; Safeguarding Adults Collection SG4a; R-074"

    def __init__(self, *args: Any, wishes: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.wishes = list(wishes)
        sections = []
        for wish in self.wishes:
            adult, worker = f"adult_{wish.pk}", f"worker_{wish.pk}"
            self.fields[adult] = one_of(_("As the adult sees it"), codes.ACHIEVED, required=False)
            self.fields[worker] = one_of(_("As you see it"), codes.ACHIEVED, required=False)
            self.fields[adult].initial, self.fields[worker].initial = wish.by_adult, wish.by_worker
            sections.append((f"“{wish.words}”", [adult, worker], ""))
        self.shape(sections=sections, inline=list(self.fields))

    def clean(self) -> dict[str, Any]:
        for wish in self.wishes:
            if not self.cleaned_data.get(f"worker_{wish.pk}"):
                self.need(f"adult_{wish.pk}", _("Say how far this was achieved. “Not known” is an answer."))
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"ratings": {wish.pk: (given[f"adult_{wish.pk}"], given[f"worker_{wish.pk}"]) for wish in self.wishes}}


class ProposeConclusion(StepForm):
    """What the enquiry concluded, for somebody else to authorise."""

    heading = _("Propose the conclusion")
    submit = _("Send it to be authorised")
    lead = _("Somebody else authorises it. Nobody authorises their own enquiry.")
    source = "Care Act 2014 s42(2); PR-12"

    words = long_text(_("What did the enquiry conclude?"), rows=8)


class AuthoriseConclusion(StepForm):
    """A manager authorises the conclusion somebody else made (R-065)."""

    heading = _("Authorise the conclusion")
    submit = _("Authorise")
    source = "Care Act 2014 s42(2); R-065; PR-12"

    reasons = long_text(_("Your reasons"))
    plan_to_follow = forms.BooleanField(
        label=_("A safeguarding plan is to follow"), required=False, help_text=_("Otherwise the case goes to closing.")
    )


class SendBackConclusion(StepForm):
    """What is missing, for the officer."""

    heading = _("Send the conclusion back")
    submit = _("Send it back")
    source = "R-065"

    reasons = long_text(_("What is missing?"))
