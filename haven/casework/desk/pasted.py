"""Words of somebody else in a text that is being kept: whose they are is asked beside every long text of a case.

    <form> … a case note, a limb, a finding … with the two boxes that `design/forms/whose.html` draws

Where whose is filled in, the words pasted (or, where none are given, all that the long texts say) are kept as an
excerpt of the case, in the transaction that keeps the text itself (TR-11).
"""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from haven.casework.cases.models import Case
from haven.casework.desk.loading import actor_of
from haven.casework.documents.excerpting import mark_excerpt

WHOSE, WORDS = "_from_whom", "_from_words"


def keep_pasted(request: HttpRequest, form: forms.Form, result: Any) -> None:
    """Keep whose words the text holds, where somebody said so."""
    whose = request.POST.get(WHOSE, "").strip()[:120]
    match = request.resolver_match
    reference = match.kwargs.get("reference", "") if match else ""
    if not whose or not reference:
        return
    case = Case.objects.visible_to(actor_of(request)).filter(reference=str(reference).upper()).first()
    words = request.POST.get(WORDS, "").strip() or long_texts(form)
    if case is not None and words:
        held_in = result if hasattr(result, "_meta") else None
        mark_excerpt(case, words=words, source_label=whose, held_in=held_in, by=actor_of(request), at=timezone.now())


def long_texts(form: forms.Form) -> str:
    """What the long texts of the form say."""
    said = [
        str(form.cleaned_data.get(name) or "")
        for name, field in form.fields.items()
        if isinstance(field.widget, forms.Textarea)
    ]
    return "\n\n".join(filter(None, said))
