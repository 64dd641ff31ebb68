"""The last page, and the forms of those who come back: photographs, the code, the reference."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haven.design.forms import PublicForm
from haven.lib.references import typed_reference
from haven.pathways.adults.forms.public.asking import line

MOST_FILES = 10


class ManyFiles(forms.ClearableFileInput):
    """A choice of several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files up to ten. Cleans to a list; what they hold is judged where they are kept, so that a file
    which cannot be taken keeps no report back."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Each file by itself."""
        files = [file for file in data or [] if file] if isinstance(data, (list, tuple)) else [data] if data else []
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Choose up to %(n)s files.") % {"n": MOST_FILES})
        return files


class SendReport(PublicForm):
    """Send what was typed, with photographs if there are any."""

    photographs = FilesField(
        label=gettext_lazy("Photographs or other files"),
        help_text=gettext_lazy("You can send photographs. You do not have to. Choose up to 10, each under 25 MB."),
        required=False,
    )


class OpenMessages(PublicForm):
    """Open the messages of a report, by the number that was given with its receipt."""

    page_heading = "number"
    number = line(
        gettext_lazy("Read our messages or tell us more"),
        gettext_lazy("Type the 16 figures you were given when you told us."),
        longest=40, width="20", spellcheck="false", inputmode="numeric", autocomplete="off",
    )  # fmt: skip


class TellMore(PublicForm):
    """Tell us more, in words, photographs or other files. Nothing is asked about who you are."""

    words = forms.CharField(
        label=gettext_lazy("Your message"),
        help_text=gettext_lazy("Do not write who you are, unless you want us to know."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )
    evidence = FilesField(
        label=gettext_lazy("Photographs or other files"),
        help_text=gettext_lazy(
            "You do not have to. Up to 10, each under 25 MB. A file may say who made it, and where."
        ),
        required=False,
    )


class ComeBack(PublicForm):
    """Open what was typed before, by its code."""

    page_heading = "code"
    code = line(
        gettext_lazy("Come back to what you typed"),
        gettext_lazy("Type the code you were given, like K7QM-2RTX-9C4D."),
        longest=40, width="20", spellcheck="false",
    )  # fmt: skip


class AskStatus(PublicForm):
    """Ask how far a report has got, by its reference."""

    page_heading = "reference"
    reference = line(
        gettext_lazy("Ask about a report"),
        gettext_lazy("Type your reference, like C-7K4M-2QTX."),
        longest=40, width="20", spellcheck="false",
    )  # fmt: skip

    def clean_reference(self) -> str:
        """As it is stored; any text will do, for the answer must not tell which references exist."""
        typed = typed_reference(self.cleaned_data["reference"])
        if not typed:
            raise forms.ValidationError(_("Type your reference"))
        bare = typed.replace("-", "")
        return f"{bare[:1]}-{bare[1:5]}-{bare[5:]}" if len(bare) == len("C7K4M2QTX") else typed
