"""What is asked on the way to giving something to people outside: parts, recipients, approvals, marks, packs."""

from typing import Any

from django import forms

from haven.casework.access.restrictions import Restriction
from haven.casework.cases.models import Case
from haven.casework.contacts.models import Contact
from haven.casework.disclosure.codes import ANSWERS, PURPOSES, REASONS
from haven.casework.disclosure.models import RedactedCopy
from haven.casework.letters.codes import CHANNELS, LEVELS, OUTCOMES, RECIPIENTS, WRITINGS
from haven.casework.people.models import Person
from haven.design.forms import GovForm
from haven.lib.redacting.boxes import Box

NOBODY = ("", "Nobody in the record")
KEPT = [
    (Restriction.RESTRICTED.value, "Goes to nobody else"),
    (Restriction.OPEN.value, "May go on, with whose they are"),
]


class GivingForm(GovForm):
    """A form of these pages: it asks whose words they are itself, so the page does not ask again."""

    asks_whose = False


class StartWriting(GivingForm):
    kind = forms.ChoiceField(label="What is it?", choices=list(WRITINGS.items()), widget=forms.RadioSelect)
    inline = ("kind",)


class WritePart(GivingForm):
    """A section: its words, whom it is about, whose words they are, and who may have it."""

    heading = forms.CharField(label="Heading", max_length=120, required=False)
    text = forms.CharField(label="What it says", widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000)
    about = forms.MultipleChoiceField(
        label="Whom is it about?", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Names in the words are found too.",
    )  # fmt: skip
    level = forms.ChoiceField(label="How much must somebody be allowed to know?", choices=list(LEVELS.items()))
    audience = forms.MultipleChoiceField(
        label="Only for", choices=list(RECIPIENTS.items()), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Leave empty for everybody who may know that much.",
    )  # fmt: skip
    needs_agreement = forms.BooleanField(label="Only where the adult has agreed", required=False)
    source_label = forms.CharField(
        label="From whom, if these are somebody else's words", max_length=120, required=False,
        help_text="For example: Eastmere Police, PC 12. It then goes back to them, and to those ticked above.",
    )  # fmt: skip
    restriction = forms.ChoiceField(label="How closely is it kept?", choices=Restriction.choices, initial="open")
    sections = (
        ("", ("heading", "text", "about"), ""),
        ("Who may have it", ("level", "audience", "needs_agreement"), ""),
        ("Whose words", ("source_label", "restriction"), ""),
    )

    def __init__(self, *args: Any, people: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(person.pk): person for person in people}
        offer(self, "about", [(pk, person.display_name) for pk, person in self.people.items()])

    def answers(self) -> dict[str, Any]:
        """The answers, with people for their ids."""
        return {**self.cleaned_data, "about": [self.people[pk] for pk in self.cleaned_data["about"]]}


class AddRecipient(GivingForm):
    """One who is to have it. One person or agency, one address."""

    kind = forms.ChoiceField(label="Who are they to the case?", choices=list(RECIPIENTS.items()))
    name = forms.CharField(label="Name", max_length=200, help_text="As it stands at the head of their letter.")
    person = forms.ChoiceField(label="Are they one of these?", required=False)
    contact = forms.ChoiceField(label="Which report is theirs?", required=False)
    level = forms.ChoiceField(
        label="How much may they know?", choices=list(LEVELS.items()), initial="receipt",
        help_text="Somebody who told us is never told more than they may be, whatever is chosen.",
    )  # fmt: skip
    adult_agrees = forms.BooleanField(label="The adult agrees that they are told", required=False)
    channel = forms.ChoiceField(
        label="How does it reach them?", choices=list(CHANNELS.items()), widget=forms.RadioSelect
    )
    address = forms.CharField(label="Address", max_length=300)
    reveals = {"channel": {"email": ("address",), "letter": ("address",)}}

    def __init__(self, *args: Any, people: list[Person], reports: list[Contact], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(person.pk): person for person in people}
        self.reports = {str(report.pk): report for report in reports}
        offer(self, "person", [NOBODY, *((pk, each.display_name) for pk, each in self.people.items())])
        offer(self, "contact", [("", "None"), *((pk, each.reference) for pk, each in self.reports.items())])

    def answers(self) -> dict[str, Any]:
        """The answers, with the person and the report for their ids."""
        given = dict(self.cleaned_data)
        report = self.reports.get(given.pop("contact"))
        person = self.people.get(given.pop("person"))
        return {**given, "person": person, "contact_id": report.pk if report else None}


class DecideApproval(GivingForm):
    """A second person's answer to exactly what is shown."""

    outcome = forms.ChoiceField(label="Your answer", choices=list(OUTCOMES.items()), widget=forms.RadioSelect)
    words = forms.CharField(
        label="What must be put right", widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=4000
    )


class MarkExcerpt(GivingForm):
    """Words that came from somebody else: the words, whose, how closely kept."""

    words = forms.CharField(
        label="The words, as they stand in the record", widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000
    )
    source_label = forms.CharField(label="Whose words are they?", max_length=120)
    restriction = forms.ChoiceField(
        label="Where may they go?", choices=KEPT, widget=forms.RadioSelect, initial="restricted"
    )
    confidential = forms.BooleanField(
        label="Who said it must not be known", required=False,
        help_text="The words then leave for nobody: a worker writes the outgoing version.",
    )  # fmt: skip


class LiftLabel(GivingForm):
    reasons = forms.CharField(
        label="Why may these words go further?", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000,
        help_text="Who agreed and when, or the law that allows it.",
    )  # fmt: skip


class AddDocument(GivingForm):
    """A file for the case, with whose it is."""

    file = forms.FileField(label="File")
    source_label = forms.CharField(label="Who gave it to us?", max_length=120)
    restriction = forms.ChoiceField(label="How closely is it kept?", choices=Restriction.choices, initial="open")


class StartCopy(GivingForm):
    purpose = forms.ChoiceField(label="What is the copy for?", choices=list(PURPOSES.items()), widget=forms.RadioSelect)


class Marking(GivingForm):
    """What every mark says: the law it rests on."""

    reason = forms.ChoiceField(label="Why it goes", choices=list(REASONS.items()))


class MarkTerm(Marking):
    term = forms.CharField(
        label="Words to take out", max_length=200,
        help_text="Every spelling goes: capitals, accents, hyphens, line breaks, +44 or 0.",
    )  # fmt: skip
    field_order = ("term", "reason")


class MarkPerson(Marking):
    """Everything about one of the people in the case."""

    person = forms.ChoiceField(label="Everything about")
    field_order = ("person", "reason")

    def __init__(self, *args: Any, people: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(person.pk): person for person in people}
        offer(self, "person", [(pk, person.display_name) for pk, person in self.people.items()])

    def answers(self) -> dict[str, Any]:
        return {**self.cleaned_data, "person": self.people[self.cleaned_data["person"]]}


class MarkBox(Marking):
    """A part of a page, in percent of its width and height; the pointer fills these in where there is a script."""

    left = forms.FloatField(label="From the left, %", min_value=0, max_value=100)
    top = forms.FloatField(label="From the top, %", min_value=0, max_value=100)
    right = forms.FloatField(label="To the right, %", min_value=0, max_value=100)
    bottom = forms.FloatField(label="Down to, %", min_value=0, max_value=100)
    field_order = ("left", "top", "right", "bottom", "reason")

    def __init__(self, *args: Any, page: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.page = page
        for name in ("left", "top", "right", "bottom"):
            self.fields[name].widget.attrs.update({"width": "4", "data-hv-box": name})

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        sides = [given[name] / 100 for name in ("left", "top", "right", "bottom")]
        return {"reason": given["reason"], "box": Box(self.page, *sides)}


class StartPack(GivingForm):
    """What a pack is for, why, who gets it, and how wide it looks."""

    purpose = forms.ChoiceField(label="What is it for?", choices=list(PURPOSES.items()), widget=forms.RadioSelect)
    recipient = forms.CharField(
        label="Who gets it?", max_length=200, help_text="One person or body: another has another pack."
    )
    reasons = forms.CharField(
        label="Why, and what was asked for", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    whole_person = forms.BooleanField(label="Every case of the adult, not this one alone", required=False)


class AnswerItem(GivingForm):
    """What is done with one item of a pack."""

    answer = forms.ChoiceField(label="What is done with it?", choices=list(ANSWERS.items()), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label="The law it rests on", choices=[("", "Choose"), *REASONS.items()], required=False)
    terms = forms.CharField(
        label="Words to take out, one on each line", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    copy = forms.ChoiceField(label="Which redacted copy?", required=False)
    words = forms.CharField(label="Your reasons, in words", max_length=400, required=False)

    def __init__(self, *args: Any, copies: list[RedactedCopy], is_document: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.copies = {str(copy.pk): copy for copy in copies}
        offer(
            self,
            "copy",
            [
                ("", "None"),
                *((pk, each.get_state_display()) for pk, each in self.copies.items()),
            ],
        )
        del self.fields["terms" if is_document else "copy"]

    def answers(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        terms = [line.strip() for line in given.pop("terms", "").splitlines() if line.strip()]
        return {**given, "terms": terms, "copy": self.copies.get(given.get("copy", ""))}


def offer(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Let this question be answered by one of these."""
    field: Any = form.fields[name]
    field.choices = choices


def people_of(case: Case) -> list[Person]:
    """The adult and everybody in the case, for a list to choose from."""
    parts = case.involvements.exclude(person=None).exclude(person_id=case.person_id).select_related("person")
    return [case.person, *dict.fromkeys(part.person for part in parts if part.person)]
