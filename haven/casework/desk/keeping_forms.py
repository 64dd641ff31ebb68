"""What is asked about who may read a case or a report, and who must not (TR-02 … TR-05)."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.casework.access.models import User
from haven.casework.cases.codes import KEPT_BECAUSE
from haven.casework.watch.break_glass import HOURS, USUAL
from haven.casework.watch.conflicts import RECORDED
from haven.casework.watch.openings import EMERGENCIES
from haven.casework.watch.ties import GIVEN, TAPS
from haven.design.forms import AutocompleteSelect, GovDateField, GovForm, PhoneField, PostcodeField
from haven.lib.references import typed_reference


def somebody(label: Any, *, required: bool = True, hint: Any = "") -> Any:
    """A colleague, found by typing."""
    nobody = User.objects.none()
    return forms.ModelChoiceField(
        queryset=nobody, label=label, required=required, widget=AutocompleteSelect, help_text=hint
    )


class OfPeople(GovForm):
    """A form whose colleagues are chosen from those given."""

    def __init__(self, people: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = people


def sentences(label: Any, hint: Any = "", rows: int = 3) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(label=label, help_text=hint, max_length=2000, widget=forms.Textarea(attrs={"rows": rows}))


class KeepCase(OfPeople):
    """How closely, why, who keeps it, who else may read it, when it is looked at again."""

    restriction = forms.ChoiceField(
        label=_("How closely is it kept?"), widget=forms.RadioSelect,
        choices=[("restricted", _("Restricted: named people; an emergency may open it")),
                 ("sealed", _("Sealed: named people only; no emergency opens it"))],
    )  # fmt: skip
    because = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect, choices=list(KEPT_BECAUSE.items()))
    words = sentences(_("Your reasons"))
    keeper = somebody(_("Who keeps it?"), hint=_("Answers for the case and for reports that meet it."))
    second_keeper = somebody(_("Another keeper"), required=False)
    first_named = somebody(_("Somebody else who needs it"), required=False)
    second_named = somebody(_("And somebody else"), required=False, hint=_("More can be named afterwards."))
    review_on = GovDateField(label=_("When do you look at this again?"))

    def answers(self) -> dict[str, Any]:
        """What the operation asks."""
        given = self.cleaned_data
        own = {name: given[name] for name in ("restriction", "because", "words", "review_on")}
        keepers = [given[name] for name in ("keeper", "second_keeper") if given[name]]
        return {**own, "keepers": keepers, "named": [given[n] for n in ("first_named", "second_named") if given[n]]}


class LiftCase(GovForm):
    """Why it need no longer be kept."""

    reasons = sentences(_("Why may colleagues see it again?"))


class NameOnCase(OfPeople):
    """One more person on a kept case."""

    user = somebody(_("Who?"))
    kind = forms.ChoiceField(
        label=_("As what?"), widget=forms.RadioSelect,
        choices=[("named", _("May read and work on it")), ("keeper", _("Keeps it too"))],
    )  # fmt: skip


class TieToCase(GovForm):
    """Whom a manager lets read an open case, as what, until when."""

    kind = forms.ChoiceField(
        label=_("As what?"), widget=forms.RadioSelect, choices=[(code, said) for code, (said, _roles) in GIVEN.items()]
    )
    user = somebody(_("Who?"))
    until_on = GovDateField(label=_("Until which day?"), help_text=_("A year at most. It can be given again."))

    def __init__(self, people: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class SealReport(OfPeople):
    """Why a report leaves the desk, and to whom."""

    because = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect, choices=list(KEPT_BECAUSE.items()))
    words = sentences(_("Your reasons"), rows=2)
    keeper = somebody(_("Who keeps it?"), hint=_("A manager or head of service who is not concerned in it."))
    deputy = somebody(_("Who stands in for them?"), required=False)


class UnsealReport(GovForm):
    """Why it may go back to the desk."""

    reasons = sentences(_("Why may the desk see it again?"), rows=2)


class OpenInEmergency(GovForm):
    """A reference, what the emergency is, a few words, for how long."""

    reference = forms.CharField(
        label=_("Reference of the case"), max_length=20, help_text=_("Like AS-7K4M-2QTX"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("What is the emergency?"), widget=forms.RadioSelect, choices=list(EMERGENCIES.items())
    )
    words = sentences(_("In a few words"), rows=2)
    hours = forms.TypedChoiceField(
        label=_("For how long?"), widget=forms.RadioSelect, coerce=int, initial=USUAL,
        choices=[(each, _("%(n)s h") % {"n": each}) for each in HOURS],
    )  # fmt: skip
    inline = ("hours",)

    def clean_reference(self) -> str:
        return typed_reference(self.cleaned_data["reference"])


class ReadWithReason(GovForm):
    """A reference, and why: one tap, no words (PR-24)."""

    reference = OpenInEmergency.base_fields["reference"]
    reason = forms.ChoiceField(
        label=_("Why do you need to read it?"), widget=forms.RadioSelect, choices=list(TAPS.items())
    )

    def clean_reference(self) -> str:
        return typed_reference(self.cleaned_data["reference"])


class RecordConflict(OfPeople):
    """Which colleague is concerned in it, and how."""

    user = somebody(_("Which colleague?"), hint=_("They are not told which case. They lose it at once."))
    ground = forms.ChoiceField(label=_("How?"), widget=forms.RadioSelect, choices=list(RECORDED.items()))


class ChallengeConflict(GovForm):
    """Why what keeps somebody away is wrong."""

    words = sentences(_("Why is this wrong?"), _("Somebody who is not concerned looks at it today."))


class EndConflict(GovForm):
    """Why it need no longer keep them away."""

    reasons = sentences(_("Why may they reach it again?"))


class OwnDetails(GovForm):
    """One's own house, numbers and birth: compared, never kept as typed."""

    house = forms.CharField(
        label=_("First line of your address"), required=False, max_length=120,
        help_text=_("The number or the name of the house is enough."),
    )  # fmt: skip
    postcode = PostcodeField(label=_("Your postcode"), required=False)
    mobile = PhoneField(label=_("Your mobile number"), required=False)
    landline = PhoneField(label=_("Your telephone at home"), required=False)
    date_of_birth = GovDateField(label=_("Your date of birth"), required=False)
    sections: ClassVar[Any] = ()

    def answers(self) -> dict[str, Any]:
        """What the operation asks."""
        given = self.cleaned_data
        phones = [number for number in (given["mobile"], given["landline"]) if number]
        own = {name: given[name] for name in ("house", "postcode", "date_of_birth")}
        return {**own, "phones": phones}


class LookOutOfHours(GovForm):
    """A name, or a reference, at night."""

    q = forms.CharField(
        label=_("Name, or the reference of a case"), max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    date_of_birth = GovDateField(label=_("Date of birth"), required=False)
