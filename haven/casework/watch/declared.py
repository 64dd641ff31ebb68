"""The kinds of alert that Haven itself raises."""

from django.utils.translation import gettext_lazy as _

from haven.casework.watch.kinds import declare_alert

BREAK_GLASS = declare_alert(
    "break_glass", _("A case opened in an emergency"), _("{reader} opened {reference} in an emergency: {reason}"),
    source="TR-04",
)  # fmt: skip
