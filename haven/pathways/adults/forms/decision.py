"""Working out what a concern is: one form for each operation of the stage, but the decision's own."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.casework.access.models import User
from haven.casework.organisations.models import Place
from haven.casework.people.codes import RELATIONSHIPS
from haven.casework.people.models import Person, Relationship
from haven.design.forms import AutocompleteSelect, GovDateTimeField, YesNoField
from haven.pathways.adults import codes
from haven.pathways.adults.forms.step import Chosen, StepForm, line, long_text, one_from_many, one_of, truth

HEARD = "heard"
HEARING = [(HEARD, _("Yes, we have heard them")), *codes.choices(codes.NOT_YET_HEARD)]
OFTEN = (
    "relative", "known_not_related", "self", "provider_private", "provider_public", "provider_voluntary", "stranger",
)  # fmt: skip
"""The sources of risk that nearly every concern has; the rest are in the longer list."""


class RecordHearing(StepForm):
    """What the adult says and wants, or in one tap why we have not heard them yet (PR-11)."""

    heading = _("What the adult says")
    source = "Care Act 2014 s1(3)(a)-(b); Care and support statutory guidance, chapter 14; PR-11"

    hearing = forms.ChoiceField(label=_("Have you heard the adult?"), choices=HEARING, widget=forms.RadioSelect)
    wants = long_text(
        _("What they say and want, in their own words"), rows=3, required=False,
        help_text=_("Needed where you have heard them."),
    )  # fmt: skip
    how = one_of(_("How did you speak with them?"), codes.HOW_SPOKEN)
    knows = one_of(_("Do they know of this report?"), codes.YES_NO_NOT_KNOWN, required=False)
    agrees = one_of(_("Do they agree to sharing?"), codes.AGREES, required=False,
                    help_text=_("A no never ends the duty. Going further then needs a ground."))  # fmt: skip
    ground = one_from_many(_("On what ground do you go further?"), codes.GROUNDS_TO_OVERRIDE, required=False)

    reveals: ClassVar[Any] = {"hearing": {HEARD: ["how"]}, "agrees": {"no": ["ground"]}}
    inline: ClassVar[Any] = ("how",)
    layout: ClassVar[Any] = [("", [[["hearing", "wants"], ["knows", "agrees"]]], "")]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("hearing") == HEARD:
            self.need("wants", _("Write what the adult said, in their own words."))
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        return hearing_of(self.cleaned_data)


def hearing_of(given: dict[str, Any]) -> dict[str, Any]:
    """The answers of record_hearing."""
    heard = given["hearing"] == HEARD
    return {
        "heard": heard,
        "not_heard_because": "" if heard else given["hearing"],
        "wants": given.get("wants", ""),
        "how": given.get("how") or "telephone",
        "knows": given.get("knows", ""),
        "agrees": given.get("agrees", ""),
        "ground": given.get("ground", ""),
    }


class RecordTypes(StepForm):
    """Types of harm, one of them the main one; where; who or what it came from (R-069 … R-071)."""

    heading = _("Types of harm, place and source")
    source = "Care and support statutory guidance, chapter 14; Safeguarding Adults Collection SG2a, SG2b"

    types = forms.MultipleChoiceField(
        label=_("What kind of harm?"), choices=codes.choices(codes.HARM_TYPES), widget=forms.CheckboxSelectMultiple
    )
    primary = one_from_many(
        _("Which is the main one?"), codes.HARM_TYPES, required=False, help_text=_("Where you chose more than one.")
    )
    location = one_from_many(
        _("Where did it happen?"), codes.LOCATIONS, required=False, help_text=_("The harm counts there.")
    )
    place = forms.ModelChoiceField(
        label=_("Which home, ward or service?"), queryset=Place.objects.none(), required=False,
        widget=AutocompleteSelect,
    )  # fmt: skip
    sources = forms.MultipleChoiceField(
        label=_("Who or what did it come from?"), choices=codes.choices(codes.SOURCES_OF_RISK, only=OFTEN),
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    source_else = one_from_many(
        _("Another, or more exactly"), codes.SOURCES_OF_RISK, required=False,
        help_text=_("NHS and council assessment staff are not a service provider."),
    )  # fmt: skip

    layout: ClassVar[Any] = [
        ("", [[["types", "primary"], ["location", "place", "sources", "source_else"]]], ""),
    ]

    def __init__(self, *args: Any, authority_id: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        places: Any = self.fields["place"]
        places.queryset = Place.objects.filter(authority_id=authority_id).order_by("name")

    def answers(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        other = given.pop("source_else")
        given["sources"] = [*given["sources"], *([other] if other else [])]
        return given


SOMEBODY_ELSE, DESCRIBED = "else", "described"


class NameAllegedSource(StepForm):
    """A person alleged to have caused harm: known to us, named, or described. Naming makes the risk-to link (PR-22)."""

    heading = _("Name an alleged source of harm")
    lead = _(
        "Naming a person links them as a risk to the adult and to the household. Only a manager ends that link, "
        "and closing the case does not."
    )
    source = "PR-22; Care and support statutory guidance, chapter 14"

    who = forms.ChoiceField(label=_("Who is it?"), widget=forms.RadioSelect)
    given_name = line(_("First name"), length=80, required=False, width="20")
    family_name = line(_("Last name"), length=80, required=False, width="20")
    words = line(_("What they look like, or what they do"), length=200, required=False)
    relationship = forms.ChoiceField(
        label=_("How do they stand to the adult?"), choices=list(RELATIONSHIPS.items()), initial="not_known"
    )
    lives_with = YesNoField(label=_("Do they live with the adult?"), initial="not_known")
    knows_of_this = YesNoField(label=_("Do they know of this report?"), initial="not_known")
    source_of_risk = one_from_many(_("Source of risk, as it is counted"), codes.SOURCES_OF_RISK, required=False)
    account = forms.ModelChoiceField(
        User.objects.none(), label=_("If they work here and use Haven: who?"), required=False,
        widget=AutocompleteSelect, help_text=_("They lose this case at once, and cannot reach it by any route."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[tuple[str, str]], staff: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["account"].queryset = staff  # type: ignore[attr-defined]
        others = [(SOMEBODY_ELSE, _("Somebody else, by name")), (DESCRIBED, _("Somebody we can only describe"))]
        self.fields["who"].choices = [*people, *others]  # type: ignore[attr-defined]
        self.shape(reveals={"who": {SOMEBODY_ELSE: ["given_name", "family_name"], DESCRIBED: ["words"]}})

    def answers(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        who = given.pop("who")
        known = None if who in (SOMEBODY_ELSE, DESCRIBED) else Person.objects.filter(pk=who).first()
        facts = {name: truth(given.pop(name)) for name in ("lives_with", "knows_of_this")}
        return {**given, **facts, "person": known}


class EndRiskTo(StepForm):
    """A manager ends the link that says somebody is a risk to the adult."""

    heading = _("End a risk link")
    submit = _("End the link")
    source = "PR-22"

    subject = Chosen(Relationship.objects.none(), said=str, label=_("Which person is no longer a risk?"))
    reasons = long_text(_("Why are they no longer a risk to the adult?"))

    def __init__(self, *args: Any, links: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["subject"] = Chosen(
            links, label=_("Which person is no longer a risk?"),
            said=lambda link: f"{link.other.display_name}, {link.get_kind_display().lower()}",
        )  # fmt: skip


class RecordCrime(StepForm):
    """Whether a crime may have been committed; the police told, or why not (PR-15)."""

    heading = _("Possible crime")
    source = "Care and support statutory guidance, chapter 14; PR-15"

    answer = one_of(_("May a crime have been committed?"), codes.CRIME_ANSWERS)
    told = YesNoField(label=_("Were the police told?"), not_known=False)
    told_at = GovDateTimeField(label=_("When?"))
    told_by = line(_("By whom?"), required=False)
    reference = line(_("Police reference (CAD or crime number)"), length=80, required=False, width="20")
    why_not = long_text(_("Why not?"), rows=2)
    adult_wanted = long_text(_("What did the adult want about the police?"), rows=2, required=False)

    reveals: ClassVar[Any] = {
        "answer": {"yes": ["told"]},
        "told": {"yes": ["told_at", "told_by", "reference"], "no": ["why_not"]},
    }

    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "told"}


class SetPoliceHold(StepForm):
    """Whom not to speak to, what not to alert, and which officer asked (PR-15)."""

    heading = _("Set a police hold")
    lead = _(
        "It pauses the enquiry’s clock. It never pauses protection or the first look. While it is on, "
        "feedback is a receipt."
    )
    source = "PR-15"

    words = long_text(_("Whom not to speak to, and what not to alert"), rows=3)
    officer = line(_("Which police officer asked?"), help_text=_("Name, rank or number, and station."))


class LiftPoliceHold(StepForm):
    """Why the hold is lifted and who agreed."""

    heading = _("Lift the police hold")
    submit = _("Lift the hold")
    source = "PR-15"

    words = long_text(_("Why is it lifted, and who agreed?"), rows=3)


class CountersignConcern(StepForm):
    """A second person's view on "not an enquiry" (R-048)."""

    heading = _("Give a second view")
    source = "Catalogue R-048; PR-12"

    agrees = YesNoField(label=_("Do you agree that this is not an enquiry?"), not_known=False)
    reasons = long_text(_("Your reasons"))

    def answers(self) -> dict[str, Any]:
        return {**self.cleaned_data, "agrees": truth(self.cleaned_data["agrees"])}


class RecordDestination(StepForm):
    """When it was sent and who accepted it by name: it stays ours until then (PR-12, PR-13)."""

    heading = _("Destination sent and accepted")
    source = "PR-12, PR-13"

    sent_at = GovDateTimeField(label=_("When was it sent?"))
    accepted_by = line(
        _("Who accepted it?"), required=False, help_text=_("Name and team. Leave empty until somebody has accepted.")
    )


KEEP = _("Keep how to reach them from everybody but the workers who need it")


class RecordSafeContact(StepForm):
    """How to reach the adult without putting them in danger (PR-22)."""

    heading = _("Safe contact")
    lead = _("Every letter, e-mail and call shows this, and sending against it is refused.")
    source = "PR-22"

    how = line(_("How can we reach them safely?"), length=200, required=False)
    keep_protected = forms.BooleanField(label=KEEP, required=False)
    when_safe = line(_("When is it safe?"), length=200, required=False)
    who_must_not_know = line(_("Who must not know?"), length=200, required=False)
    never = forms.MultipleChoiceField(
        label=_("Never use"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[("do_not_ring", _("Telephone")), ("no_voicemail", _("Voicemail")), ("no_text", _("Text messages")),
                 ("no_email", _("E-mail")), ("no_post", _("Post"))],
    )  # fmt: skip


class TellAlso(StepForm):
    """One who must know: told when, or not needed because (PR-04)."""

    heading = _("Who else must know now?")
    lead = _("The children line blocks the decision until it is answered. Their agreement is not required.")
    source = "PR-04; Children Act 2004 s11"

    told = forms.ChoiceField(
        label=_("Were they told?"), widget=forms.RadioSelect,
        choices=[("told", _("Told")), ("not_needed", _("They need not be told"))],
    )  # fmt: skip
    told_at = GovDateTimeField(label=_("When?"))
    reference = line(_("Their reference"), length=80, required=False, width="20")
    not_needed_because = line(_("Because"), length=300)
    line = forms.ChoiceField(label=_("Who?"), widget=forms.RadioSelect, choices=codes.choices(codes.ALSO_TELL))

    field_order = ("line", "told")
    reveals: ClassVar[Any] = {"told": {"told": ["told_at", "reference"], "not_needed": ["not_needed_because"]}}

    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "told"}
