"""What a duty officer answers about a report (PR-01, PR-03, PR-04)."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from haven.casework.access.models import User
from haven.casework.cases.models import Case
from haven.casework.contacts.codes import SAFE_TONIGHT, URGENCIES
from haven.casework.contacts.models import Contact, ContactPerson
from haven.casework.operations.actor import Actor
from haven.design.forms import AutocompleteSelect, GovDateTimeField, GovForm
from haven.lib.calendar import day_of
from haven.pathways.adults.models import Concern
from haven.pathways.adults.models.known import Known

NEW, ANOTHER = "new", "another"


class FirstLook(GovForm):
    """Three answers: safe tonight, how urgent, what you did."""

    safe_tonight = forms.ChoiceField(
        label=_("Safe tonight?"), choices=list(SAFE_TONIGHT.items()), widget=forms.RadioSelect
    )
    urgency = forms.ChoiceField(label=_("How urgent?"), choices=list(URGENCIES.items()), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What I did"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=4000
    )


class TellAlso(GovForm):
    """Told, when and their reference; or not needed, because."""

    answer = forms.ChoiceField(
        label=_("Have they been told?"),
        widget=forms.RadioSelect,
        choices=[("told", _("Told")), ("not_needed", _("Not needed"))],
    )
    told_at = GovDateTimeField(label=_("When?"))
    reference = forms.CharField(label=_("Their reference, or who took it"), required=False, max_length=80)
    not_needed_because = forms.CharField(label=_("Because"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    reveals: ClassVar[Any] = {"answer": {"told": ["told_at", "reference"], "not_needed": ["not_needed_because"]}}

    def answers(self) -> dict[str, Any]:
        """What the operation asks."""
        return {name: self.cleaned_data[name] for name in ("told_at", "reference", "not_needed_because")}


class AcceptReport(GovForm):
    """For each adult: whether they are taken on, and who they are of those found, or somebody new."""

    mark_optional = False

    def __init__(self, contact: Contact, known: dict[Any, list[Known]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.adults = list(contact.adults.all())
        self.people = {str(each.person.pk): each.person for found in known.values() for each in found}
        for place, adult in enumerate(self.adults, 1):
            called = f"{_('Adult')} {place}: {adult.named}" if len(self.adults) > 1 else adult.named
            if len(self.adults) > 1:
                self.fields[f"take_{adult.pk}"] = forms.BooleanField(label=called, required=False, initial=True)
            self.fields[f"who_{adult.pk}"] = self._who(adult, known.get(adult.pk, []), called)

    def _who(self, adult: ContactPerson, found: list[Known], called: str) -> forms.ChoiceField:
        """Those found, best first, and somebody new; nobody is chosen for the worker where anybody was found."""
        choices: list[tuple[str, Any]] = [(str(each.person.pk), in_words(each)) for each in found]
        return forms.ChoiceField(
            label=_("Who is %(called)s?") % {"called": called},
            choices=[*choices, (NEW, _("Nobody we know: make a new record"))],
            widget=forms.RadioSelect,
            initial=None if found else NEW,
            error_messages={"required": _("Say who %(called)s is, or that it is nobody we know") % {"called": called}},
        )

    def clean(self) -> dict[str, Any]:
        """An adult who is not taken on needs no identity."""
        given = super().clean() or self.cleaned_data
        for adult in self.adults:
            if given.get(f"take_{adult.pk}") is False and f"who_{adult.pk}" in self.errors:
                del self.errors[f"who_{adult.pk}"]
        return given

    def answers(self) -> dict[str, Any]:
        """The adults taken on, and whom each was found to be."""
        given = self.cleaned_data
        taken = [adult for adult in self.adults if given.get(f"take_{adult.pk}", True)]
        persons = {adult.pk: self.people.get(given.get(f"who_{adult.pk}", NEW)) for adult in taken}
        return {"adults": [adult.pk for adult in taken], "persons": persons}


def in_words(known: Known) -> str:
    """One person found, in a line: name, date of birth, why."""
    born = known.person.date_of_birth
    birth = f"{born.day} {born:%b %Y}" if born else str(_("date of birth not known"))
    return f"{known.person.display_name}, {birth} ({known.score}%: {known.reasons})"


class JoinReport(GovForm):
    """Which concern it belongs to, and why it is the same incident."""

    to = forms.ChoiceField(label=_("Join it to which concern?"), widget=forms.RadioSelect)
    reference = forms.CharField(label=_("Reference of the case"), max_length=20, help_text=_("Like AS-7K4M-2QTX"))
    reasons = forms.CharField(
        label=_("Why is it the same incident?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    reveals: ClassVar[Any] = {"to": {ANOTHER: ["reference"]}}

    def __init__(self, known: dict[Any, list[Known]], actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        found = {
            each.concern_id: each for people in known.values() for one in people for each in one.earlier if each.is_open
        }
        field: Any = self.fields["to"]
        field.choices = [
            *(
                (str(pk), f"{each.reference}, {day_of(each.received_at):%d %b %Y}, {each.outcome}")
                for pk, each in found.items()
            ),
            (ANOTHER, _("Another one")),
        ]
        field.initial = None if found else ANOTHER

    def clean(self) -> dict[str, Any]:
        """The concern meant; one the worker may not see is answered like one that does not exist."""
        given = super().clean() or self.cleaned_data
        if given.get("to") == ANOTHER and given.get("reference"):
            reference = given["reference"].strip().upper()
            cases = Case.objects.visible_to(self.actor).filter(reference=reference)
            given["concern"] = Concern.objects.select_related("case", "contact").filter(case__in=cases).first()
        elif given.get("to"):
            given["concern"] = Concern.objects.select_related("case", "contact").filter(pk=given["to"]).first()
        if given.get("to") and not given.get("concern") and "reference" not in self.errors:
            self.add_error("reference", _("We could not find that case. Check the reference."))
        return given

    def answers(self) -> dict[str, Any]:
        """What the operation asks."""
        return {"to": self.cleaned_data["concern"], "reasons": self.cleaned_data["reasons"]}


class RefuseReport(GovForm):
    """Why it is not a safeguarding concern, and what whoever told us was told, or why nothing (PR-12, R-087)."""

    reasons = forms.CharField(
        label=_("Why is this not a safeguarding concern?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    told = forms.ChoiceField(
        label=_("Has the person who told us been told?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the person who told us has been told")},
    )
    advice = forms.CharField(
        label=_("What did you tell them, and what advice did you give?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    not_told_because = forms.CharField(
        label=_("Why not?"), max_length=300, help_text=_("For example: they gave no safe way to reach them.")
    )

    reveals: ClassVar[Any] = {"told": {"yes": ["advice"], "no": ["not_told_because"]}}

    def answers(self) -> dict[str, Any]:
        """What the operation asks; that nobody was told is kept with the reason."""
        given = self.cleaned_data
        silent = _("The person who told us was not told, because: %(why)s") % {"why": given["not_told_because"]}
        return {"reasons": given["reasons"], "advice": given["advice"] if given["told"] == "yes" else str(silent)}


class AllocateConcern(GovForm):
    """A named worker, and the manager who supervises."""

    worker = forms.ModelChoiceField(label=_("Worker"), queryset=User.objects.none(), widget=AutocompleteSelect)
    manager = forms.ModelChoiceField(
        label=_("Manager"), queryset=User.objects.none(), required=False, widget=AutocompleteSelect
    )

    def __init__(self, workers: Any, managers: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, people in (("worker", workers), ("manager", managers)):
            field: Any = self.fields[name]
            field.queryset = people
