"""The kinds of alert that Haven itself raises."""

from django.utils.translation import gettext_lazy as _

from haven.casework.watch.kinds import declare_alert
from haven.casework.watch.rules import RULES

BREAK_GLASS = declare_alert(
    "break_glass", _("A case opened in an emergency"), _("{reader} opened {reference} in an emergency: {reason}"),
    source="TR-04",
)  # fmt: skip

LOOKS = {rule.code: declare_alert(f"look_{rule.code}", rule.title, rule.sentence, source=rule.source) for rule in RULES}
"""One kind for each rule whose sign was enough by itself."""

SEVERAL = declare_alert(
    "several_signs", _("Several weak signs together"),
    _("Several weak signs met where {reader} looked at the same person."), source="UK GDPR Articles 5(1)(f), 32",
)  # fmt: skip
