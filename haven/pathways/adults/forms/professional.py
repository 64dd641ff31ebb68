"""The professional form: one page with sections, in the order of a professional's telling (PR-09).

A worker fills in the same form for a call, a letter, a walk-in, a hand-over or an e-mail, with the channel and when
any part of the authority first had it (PR-02). Nearly everything may be left out (PR-03): what is missing is marked.
"""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.design.forms import GovDateTimeField, GovForm, PhoneField, YesNoField
from haven.pathways.adults.codes import HARM_TYPES, LOCATIONS, SOURCES, SOURCES_OF_RISK, choices, tops
from haven.pathways.adults.forms.uploads import ManyFilesField

DANGERS = [("yes", _("Yes")), ("no", _("No")), ("not_sure", _("Not sure"))]
AGREES = [("yes", _("Yes")), ("no", _("No")), ("not_asked", _("Not asked"))]
CAPACITY = [
    ("no_doubt", _("No reason to doubt it")),
    ("doubt", _("There is a reason to doubt it")),
    ("not_known", _("Not known")),
]
TOLD = [
    ("police", _("Police")),
    ("cqc", _("Care Quality Commission")),
    ("gp", _("GP")),
    ("ambulance", _("Ambulance")),
    ("family", _("Family or representative")),
    ("childrens_services", _("Children's services")),
]
UNSAFE_WAYS = [
    ("ring", _("Do not ring")),
    ("post", _("No post")),
    ("voicemail", _("No voicemail")),
    ("text", _("No text messages")),
    ("email", _("No e-mail")),
]
IDENTITIES = [
    ("use", _("We can use their name")),
    ("inside", _("Keep their name inside the council")),
    ("do_not_ask", _("They did not want to give a name")),
]
SAFE_WAYS = [("ring", _("Ring")), ("message", _("Leave a message")), ("text", _("Text")), ("email", _("E-mail"))]
CHANNELS = [
    ("phone", _("Telephone")),
    ("email", _("E-mail")),
    ("letter", _("Letter")),
    ("walk_in", _("Walk-in")),
    ("handover", _("Hand-over from another team")),
    ("social_care_direct", _("Social care direct")),
]
WHO_MAY_BE_CAUSING = choices(tops(SOURCES_OF_RISK)) + [
    ("self", _("Nobody else: self-neglect")),
    ("not_known", _("Not known")),
]
WHERE = choices(LOCATIONS, only=[code.code for code in tops(LOCATIONS)])
REFUGE = ("refuge", _("A refuge, a hostel or temporary housing"))
"""No place of harm in the return, and so no code of its list; where the adult is there, it is protected (TR-07)."""
PROVIDERS = ("home_care_provider", "care_home_provider", "day_service")
"""Sources told what a care provider must do and not do before we reply (PR-09)."""

DANGER, HAPPENED, ADULT_VIEW = _("Danger now"), _("What happened"), _("What the adult knows and wants")
CAUSING, OTHERS, TOLD_ALREADY = _("Who may be causing it"), _("Others and children"), _("Who has been told")
REFERENCES, SAFE, YOU, EVIDENCE = (
    _("Your references"),
    _("Reaching the adult safely"),
    _("You"),
    _("Photographs and papers"),
)
ADULTS = _("The adult, and where they are now")


def words(label: Any, hint: Any = "", rows: int = 3) -> forms.CharField:
    """A question answered in the sender's own words."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget, max_length=8000)


def line(label: Any, hint: Any = "", most: int = 120) -> forms.CharField:
    """A question answered on one line."""
    return forms.CharField(label=label, help_text=hint, required=False, max_length=most)


def one_of(label: Any, offered: Any, hint: Any = "", widget: Any = forms.RadioSelect) -> forms.ChoiceField:
    """A question with one answer, which may be left open."""
    return forms.ChoiceField(label=label, help_text=hint, choices=offered, widget=widget, required=False)


def some_of(label: Any, offered: Any, hint: Any = "") -> forms.MultipleChoiceField:
    """A question with several answers, or none."""
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, help_text=hint, choices=offered, widget=widget, required=False)


class ReportForm(GovForm):
    """What a professional, or a worker on a call, is asked of one report. The adults have forms of their own."""

    immediate_danger = one_of(_("Is anyone in danger now?"), DANGERS, _("If so, ring 999 first, then carry on here."))
    done_already = words(_("What have you already done to keep people safe?"), rows=2)
    setting_code = one_of(_("What kind of place is the adult in now?"), [("", ""), *WHERE, REFUGE], widget=forms.Select)
    fact = words(_("What you saw or know"), _("Facts: what, when, where, who was there."), rows=4)
    told = words(_("What you were told"), _("By whom, and their own words where you can."), rows=3)
    view = words(_("Your own view"), _("What you make of it, kept apart from the facts."), rows=2)
    location = one_of(_("Where did it happen?"), [("", ""), *WHERE], widget=forms.Select)
    types = some_of(
        _("What kind of harm may it be?"), choices(tops(HARM_TYPES)), _("Choose any that may apply, or none.")
    )
    adult_knows = YesNoField(label=_("Does the adult know you are telling us?"), required=False)
    adult_view = words(_("What does the adult say, and what do they want to happen?"), _("In their own words."), rows=2)
    capacity = one_of(_("Can they decide about sharing this?"), CAPACITY)
    agrees = one_of(_("Do they agree to you telling us?"), AGREES)
    why_shared = words(
        _("Why are you telling us without their agreement?"),
        _("Others at risk, a crime, control by someone, lack of capacity, or the public interest."),
        rows=2,
    )
    source_of_risk = one_of(_("Who may be causing it?"), WHO_MAY_BE_CAUSING)
    alleged = line(
        _("Their name, or what you know of them"), _("And how they know the adult; whether they live together."), 300
    )
    is_staff = YesNoField(label=_("Are they paid staff or a volunteer?"), required=False)
    still_working = YesNoField(label=_("Are they still working with this adult or with others?"), required=False)
    works_elsewhere = line(_("Do they work anywhere else?"), most=200)
    children_present = YesNoField(label=_("Are there children in the home, or is anyone pregnant?"), required=False)
    others = words(_("Which children, and who else may be at risk?"), _("Names and ages if you know them."), rows=2)
    already_told = some_of(_("Whom have you told already?"), TOLD)
    told_words = line(_("When, and their reference"), _("For example the police CAD number."), 300)
    their_reference = line(_("Your own reference"), _("For example CAD, Merlin or Datix."), 80)
    safe_contact = line(_("How and when can we reach the adult safely?"), _("And who must not know."), 300)
    unsafe_ways = some_of(_("What must we not do?"), UNSAFE_WAYS)
    source_code = one_of(_("Which of these are you?"), [("", ""), *choices(SOURCES)], widget=forms.Select)
    name = line(_("Your name"))
    role = line(_("Your role"))
    organisation = line(_("Your organisation"), most=160)
    email = forms.EmailField(label=_("Your e-mail address"), required=False)
    telephone = PhoneField(label=_("Your telephone number"), required=False, max_length=40)
    manager = line(_("Your manager or safeguarding lead, and their number"), most=200)
    wants_feedback = forms.BooleanField(
        label=_("Tell me what happens, as far as you may"), required=False, initial=True
    )
    evidence = ManyFilesField(
        label=_("Files"),
        required=False,
        help_text=_("Photographs, body maps, charts, e-mails. Up to 10, each up to 25 MB."),
    )

    own: ClassVar[dict[str, str]] = {}
    """The questions about whoever types, and what each asks for (WCAG 1.3.5); a browser keeps nothing of the others."""

    sections: ClassVar[Any] = ()
    inline: ClassVar[Any] = ("immediate_danger", "capacity")
    reveals: ClassVar[Any] = {"agrees": {"no": ["why_shared"], "not_asked": []}}
    parts: ClassVar[Any] = (
        (DANGER, ["immediate_danger", "done_already"], ""),
        (ADULTS, ["setting_code"], ""),
        (HAPPENED, ["fact", "told", "view", "location", "types"], ""),
        (ADULT_VIEW, ["adult_knows", "adult_view", "capacity", "agrees"], ""),
        (CAUSING, ["source_of_risk", "alleged", "is_staff", "still_working", "works_elsewhere"], ""),
        (OTHERS, ["children_present", "others"], ""),
        (TOLD_ALREADY, ["already_told", "told_words"], ""),
        (REFERENCES, ["their_reference"], ""),
        (SAFE, ["safe_contact", "unsafe_ways"], ""),
        (YOU, ["source_code", "name", "role", "organisation", "email", "telephone", "manager", "wants_feedback"], ""),
        (EVIDENCE, ["evidence"], ""),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField):
                field.widget.attrs["autocomplete"] = self.own.get(name, "off")

    def quietly(self) -> "ReportForm":
        """As typed, without complaints: the page is drawn again to add somebody, not because something is wrong."""
        self._errors: Any = forms.utils.ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        return self


class ProfessionalForm(ReportForm):
    """For a professional outside the authority, who cannot be anonymous (PR-09)."""

    mark_optional = False
    own: ClassVar[dict[str, str]] = {
        "name": "name",
        "role": "organization-title",
        "organisation": "organization",
        "email": "email",
        "telephone": "tel",
    }
    name_error = _("Give your name. To tell us without it, use the form for the public.")

    remember = forms.BooleanField(label=_("Remember my details on this computer for next time"), required=False)

    parts: ClassVar[Any] = (
        *ReportForm.parts[:-2],
        (YOU, [*ReportForm.parts[-2][1], "remember"], ""),
        ReportForm.parts[-1],
    )

    def clean(self) -> dict[str, Any]:
        """Who tells us, and a way to reach them."""
        given = super().clean() or self.cleaned_data
        if not given.get("name"):
            self.add_error("name", self.name_error)
        reachable = given.get("email") or given.get("telephone") or {"email", "telephone"} & set(self.errors)
        if not reachable:
            self.add_error(
                "telephone", _("Give a telephone number or an e-mail address, so that we can ask and reply.")
            )
        return given


class EnterReportForm(ReportForm):
    """For a worker who takes a call, opens a letter or drops an e-mail (PR-02)."""

    mark_optional = False

    channel = forms.ChoiceField(
        label=_("How did it reach us?"), choices=CHANNELS, widget=forms.RadioSelect, initial="phone"
    )
    received_at = GovDateTimeField(
        label=_("When did any part of the authority first have it?"), help_text=_("Every clock runs from this moment.")
    )
    relationship = line(_("How do they know the adult?"))
    identity = one_of(_("May we use their name?"), IDENTITIES)
    safe_ways = some_of(_("How is it safe to reach them?"), SAFE_WAYS)
    source_reason = line(_("Why is it not known who told us?"), most=200)

    ARRIVAL, TOLD_US = _("How it reached us"), _("Who told us")
    person_fields = [
        "source_code",
        "source_reason",
        "name",
        "role",
        "organisation",
        "relationship",
        "identity",
        "email",
        "telephone",
    ]
    parts: ClassVar[Any] = (
        (ARRIVAL, ["channel", "received_at"], ""),
        *ReportForm.parts[:-2],
        (TOLD_US, [*person_fields, "safe_ways", "manager", "wants_feedback"], ""),
        ReportForm.parts[-1],
    )
    inline: ClassVar[Any] = ("channel", "immediate_danger", "capacity")
    ASKED_OF_US: ClassVar[Any] = {
        "source_code": _("Who are they?"), "name": _("Their name"), "role": _("Their role"),
        "organisation": _("Their organisation"), "email": _("Their e-mail address"),
        "telephone": _("Their telephone number"), "manager": _("Their manager or safeguarding lead"),
        "wants_feedback": _("They want to be told what happens"), "fact": _("What they saw or know"),
        "told": _("What they were told, or their letter or e-mail"), "view": _("Their view, and yours"),
        "done_already": _("What has already been done to keep people safe?"),
        "adult_knows": _("Does the adult know that we are being told?"), "agrees": _("Does the adult agree to that?"),
        "why_shared": _("Why are they telling us without agreement?"), "already_told": _("Who has been told already?"),
        "their_reference": _("Their own reference"),
    }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.ASKED_OF_US.items():
            self.fields[name].label = label

    def clean(self) -> dict[str, Any]:
        """Who told us is chosen; `not known` says why (R-022)."""
        given = super().clean() or self.cleaned_data
        if not given.get("source_code") and "source_code" not in self.errors:
            self.add_error("source_code", _("Choose who told us. If it is not known, choose that and say why."))
        if given.get("source_code") == "not_known" and not given.get("source_reason"):
            self.add_error("source_reason", _("Say why it is not known who told us."))
        return given
