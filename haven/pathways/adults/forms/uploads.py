"""Several files at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 10


class ManyFiles(forms.FileInput):
    """A file box that takes several."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Up to ten files. Cleans to a list; what they hold is judged where they are kept."""

    widget: Any = ManyFiles
    default_error_messages = {"too_many": _("Choose at most 10 files at a time")}

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file by itself."""
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(given) > MOST:
            raise forms.ValidationError(self.error_messages["too_many"], code="too_many")
        return [super(ManyFilesField, self).clean(each, initial) for each in given]
