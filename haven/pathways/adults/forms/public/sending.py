"""The last page, and the forms of those who come back: photographs, the code, the reference."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haven.casework.documents.keeping import read_whole
from haven.casework.documents.kinds import kind_of
from haven.casework.operations.refusals import Refusal
from haven.design.forms import PublicForm
from haven.lib.references import typed_reference
from haven.pathways.adults.forms.public.asking import line

MOST_FILES = 10


class ManyFiles(forms.ClearableFileInput):
    """A choice of several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files up to ten, each of a kind that is taken. Cleans to a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Say which file cannot be taken, by its name."""
        files = [file for file in data or [] if file] if isinstance(data, (list, tuple)) else [data] if data else []
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Choose up to %(n)s files.") % {"n": MOST_FILES})
        faults = [f"{file.name}: {fault}" for file in files if (fault := _fault(file))]
        if faults:
            raise forms.ValidationError(faults)
        return files


def _fault(file: UploadedFile) -> str:
    try:
        taken = kind_of(read_whole(file))
    except Refusal as refusal:
        return str(refusal)
    return "" if taken else _("We cannot take this kind of file. Send a photograph, a PDF or a text.")


class SendReport(PublicForm):
    """Send what was typed, with photographs if there are any."""

    photographs = FilesField(
        label=gettext_lazy("Photographs or other files"),
        help_text=gettext_lazy("You can send photographs. You do not have to. Choose up to 10, each under 25 MB."),
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
