"""Why something takes longer than the aim (PR-31, R-053)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from haven.casework.clocks.models import Clock
from haven.pathways.adults.forms.step import Chosen, StepForm, long_text
from haven.pathways.adults.timescales import TIMESCALES

SAID = {scale.code: scale.label for scale in TIMESCALES}


class ExplainDelay(StepForm):
    """Which of the case's aims has passed, and why."""

    heading = _("Why does it take longer?")
    lead = _("A time is an aim, not a limit. The reason stands beside it on the board; the clock goes on.")
    source = "PR-31; R-053"

    clock = Chosen(Clock.objects.none(), said=str, label=_("Which aim has passed?"))
    reason = long_text(_("Why?"), rows=3)

    def __init__(self, *args: Any, late: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        said = {"said": lambda clock: str(SAID.get(clock.rule, clock.rule))}
        self.fields["clock"] = Chosen(late, label=_("Which aim has passed?"), **said)
